package io.github.nixmaven.generator.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

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
    byte[] entry = CacheFile.read(folder.resolve(name));
    if (entry == null) {
      return Optional.empty();
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry));
    in.skipNBytes(Integer.BYTES); // the checksum
    return in.readUTF().equals(id) ? Optional.of(in) : Optional.empty();
  }

  /** Writes what {@link #read} gives back. */
  public void write(String name, String id, Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0); // the checksum's place
    out.writeUTF(id);
    content.write(out);
    CacheFile.write(folder, name, bytes.toByteArray());
  }
}
