package io.github.nixmaven.generator.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files so that at every moment there is either the whole old file or the whole new one. */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes a text file.
   *
   * @throws IOException when it cannot be written; the old file, if there was one, is unchanged
   */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a file.
   *
   * @throws IOException when it cannot be written; the old file, if there was one, is unchanged
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    try {
      Path temporary = Files.createTempFile(directory, "." + file.getFileName(), ".tmp");
      try {
        Files.write(temporary, content);
        makeReadable(temporary);
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      // The exception names the temporary file, or no file when the disk is full.
      throw new IOException("cannot write " + file + ": " + reason(e), e);
    }
  }

  private static String reason(IOException fault) {
    return fault instanceof FileSystemException at && at.getReason() != null
        ? at.getReason()
        : String.valueOf(fault.getMessage());
  }

  /** Only their owner can read temporary files, but everybody must be able to read the result. */
  private static void makeReadable(Path file) {
    java.io.File handle = file.toFile();
    if (!handle.setReadable(true, false)) {
      throw new IllegalStateException("cannot make " + file + " readable");
    }
  }
}
