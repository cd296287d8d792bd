package io.github.nixmaven.generator.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlVersion;

/** Reads TOML 1.1 and reports mistakes with their place. */
public final class TomlFile {
  private TomlFile() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @param missing what to do when there is no such file: the remedy of the error
   * @throws InputException when the file is missing or is not TOML
   * @throws IOException when it cannot be read
   */
  public static TomlTable read(Path file, String missing) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      FileNames.requireReadable(file.toString());
      throw new InputException(Position.of(file), "no such file", missing, e);
    }
    return parse(file.toString(), bytes);
  }

  /**
   * Parses the bytes of a file.
   *
   * @param file what to call the file in messages
   * @throws InputException when the bytes are not UTF-8 or not TOML
   */
  public static TomlTable parse(String file, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    // The decoder replaces bytes that are not UTF-8 by this character; the file may contain it,
    // too.
    if (text.indexOf('\uFFFD') >= 0
        && !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
      throw new InputException(
          new Position(file, 0, 0),
          "the file is not UTF-8 text",
          "Restore it from version control, or write it again with the program that made it.");
    }
    TomlTable plain = PlainToml.parse(file, text);
    return plain == null ? parseAny(file, text) : plain;
  }

  /** Parses any TOML. */
  static TomlTable parseAny(String file, String text) {
    // Package managers accept a byte order mark; tomlj does not.
    TomlParseResult parsed =
        Toml.parse(text.startsWith("\uFEFF") ? text.substring(1) : text, TomlVersion.V1_1_0);
    if (parsed.hasErrors()) {
      TomlParseError first = parsed.errors().get(0);
      throw new InputException(
          new Position(file, first.position().line(), first.position().column()),
          "not valid TOML: " + first.getMessage(),
          "Fix the line, or restore the file from version control.",
          first);
    }
    return TomlTable.of(file, parsed);
  }
}
