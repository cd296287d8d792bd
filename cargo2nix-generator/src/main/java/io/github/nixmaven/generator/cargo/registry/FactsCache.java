package io.github.nixmaven.generator.cargo.registry;

import io.github.nixmaven.generator.text.TomlTable;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;

/**
 * What crates hold, one small file per checksum. What a checksum stands for never changes, so
 * entries need no expiry; one that is damaged counts as absent.
 *
 * <p>An entry is the CRC-32 checksum of the rest, and then, all in {@link DataOutputStream}'s
 * encoding the crate as {@link CrateId#toString} gives it, the number of files, the files, and the
 * manifest as {@link TomlTable#write} writes it: parsing TOML takes most of the time otherwise.
 * Another format gets another folder.
 */
final class FactsCache {
  private static final String FORMAT = "facts-2";

  private final Path folder;

  FactsCache(Path cache) {
    folder = cache.resolve(FORMAT);
  }

  Optional<CrateContents> read(CrateId id) throws IOException {
    byte[] entry;
    try {
      entry = Files.readAllBytes(file(id));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (entry.length <= Integer.BYTES) {
      return Optional.empty();
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry));
    if (in.readInt() != checksum(entry)) {
      return Optional.empty();
    }
    // The same checksum under another name is a lock that was edited: the archive tells.
    if (!in.readUTF().equals(id.toString())) {
      return Optional.empty();
    }
    int count = in.readInt();
    List<String> rustFiles = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rustFiles.add(in.readUTF());
    }
    return Optional.of(new CrateContents(TomlTable.read(id.manifest(), in), rustFiles));
  }

  void write(CrateId id, CrateContents contents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0); // the checksum's place
    out.writeUTF(id.toString());
    out.writeInt(contents.rustFiles().size());
    for (String rustFile : contents.rustFiles()) {
      out.writeUTF(rustFile);
    }
    contents.manifest().write(out);
    byte[] entry = bytes.toByteArray();
    ByteBuffer.wrap(entry).putInt(checksum(entry));

    Files.createDirectories(folder);
    Path partial =
        folder.resolve("." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part");
    try {
      Files.write(partial, entry, StandardOpenOption.CREATE_NEW);
      Files.move(partial, file(id), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private Path file(CrateId id) {
    return folder.resolve(id.checksum());
  }

  /** Guards against damage, not malice: SHA-256 would take a fresh JVM 40 ms for a small lock. */
  private static int checksum(byte[] entry) {
    CRC32 checksum = new CRC32();
    checksum.update(entry, Integer.BYTES, entry.length - Integer.BYTES);
    return (int) checksum.getValue();
  }
}
