package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.cargo.semver.Version;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.TomlTable;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table {@code [package]} (the Cargo Book, "The Manifest Format"). */
final class PackageTable {
  private static final Pattern RUST_VERSION =
      Pattern.compile("(0|[1-9]\\d*)(\\.(0|[1-9]\\d*)){0,2}");

  private static final List<String> METADATA =
      List.of(
          "description",
          "homepage",
          "license",
          "license-file",
          "readme",
          "repository",
          "rust-version");

  private final TomlTable root;
  private final TomlTable table;
  private final @Nullable Path directory;
  private final PackageFiles files;
  private final @Nullable Inheritance inheritance;

  /**
   * @param directory the package's directory, or null for a published crate
   */
  PackageTable(
      TomlTable root,
      @Nullable Path directory,
      PackageFiles files,
      @Nullable Inheritance inheritance) {
    this.root = root;
    this.table = find(root);
    this.directory = directory;
    this.files = files;
    this.inheritance = inheritance;
  }

  private static TomlTable find(TomlTable root) {
    TomlTable table = root.table("package");
    if (table == null) {
      table = root.table("project");
    }
    if (table == null) {
      throw new InputException(
          root.position(),
          "the manifest has no `[package]` table",
          "Add `[package]` with `name` and `version`.");
    }
    return table;
  }

  /** The table itself, for the other keys. */
  TomlTable toml() {
    return table;
  }

  String name() {
    String name = table.requiredString("name");
    if (!ManifestReader.NAME.matcher(name).matches()) {
      throw table.error(
          "name",
          "this is not a valid package name",
          "Use letters, digits, `_` and `-` in `name` only.");
    }
    return name;
  }

  Edition edition() {
    return Edition.parse(string("edition"), table);
  }

  List<String> authors() {
    return source("authors").strings("authors");
  }

  /** Makes the checks that cargo makes in a package on this disk. */
  void check(Edition edition) {
    if (root.has("project") && edition.is2024()) {
      throw root.error(
          "project",
          "`[project]` is not supported as of the 2024 edition",
          "Rename the table to `[package]`.");
    }
    checkPublish();
    String rust = string("rust-version");
    if (rust == null) {
      return;
    }
    if (!RUST_VERSION.matcher(rust).matches()) {
      throw source("rust-version")
          .error(
              "rust-version",
              "`" + rust + "` is not a valid Rust version",
              "Write two or three numbers, such as `1.85`.");
    }
    String first = edition.firstRust();
    String full = Stream.of((rust + ".0.0").split("\\.")).limit(3).collect(Collectors.joining("."));
    if (first != null && Version.parse(full).compareTo(Version.parse(first)) < 0) {
      throw source("rust-version")
          .error(
              "rust-version",
              "rust-version "
                  + rust
                  + " is older than edition "
                  + edition.year()
                  + ", which needs "
                  + first,
              "Raise `rust-version`, or use an earlier edition.");
    }
  }

  /**
   * Cargo leaves {@code [package.metadata]} to tools; docs/cargo.md, "Files outside a member's
   * directory".
   */
  List<String> sources() {
    TomlTable metadata = table.table("metadata");
    TomlTable ours = metadata == null ? null : metadata.table("nix");
    if (ours == null) {
      return List.of();
    }
    List<String> sources = ours.strings("sources");
    for (String source : sources) {
      if (Path.of(source).isAbsolute()) {
        throw ours.error(
            "sources",
            "`" + source + "` is an absolute path, which differs between machines",
            "Make it relative to the package's directory.");
      }
    }
    return sources;
  }

  private void checkPublish() {
    TomlTable source = source("publish");
    if (table.has("version") || !source.has("publish")) {
      return;
    }
    boolean publish =
        source.isBoolean("publish")
            ? source.bool("publish", false)
            : !source.strings("publish").isEmpty();
    if (publish) {
      throw table.error(
          "publish",
          "a package without a version cannot be published",
          "Add `version`, or remove `publish`.");
    }
  }

  Version version() {
    String version = string("version");
    if (version == null) {
      return new Version(0, 0, 0, "", "");
    }
    try {
      return Version.parse(version.strip());
    } catch (IllegalArgumentException e) {
      throw new InputException(
          table.position("version"),
          String.valueOf(e.getMessage()),
          "Write three numbers, such as `1.2.0`.",
          e);
    }
  }

  /** A key of {@code [package]}, inherited if it is {@code KEY.workspace = true}. */
  private @Nullable String string(String key) {
    return source(key).string(key);
  }

  /** The table that contains the value of a key of {@code [package]}. */
  private TomlTable source(String key) {
    if (!table.isTable(key)) {
      return table;
    }
    TomlTable offered = Inheritance.of(inheritance, table, key).table("package");
    if (offered == null || !offered.has(key)) {
      throw table.error(
          key,
          "`" + key + "` is inherited, but the workspace does not define it",
          "Add `" + key + "` to `[workspace.package]` in the root manifest.");
    }
    return offered;
  }

  SortedMap<String, String> metadata() {
    SortedMap<String, String> result = new TreeMap<>();
    for (String key : METADATA) {
      TomlTable source = source(key);
      if (!source.has(key)) {
        continue;
      }
      if (key.equals("readme") && source.isBoolean(key)) {
        if (source.bool(key, false)) {
          result.put(key, path(source, "README.md"));
        }
      } else {
        String value = String.valueOf(source.string(key));
        boolean isFile = key.equals("readme") || key.equals("license-file");
        result.put(key, isFile ? path(source, value) : value);
      }
    }
    String readme = table.has("readme") ? null : defaultReadme();
    if (readme != null) {
      result.put("readme", readme);
    }
    return result;
  }

  /**
   * A path in the workspace is relative to its root; the result is relative to the package's
   * directory.
   */
  private String path(TomlTable source, String value) {
    return source == table || directory == null || inheritance == null
        ? value
        : directory
            .relativize(inheritance.directory().resolve(value).normalize())
            .toString()
            .replace('\\', '/');
  }

  /** The readme that cargo uses when the manifest names none. */
  private @Nullable String defaultReadme() {
    return PackageFiles.READMES.stream().filter(files::exists).findFirst().orElse(null);
  }
}
