package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.cargo.cfg.Platform;
import io.github.nixmaven.generator.cargo.semver.VersionReq;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.TomlTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tables of dependencies, also those below {@code [target]} (the Cargo Book, "Specifying
 * Dependencies").
 */
final class DependencyTable {
  private final TomlTable root;
  private final @Nullable Path directory;
  private final boolean own;
  private final Edition edition;
  private final @Nullable Inheritance inheritance;
  private final DependencyChecks checks = new DependencyChecks();

  /**
   * @param root the manifest's tables
   * @param directory the package's directory, or null for a published crate
   * @param inheritance the package's workspace, or null when it has none
   */
  DependencyTable(
      TomlTable root,
      @Nullable Path directory,
      Edition edition,
      @Nullable Inheritance inheritance) {
    this.root = root;
    this.directory = directory;
    this.own = directory != null;
    this.edition = edition;
    this.inheritance = inheritance;
  }

  List<Dependency> dependencies() {
    List<Dependency> result = new ArrayList<>();
    addSections(root, null, result);
    TomlTable targets = root.table("target");
    if (targets != null) {
      for (String key : new TreeSet<>(targets.keys())) {
        TomlTable sections = targets.table(key);
        if (sections == null) {
          continue;
        }
        try {
          addSections(sections, Platform.parse(key), result);
        } catch (IllegalArgumentException e) {
          throw new InputException(
              targets.position(key),
              String.valueOf(e.getMessage()),
              "Fix the expression: see \"Platform specific dependencies\" in the Cargo Book.",
              e);
        }
      }
    }
    return List.copyOf(result);
  }

  private void addSections(TomlTable table, @Nullable Platform platform, List<Dependency> result) {
    // In cargo's order. If only one entry of a name counts, it is the last one.
    addSection(table, "dependencies", Dependency.Kind.NORMAL, platform, result);
    if (platform == null) {
      addDevelopmentSection(table, null, result);
    }
    addSection(
        table, edition.key(table, "build-dependencies"), Dependency.Kind.BUILD, platform, result);
    if (platform != null) {
      addDevelopmentSection(table, platform, result);
    }
  }

  private void addDevelopmentSection(
      TomlTable table, @Nullable Platform platform, List<Dependency> result) {
    if (own) { // the tests of a published crate are never built
      addSection(
          table,
          edition.key(table, "dev-dependencies"),
          Dependency.Kind.DEVELOPMENT,
          platform,
          result);
    }
  }

  private void addSection(
      TomlTable table,
      String section,
      Dependency.Kind kind,
      @Nullable Platform platform,
      List<Dependency> result) {
    TomlTable entries = table.table(section);
    if (entries != null) {
      for (String name : entries.keys()) {
        result.add(dependency(entries, name, kind, platform));
      }
    }
  }

  private Dependency dependency(
      TomlTable entries, String name, Dependency.Kind kind, @Nullable Platform platform) {
    TomlTable entry = entries.isTable(name) ? entries.table(name) : null;
    TomlTable holder = entries;
    @Nullable Path base = directory;
    if (entry != null && entry.bool("workspace", false)) {
      TomlTable workspace = Inheritance.of(inheritance, entries, name);
      TomlTable offered = workspace.table("dependencies");
      if (offered == null || !offered.has(name)) {
        throw entries.error(
            name,
            "`" + name + "` is inherited, but the workspace does not define it",
            "Add `" + name + "` to `[workspace.dependencies]` in the root manifest.");
      }
      holder = offered;
      base = inheritance == null ? directory : inheritance.directory();
    }
    @Nullable TomlTable details = holder.isTable(name) ? holder.table(name) : null;
    boolean inherited = holder != entries;
    boolean optional = entry != null && entry.bool("optional", false);
    if (own) {
      checks.check(entries, name, entry, details, path(details, base), kind);
    }

    Set<String> features = new HashSet<>();
    List<String> orderedFeatures = new ArrayList<>();
    for (TomlTable table : inherited ? listOf(details, entry) : listOf(details)) {
      for (String feature : table.strings("features")) {
        if (features.add(feature)) {
          orderedFeatures.add(feature);
        }
      }
    }
    return new Dependency(
        kind,
        name,
        details == null || details.string("package") == null
            ? name
            : details.requiredString("package"),
        details != null && details.has("package"),
        requirement(holder, name, details),
        optional,
        defaultFeatures(name, entry, details, inherited),
        List.copyOf(orderedFeatures),
        platform,
        path(details, base),
        details == null ? null : details.string("git"),
        details == null ? null : gitReference(details),
        details == null ? null : registry(details),
        entries.position(name));
  }

  private static @Nullable String registry(TomlTable details) {
    String index = details.string("registry-index");
    String name = details.string("registry");
    return index != null ? index : "crates-io".equals(name) ? null : name;
  }

  private static @Nullable String gitReference(TomlTable details) {
    for (String key : List.of("branch", "tag", "rev")) {
      if (details.has(key)) {
        return key + "=" + details.string(key);
      }
    }
    return null;
  }

  private static List<TomlTable> listOf(@Nullable TomlTable... tables) {
    List<TomlTable> result = new ArrayList<>();
    for (TomlTable table : tables) {
      if (table != null) {
        result.add(table);
      }
    }
    return result;
  }

  private static VersionReq requirement(
      TomlTable holder, String name, @Nullable TomlTable details) {
    String text = details == null ? holder.string(name) : details.string("version");
    return text == null ? VersionReq.ANY : DependencyChecks.requirement(holder, name, text);
  }

  /**
   * A member may add the default features that the workspace disables. It cannot disable them:
   * before edition 2024 this has no effect, later cargo rejects it.
   */
  private boolean defaultFeatures(
      String name, @Nullable TomlTable entry, @Nullable TomlTable details, boolean inherited) {
    @Nullable Boolean offered = details == null ? null : defaultFeatures(details);
    @Nullable Boolean wanted = (inherited && entry != null) ? defaultFeatures(entry) : null;
    if (entry != null
        && own
        && edition.is2024()
        && Boolean.FALSE.equals(wanted)
        && !Boolean.FALSE.equals(offered)) {
      throw entry.error(
          "default-features",
          "`default-features = false` cannot override the workspace's `default-features` of `"
              + name
              + "`",
          "Write `default-features = false` under `[workspace.dependencies]`, and `true` in the"
              + " members that want them.");
    }
    return offered == null || offered || Boolean.TRUE.equals(wanted);
  }

  private @Nullable Boolean defaultFeatures(TomlTable table) {
    return table.bool(edition.key(table, "default-features"));
  }

  private static @Nullable Path path(@Nullable TomlTable details, @Nullable Path base) {
    String path = details == null ? null : details.string("path");
    // A published crate's path was replaced by its version when it was published.
    return path == null || base == null ? null : base.resolve(path).normalize();
  }
}
