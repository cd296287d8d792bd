package io.github.nixmaven.builder.realise;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.generator.text.AtomicFile;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files below {@code target}: written whole or not at all, and only where they differ. */
public final class OutputFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private OutputFile() {}

  /**
   * Writes a file, with the folders above it.
   *
   * @throws InputException when it may not be written
   * @throws IOException when the disk is full, or fails; what stood there before still stands
   */
  public static void write(Path file, byte[] content) throws IOException {
    if (!AtomicFile.isReplaceable(file)) {
      AtomicFile.writeThrough(file, content);
    } else if (differs(file, content)) {
      replace(file, false, temporary -> Files.write(temporary, content));
    }
  }

  /** A value as JSON that people can read, in UTF-8. */
  public static byte[] json(Object value) throws IOException {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    return (JSON.writer(printer).writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static boolean differs(Path file, byte[] content) throws IOException {
    return !Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), content);
  }

  /**
   * Writes a file that says something of the build and may be signed, with the folders above it.
   *
   * @throws InputException when it may not be written, or a link would lead it elsewhere
   * @throws IOException when the disk is full, or fails; what stood there before still stands
   */
  public static void writeReport(Path file, byte[] content) throws IOException {
    writeReports(Map.of(file, content));
  }

  /**
   * Writes several that belong together: all of them, or none where there is no room for one.
   *
   * @param reports the contents by file
   * @throws InputException when one may not be written, or a link would lead it elsewhere
   * @throws IOException when the disk is full, or fails; what stood there before still stands
   */
  public static void writeReports(Map<Path, byte[]> reports) throws IOException {
    Map<Path, Path> staged = new LinkedHashMap<>();
    try {
      for (Map.Entry<Path, byte[]> report : reports.entrySet()) {
        refuseLinks(report.getKey());
        if (!AtomicFile.isReplaceable(report.getKey())) {
          AtomicFile.writeThrough(report.getKey(), report.getValue());
        } else if (differs(report.getKey(), report.getValue())) {
          staged.put(
              report.getKey(),
              stage(
                  report.getKey(), false, temporary -> Files.write(temporary, report.getValue())));
        }
      }
      for (Map.Entry<Path, Path> each : staged.entrySet()) {
        put(each.getValue(), each.getKey());
      }
    } finally {
      for (Path temporary : staged.values()) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  /**
   * Fails where {@link #writeReport} would fail, and leaves the file as it is: for before the work
   * that the report is about.
   *
   * @throws InputException when it may not be written, or a link would lead it elsewhere
   */
  public static void requireReport(Path file) throws IOException {
    refuseLinks(file);
    if (AtomicFile.isReplaceable(file)) {
      Files.delete(stage(file, false, temporary -> {}));
    }
  }

  private static void refuseLinks(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    for (Path place : folder == null ? List.of(file) : List.of(folder, file)) {
      if (Files.isSymbolicLink(place)) {
        throw new InputException(
            Position.of(place),
            "this is a link, and files are not written through links",
            "Delete the link, or give the path that it points to.");
      }
    }
    if (Files.isDirectory(file)) {
      throw new InputException(
          Position.of(file), "this is a directory", "Delete it, or give another path.");
    }
  }

  private static String reason(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof FileAlreadyExistsException) {
      return e.getFile() + " is not a directory";
    }
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }

  /**
   * Copies a file of the store, with the folders above the target. The copy can be written to and
   * deleted; of the permissions it keeps whether it can be executed.
   */
  public static void copy(Path source, Path file) throws IOException {
    if (!AtomicFile.isReplaceable(file)) {
      AtomicFile.writeThrough(file, Files.readAllBytes(source));
    } else if (!Files.isRegularFile(file) || Files.mismatch(source, file) >= 0) {
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
    Path place = AtomicFile.followed(file);
    Path temporary = stage(place, executable, content);
    try {
      put(temporary, place);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Writes beside a file what is to stand in its place. */
  private static Path stage(Path file, boolean executable, Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " cannot be the path of a file");
    }
    Path temporary;
    try {
      Files.createDirectories(folder);
      temporary = Files.createTempFile(folder, ".new-", ".tmp");
    } catch (FileSystemException e) {
      throw cannotWrite(file, e);
    }
    try {
      content.writeTo(temporary);
      Files.setPosixFilePermissions(
          temporary, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
      return temporary;
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      // Where the disk is full the fault names no file.
      throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static void put(Path temporary, Path file) throws IOException {
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      throw cannotWrite(file, e);
    }
  }

  private static InputException cannotWrite(Path file, FileSystemException e) {
    return new InputException(
        Position.of(file),
        "the file cannot be written: " + reason(e),
        "Make the directory writable, or give another path.",
        e);
  }
}
