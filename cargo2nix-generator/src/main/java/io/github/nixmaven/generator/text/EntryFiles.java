package io.github.nixmaven.generator.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The small files of a cache, written whole or not at all. A damaged file counts as absent.
 *
 * <p>A file contains the CRC-32 checksum of the rest, then the id of its subject and its data, in
 * {@link DataOutputStream}'s encoding.
 */
public final class EntryFiles {
  private final Path folder;

  /**
   * @param folder the directory of the files; created if necessary
   */
  public EntryFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes the data of a file. */
  @FunctionalInterface
  public interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  /**
   * Reads a file.
   *
   * @param name the file's name
   * @param id the id of the subject; a file about another subject counts as absent
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

  /** Writes a file that {@link #read} can read. */
  public void write(String name, String id, Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0); // the checksum's place
    out.writeUTF(id);
    content.write(out);
    CacheFile.write(folder, name, bytes.toByteArray());
  }
}
