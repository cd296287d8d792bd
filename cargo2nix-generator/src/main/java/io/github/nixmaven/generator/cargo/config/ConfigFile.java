package io.github.nixmaven.generator.cargo.config;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.TomlFile;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration file.
 *
 * @param path the file, absolute
 * @param table its contents
 */
record ConfigFile(Path path, TomlTable table) {
  /**
   * The files that apply in a directory, the nearest first.
   *
   * @param directory an absolute path
   * @param home cargo's home
   */
  static List<ConfigFile> above(Path directory, Path home) throws IOException {
    List<ConfigFile> result = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (Path folder = directory; folder != null; folder = folder.getParent()) {
      Path place = folder.resolve(".cargo");
      result.addAll(in(place, "config"));
      seen.add(real(place));
    }
    if (!seen.contains(real(home))) {
      result.addAll(in(home, "config"));
    }
    return List.copyOf(result);
  }

  /**
   * A file of a directory with the files that it includes, or nothing when it does not exist.
   *
   * @param name its name without an extension
   */
  static List<ConfigFile> in(Path folder, String name) throws IOException {
    Optional<Path> file = find(folder, name);
    return file.isPresent() ? read(file.get(), new HashSet<>()) : List.of();
  }

  /** The file without an extension, from old versions of cargo, takes precedence. */
  private static Optional<Path> find(Path folder, String name) {
    for (Path file : List.of(folder.resolve(name), folder.resolve(name + ".toml"))) {
      if (Files.exists(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /**
   * The files that are not in cargo's home: those in cargo's home apply to a machine, not to a
   * project.
   */
  static List<ConfigFile> outside(Path home, List<ConfigFile> files) throws IOException {
    if (files.isEmpty()) {
      return files;
    }
    Path users = real(home);
    List<ConfigFile> result = new ArrayList<>();
    for (ConfigFile file : files) {
      Path folder = file.path().getParent();
      if (folder == null || !real(folder).equals(users)) {
        result.add(file);
      }
    }
    return result;
  }

  private static Path real(Path folder) throws IOException {
    return Files.exists(folder) ? folder.toRealPath() : folder.toAbsolutePath().normalize();
  }

  /**
   * Reads a file and the files that it includes. It takes precedence over them, and a later one
   * over an earlier one.
   *
   * @param seen the files that led to this one
   */
  private static List<ConfigFile> read(Path path, Set<Path> seen) throws IOException {
    if (!seen.add(path)) {
      throw new InputException(
          Position.of(path),
          "the file is included twice",
          "Include each file once, and do not include a file from itself.");
    }
    ConfigFile file = new ConfigFile(path, parse(path));
    List<ConfigFile> result = new ArrayList<>();
    for (Path included : file.includes()) {
      result.addAll(0, read(included, seen));
    }
    result.add(0, file);
    return result;
  }

  private static TomlTable parse(Path path) throws IOException {
    try {
      return TomlFile.read(path, "Create the file, or remove it from `include`.");
    } catch (InputException e) {
      Position position = e.position();
      if (position == null || position.line() == 0) {
        throw e;
      }
      // The parser's message quotes the text, which may be a token. So the exception has no cause
      // either.
      throw new InputException(
          position, "not valid TOML", "Fix the line. Strings need quotation marks.");
    }
  }

  private List<Path> includes() {
    List<Path> result = new ArrayList<>();
    for (TomlTable include : table.tables("include", "path")) {
      String named = include.requiredString("path");
      if (!named.endsWith(".toml") || named.matches(".*[*?\\[\\]{}].*")) {
        throw include.error(
            "path",
            "`" + named + "` cannot be included",
            "Name one file that ends in `.toml`; patterns and braces are not allowed.");
      }
      Path included = path.resolveSibling(named).normalize();
      if (!include.bool("optional", false) || Files.exists(included)) {
        result.add(included);
      }
    }
    return result;
  }

  /** The address of a registry's index: cargo also accepts a relative {@code file:PATH}. */
  String address(String index) {
    return index.startsWith("file:") && !index.startsWith("file:/")
        ? "file://" + resolve(index.substring("file:".length()))
        : index;
  }

  /** A path in the file, which is relative to the directory that contains {@code .cargo}. */
  Path resolve(String named) {
    Path folder = path.getParent();
    Path root = folder == null ? null : folder.getParent();
    return (root == null ? path : root).resolve(named).normalize();
  }
}
