package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.cargo.semver.VersionReq;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.TomlTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The errors that cargo reports in the dependency tables of a package on this disk (the Cargo Book,
 * "Specifying Dependencies"). A published crate was checked when it was published.
 */
final class DependencyChecks {
  private final Map<String, Source> sources = new HashMap<>();

  /** The source of a dependency's package, as far as a manifest tells. */
  private record Source(@Nullable Object place, List<String> details) {}

  /**
   * Checks an entry.
   *
   * @param entries its table
   * @param name its key
   * @param own its value if that is a table
   * @param details its value, or the one it inherits from the workspace, if that is a table
   * @param path its path, if it has one, absolute
   * @throws InputException when cargo would reject it
   */
  void check(
      TomlTable entries,
      String name,
      @Nullable TomlTable own,
      @Nullable TomlTable details,
      @Nullable Path path,
      Dependency.Kind kind) {
    if (own != null && own.has("workspace") && !own.bool("workspace", false)) {
      throw own.error(
          "workspace",
          "`workspace` cannot be false",
          "Remove the key to define the dependency here.");
    }
    if (own != null && own.bool("optional", false) && kind == Dependency.Kind.DEVELOPMENT) {
      throw entries.error(
          name,
          "dev-dependencies are not allowed to be optional: `" + name + "`",
          "Remove `optional`.");
    }
    if (!ManifestReader.NAME.matcher(name).matches()) {
      throw entries.error(
          name,
          "a dependency cannot be called `" + name + "`",
          "Use letters, digits, `_` and `-` only.");
    }
    if (details != null) {
      checkSource(entries, name, details);
      checkFeatures(entries, name, details);
    }
    Source source = source(details, path);
    Source other = sources.putIfAbsent(name, source);
    if (other != null
        && !(Objects.equals(other.place(), source.place())
            && other.details().equals(source.details()))) {
      throw entries.error(
          name,
          "dependency `" + name + "` has different sources in different tables",
          "Use the same source in all tables, or rename one of the dependencies with `package`.");
    }
  }

  /**
   * Checks the source in an entry of a dependency table, of {@code [patch]} or of {@code
   * [replace]}.
   */
  static void checkSource(TomlTable entries, String name, TomlTable details) {
    for (String key : List.of("artifact", "lib", "target", "base")) {
      if (details.has(key)) {
        throw details.error(
            key,
            "`"
                + key
                + "` belongs to "
                + (key.equals("base") ? "path bases" : "artifact dependencies")
                + ", an unstable feature that cargo rejects",
            "Remove `" + key + "` from the dependency.");
      }
    }
    boolean git = details.has("git");
    if (!details.has("version") && !details.has("path") && !git) {
      throw entries.error(
          name,
          "dependency `"
              + name
              + "` is specified without a local path, Git repository, version, or workspace"
              + " dependency to use",
          "Add `version = \"…\"`.");
    }
    List<String> references = new ArrayList<>();
    for (String key : List.of("branch", "tag", "rev")) {
      if (details.has(key)) {
        references.add(key);
      }
    }
    if (!git && !references.isEmpty()) {
      throw details.error(
          references.get(0),
          "`" + references.get(0) + "` of dependency `" + name + "` has no `git` to refer to",
          "Remove it, or add `git = \"…\"`.");
    }
    if (git && references.size() > 1) {
      throw ambiguous(details, name, references.get(0), references.get(1));
    }
    for (List<String> pair :
        List.of(
            List.of("git", "registry"),
            List.of("git", "registry-index"),
            List.of("registry", "registry-index"),
            List.of("git", "path"))) {
      if (details.has(pair.get(0)) && details.has(pair.get(1))) {
        throw ambiguous(details, name, pair.get(0), pair.get(1));
      }
    }
  }

  /**
   * The version requirement at a key.
   *
   * @throws InputException when it is not a requirement
   */
  static VersionReq requirement(TomlTable entries, String key, String text) {
    try {
      return VersionReq.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          entries.position(key),
          String.valueOf(e.getMessage()),
          "See \"Specifying Dependencies\" in the Cargo Book.",
          e);
    }
  }

  private static InputException ambiguous(
      TomlTable details, String name, String one, String other) {
    return details.error(
        other,
        "dependency `" + name + "` is ambiguous: it has both `" + one + "` and `" + other + "`",
        "Keep one of them.");
  }

  private static void checkFeatures(TomlTable entries, String name, TomlTable details) {
    for (String feature : details.strings("features")) {
      if (feature.contains("/") || feature.startsWith("dep:")) {
        throw entries.error(
            name,
            "`" + feature + "` in the features of dependency `" + name + "` is not allowed",
            "Name a feature of " + name + ".");
      }
    }
  }

  private static Source source(@Nullable TomlTable details, @Nullable Path path) {
    if (details == null || path != null) {
      return new Source(path, List.of());
    }
    List<String> more = new ArrayList<>();
    for (String key : List.of("branch", "tag", "rev", "registry", "registry-index")) {
      if (details.has(key)) {
        more.add(key + "=" + details.string(key));
      }
    }
    return new Source(details.string("git"), more);
  }
}
