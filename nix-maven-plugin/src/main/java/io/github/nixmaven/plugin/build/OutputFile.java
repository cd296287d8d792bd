package io.github.nixmaven.plugin.build;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

/** Files below {@code target}: written whole or not at all, and only where they differ. */
public final class OutputFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private OutputFile() {}

  /** Writes a file, with the folders above it. */
  public static void write(Path file, byte[] content) throws IOException {
    if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
      replace(file, false, temporary -> Files.write(temporary, content));
    }
  }

  /** Writes a value as JSON that people can read, in UTF-8, with the folders above it. */
  public static void writeJson(Path file, Object value) throws IOException {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    String text = JSON.writer(printer).writeValueAsString(value) + "\n";
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a file that says something of the build and may be signed, with the folders above it.
   *
   * @throws InputException when it may not be written, or a link would lead it elsewhere
   * @throws IOException when the disk is full, or fails; what stood there before still stands
   */
  public static void writeReport(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().normalize().getParent();
    for (Path place : folder == null ? List.of(file) : List.of(folder, file)) {
      if (Files.isSymbolicLink(place)) {
        throw new InputException(
            Position.of(place),
            "this is a link, which may lead what is written anywhere",
            "Delete the link, or name the place that it leads to.");
      }
    }
    if (Files.isDirectory(file)) {
      throw new InputException(
          Position.of(file), "this is a folder", "Delete it, or name a file elsewhere.");
    }
    try {
      write(file, content);
    } catch (FileSystemException e) {
      throw new InputException(
          Position.of(file),
          "this cannot be written: " + reason(e),
          "Make the folder writable, or name another place.",
          e);
    } catch (IOException e) {
      // Where the disk is full the fault names no file.
      throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static String reason(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof FileAlreadyExistsException) {
      return e.getFile() + " is no folder";
    }
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }

  /**
   * Copies a file of the store, with the folders above the target. The copy can be written to and
   * deleted; of the permissions it keeps whether it can be executed.
   */
  public static void copy(Path source, Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.mismatch(source, file) >= 0) {
      replace(
          file,
          Files.isExecutable(source),
          temporary -> Files.copy(source, temporary, StandardCopyOption.REPLACE_EXISTING));
    }
  }

  private interface Content {
    void writeTo(Path file) throws IOException;
  }

  private static void replace(Path file, boolean executable, Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is not a place for a file");
    }
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, ".new-", ".tmp");
    try {
      content.writeTo(temporary);
      Files.setPosixFilePermissions(
          temporary, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
