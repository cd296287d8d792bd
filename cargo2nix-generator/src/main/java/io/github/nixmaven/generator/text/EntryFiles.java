package io.github.nixmaven.generator.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;

/**
 * The small files of a cache, written whole or not at all. One that is damaged counts as absent.
 *
 * <p>A file is the CRC-32 checksum of the rest, and then, in {@link DataOutputStream}'s encoding,
 * the id of what it tells of, and what it tells.
 */
public final class EntryFiles {
  private final Path folder;

  /**
   * @param folder where the files are; it need not be there
   */
  public EntryFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes what a file tells. */
  @FunctionalInterface
  public interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  /**
   * What a file tells of a thing.
   *
   * @param name the file's name
   * @param id of the thing; a file that tells of another one counts as absent
   */
  public Optional<DataInputStream> read(String name, String id) throws IOException {
    byte[] entry;
    try {
      entry = Files.readAllBytes(folder.resolve(name));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (entry.length <= Integer.BYTES) {
      return Optional.empty();
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry));
    return in.readInt() == checksum(entry) && in.readUTF().equals(id)
        ? Optional.of(in)
        : Optional.empty();
  }

  /** Writes what {@link #read} gives back. */
  public void write(String name, String id, Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0); // the checksum's place
    out.writeUTF(id);
    content.write(out);
    byte[] entry = bytes.toByteArray();
    ByteBuffer.wrap(entry).putInt(checksum(entry));

    Files.createDirectories(folder);
    Path partial =
        folder.resolve("." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part");
    try {
      Files.write(partial, entry, StandardOpenOption.CREATE_NEW);
      Files.move(partial, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Guards against damage, not malice: SHA-256 would take a fresh JVM 40 ms for a small lock. */
  private static int checksum(byte[] entry) {
    CRC32 checksum = new CRC32();
    checksum.update(entry, Integer.BYTES, entry.length - Integer.BYTES);
    return (int) checksum.getValue();
  }
}
