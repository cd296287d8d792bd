package io.github.nixmaven.builder.rust;

import io.github.nixmaven.builder.language.WantedCompiler;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.TomlFile;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * rustup's file that says which compiler a project is built with: {@code rust-toolchain.toml}, or
 * {@code rust-toolchain}, which may also contain the channel alone. rustup takes the nearest one,
 * in the directory or above it, and {@code rust-toolchain} where there are both ({@code
 * find_override_from_dir_walk} and {@code parse_override_file} in its {@code src/config.rs}).
 */
final class RustToolchainFile {
  private static final String FORMER = "rust-toolchain";
  private static final String NAME = "rust-toolchain.toml";

  /** rustup refuses the name of a machine behind it, and takes one number for a name. */
  private static final Pattern RELEASE = Pattern.compile("[0-9]+\\.[0-9]+(?:\\.[0-9]+)?");

  private RustToolchainFile() {}

  /**
   * What the nearest file asks for; nothing if there is none, or it names no compiler.
   *
   * @throws InputException when it is not such a file
   */
  static Optional<WantedCompiler> above(Path directory) throws IOException {
    for (Path each = directory; each != null; each = each.getParent()) {
      for (String name : List.of(FORMER, NAME)) {
        Path file = each.resolve(name);
        if (Files.isRegularFile(file)) {
          return read(file, name.equals(FORMER));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<WantedCompiler> read(Path file, boolean mayBePlain) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      throw new InputException(
          Position.of(file),
          "the file names no toolchain",
          "Give its channel, or delete the file.");
    }
    if (mayBePlain && text.lines().count() == 1) {
      return Optional.of(wanted(text.strip(), new Position(file.toString(), 1, 1)));
    }
    TomlTable toolchain = TomlFile.parse(file.toString(), bytes).table("toolchain");
    if (toolchain == null) {
      throw new InputException(
          Position.of(file),
          "the file has no [toolchain]",
          "Write `channel = \"1.85\"` below `[toolchain]`, or delete the file.");
    }
    for (String key : List.of("channel", "path")) {
      String name = toolchain.string(key);
      if (name != null) {
        return Optional.of(wanted(name, toolchain.position(key)));
      }
    }
    return Optional.empty();
  }

  private static WantedCompiler wanted(String name, Position place) {
    Matcher release = RELEASE.matcher(name);
    return new WantedCompiler(
        name,
        release.matches() ? Optional.of(release.group()) : Optional.empty(),
        place.toString());
  }
}
