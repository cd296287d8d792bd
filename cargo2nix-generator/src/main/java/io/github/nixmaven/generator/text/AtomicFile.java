package io.github.nixmaven.generator.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files so that at every moment there is either the whole old file or the whole new one.
 *
 * <p>A link is followed, and stays. A device, a pipe or an open file of a process ({@code
 * /dev/stdout}) is written to, never replaced.
 */
public final class AtomicFile {
  private static final int MOST_LINKS = 40;
  private static final Path PROCESSES = Path.of("/proc");

  private AtomicFile() {}

  /**
   * Whether a path leads to a file that can be replaced, or to none: not to a device, a pipe or an
   * open file of a process.
   *
   * @throws IOException when a link leads back to itself
   */
  public static boolean isReplaceable(Path file) throws IOException {
    Path place = followed(file);
    return !isOpen(place)
        && (!Files.exists(place) || Files.isRegularFile(place) || Files.isDirectory(place));
  }

  /**
   * The place that a path leads to, whether or not there is a file: links are followed, except
   * those to open files of processes.
   *
   * @throws IOException when a link leads back to itself
   */
  public static Path followed(Path file) throws IOException {
    Path place = file.toAbsolutePath().normalize();
    for (int i = 0; i < MOST_LINKS; i++) {
      Path directory = place.getParent();
      if (directory != null && Files.isDirectory(directory)) {
        // /dev/fd is itself a link.
        Path real = directory.toRealPath().resolve(place.getFileName());
        if (isOpen(real)) {
          return real;
        }
      }
      if (!Files.isSymbolicLink(place)) {
        return place;
      }
      place = place.resolveSibling(Files.readSymbolicLink(place)).normalize();
    }
    throw new IOException("cannot write " + file + ": too many links, or a link to itself");
  }

  /** The links in {@code /proc} do not say where the file is: it may have no name. */
  private static boolean isOpen(Path place) {
    return place.startsWith(PROCESSES) && Files.isSymbolicLink(place);
  }

  /**
   * Writes to what cannot be replaced.
   *
   * @throws IOException when it cannot be written
   */
  public static void writeThrough(Path file, byte[] content) throws IOException {
    // Neither created nor cut off: an open file may have been written to before.
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      out.write(content);
    }
  }

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
    if (!isReplaceable(file)) {
      writeThrough(file, content);
      return;
    }
    Path place = followed(file);
    Path directory = place.getParent();
    Files.createDirectories(directory);
    try {
      Path temporary = Files.createTempFile(directory, "." + place.getFileName(), ".tmp");
      try {
        Files.write(temporary, content);
        makeReadable(temporary);
        Files.move(
            temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
