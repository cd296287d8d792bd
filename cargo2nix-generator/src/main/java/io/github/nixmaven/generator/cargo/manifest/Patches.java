package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.cargo.config.CargoConfig;
import io.github.nixmaven.generator.cargo.semver.VersionReq;
import io.github.nixmaven.generator.text.Addresses;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.TomlTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code [patch]} and {@code [replace]} of a root manifest (the Cargo Book, "Overriding
 * Dependencies").
 */
final class Patches {
  /**
   * A package id with a complete version: {@code [URL#]NAME@VERSION} or {@code [URL#]NAME:VERSION}.
   */
  private static final Pattern REPLACED =
      Pattern.compile("(?:.*[#/])?([^#/@:]+)[@:](\\d+\\.\\d+\\.\\d+[^#/@:]*)");

  /** A URL for cargo: on the web it needs a host, otherwise a path. */
  private static final Pattern ADDRESS =
      Pattern.compile("(?i)(?!https?:/*$)(https?:|[a-z][a-z0-9+.-]*:/).*");

  private Patches() {}

  /**
   * A package that replaces one from another source.
   *
   * @param name the package's name
   * @param req the version requirement
   * @param path its directory, absolute
   * @param position the entry's place
   */
  record Entry(String name, VersionReq req, Path path, Position position) {}

  /**
   * The entries with a path.
   *
   * @param root the root manifest
   * @param directory its directory
   * @param config cargo's configuration, which takes precedence
   * @throws InputException when cargo would reject them
   */
  static List<Entry> paths(TomlTable root, Path directory, CargoConfig config) {
    TomlTable patch = root.table("patch");
    TomlTable replace = root.table("replace");
    if (patch != null && replace != null) {
      throw root.error(
          "replace", "cannot specify both [replace] and [patch]", "Move all entries to `[patch]`.");
    }
    List<Entry> result = new ArrayList<>();
    Set<List<String>> seen = new HashSet<>();
    for (CargoConfig.Patches configured : config.patches()) {
      addPatches(configured.table(), configured.directory(), config, seen, result);
    }
    if (patch != null) {
      addPatches(patch, directory, config, seen, result);
    }
    for (String spec : replace == null ? List.<String>of() : replace.keys()) {
      if (replace != null) {
        addReplacement(replace, spec, directory, result);
      }
    }
    return result;
  }

  /**
   * @param seen the source and the name of the earlier entries, which take precedence
   */
  private static void addPatches(
      TomlTable patch,
      Path directory,
      CargoConfig config,
      Set<List<String>> seen,
      List<Entry> result) {
    for (String source : patch.keys()) {
      if (!ADDRESS.matcher(source).matches()
          && !source.equals("crates-io")
          && config.registryIndex(source) == null) {
        throw patch.error(
            source,
            "`"
                + Addresses.withoutUser(source)
                + "` is neither an address nor a registry in cargo's configuration",
            "Write `[patch.crates-io]`, `[patch.\"https://…\"]`, or a name that is defined under"
                + " `[registries]`.");
      }
      TomlTable entries = patch.tableOrEmpty(source);
      for (String name : entries.keys()) {
        TomlTable details = details(entries, name);
        String path = details == null ? null : details.string("path");
        if (seen.add(List.of(source, name)) && details != null && path != null) {
          String packageName = details.string("package");
          String version = details.string("version");
          result.add(
              new Entry(
                  packageName == null ? name : packageName,
                  version == null
                      ? VersionReq.ANY
                      : DependencyChecks.requirement(entries, name, version),
                  directory.resolve(path).normalize(),
                  entries.position(name)));
        }
      }
    }
  }

  private static void addReplacement(
      TomlTable replace, String spec, Path directory, List<Entry> result) {
    Matcher matcher = REPLACED.matcher(spec);
    TomlTable details = details(replace, spec);
    if (details == null || details.has("version")) {
      throw replace.error(
          spec,
          "replacement `" + Addresses.withoutUser(spec) + "` cannot have a version requirement",
          "Use only `path` or `git`: the version is in the key.");
    }
    if (!matcher.matches()) {
      throw replace.error(
          spec,
          "replacement `"
              + Addresses.withoutUser(spec)
              + "` does not say which version it replaces",
          "Write `NAME:VERSION`, such as `foo:1.2.3`.");
    }
    String path = details.string("path");
    if (path != null) {
      result.add(
          new Entry(
              matcher.group(1),
              DependencyChecks.requirement(replace, spec, "=" + matcher.group(2)),
              directory.resolve(path).normalize(),
              replace.position(spec)));
    }
  }

  private static @Nullable TomlTable details(@Nullable TomlTable entries, String name) {
    TomlTable details = entries != null && entries.isTable(name) ? entries.table(name) : null;
    if (entries != null && details != null) {
      DependencyChecks.checkSource(entries, name, details);
    }
    return details;
  }
}
