package io.github.nixmaven.generator.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A file of a cache, written whole or not at all. Its first four bytes are the CRC-32 checksum of
 * the rest, most significant byte first; a damaged file counts as absent.
 */
final class CacheFile {
  private CacheFile() {}

  /** The file's bytes including the checksum, or null when it is absent or damaged. */
  static byte @Nullable [] read(Path file) throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    }
    return content.length > Integer.BYTES && ByteBuffer.wrap(content).getInt() == checksum(content)
        ? content
        : null;
  }

  /**
   * Writes a file.
   *
   * @param folder the file's directory; created if necessary
   * @param content the bytes to write; the checksum is put into the first four
   */
  static void write(Path folder, String name, byte[] content) throws IOException {
    ByteBuffer.wrap(content).putInt(checksum(content));
    Files.createDirectories(folder);
    Path partial =
        folder.resolve("." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part");
    try {
      Files.write(partial, content, StandardOpenOption.CREATE_NEW);
      Files.move(partial, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Guards against damage, not malice: SHA-256 would take a fresh JVM 40 ms for a small lock. */
  private static int checksum(byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(content, Integer.BYTES, content.length - Integer.BYTES);
    return (int) checksum.getValue();
  }
}
