package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.cargo.semver.Version;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.TomlTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The {@code [profile]} tables of a workspace's root manifest and of cargo's configuration, and
 * what they come to.
 */
public final class Profiles {
  private final Workspace workspace;
  private final String name;
  private final Profile base;

  /** From the root profile down to the requested one. */
  private final List<TomlTable> chain;

  private Profiles(Workspace workspace, String name, Profile base, List<TomlTable> chain) {
    this.workspace = workspace;
    this.name = name;
    this.base = base;
    this.chain = chain;
  }

  /**
   * Prepares a profile.
   *
   * @param name {@code dev}, {@code release}, {@code test}, {@code bench} or one that the root
   *     manifest or cargo's configuration defines
   */
  public static Profiles of(Workspace workspace, String name) {
    List<TomlTable> chain = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String current = name;
    while (true) {
      List<TomlTable> tables = tables(workspace, current);
      if (!seen.add(current)) {
        throw new InputException(
            tables.isEmpty() ? null : tables.get(0).position("inherits"),
            "profile `" + current + "` inherits from itself",
            "Break the loop of `inherits`.");
      }
      chain.addAll(0, tables);
      if (current.equals("dev") || current.equals("release")) {
        return new Profiles(
            workspace, name, current.equals("dev") ? Profile.dev() : Profile.release(), chain);
      }
      current = parent(workspace.root(), current, tables);
    }
  }

  /** What is said of a profile, the weakest first. */
  private static List<TomlTable> tables(Workspace workspace, String name) {
    List<TomlTable> result = new ArrayList<>();
    TomlTable manifest = workspace.root().tableOrEmpty("profile").table(name);
    if (manifest != null) {
      result.add(manifest);
    }
    result.addAll(workspace.config().profile(name));
    return result;
  }

  private static String parent(TomlTable root, String name, List<TomlTable> tables) {
    String inherits = null;
    for (TomlTable table : tables) {
      inherits = table.has("inherits") ? table.string("inherits") : inherits;
    }
    if (inherits != null) {
      return inherits;
    }
    return switch (name) {
      case "test", "debug", "doc" -> "dev";
      case "bench" -> "release";
      default ->
          throw new InputException(
              tables.isEmpty() ? root.position() : tables.get(0).position(),
              tables.isEmpty()
                  ? "profile `" + name + "` is not defined"
                  : "profile `" + name + "` does not say what it inherits from",
              "Add `[profile." + name + "]` with `inherits = \"release\"` to the root manifest.");
    };
  }

  /** What any profile overrides for packages: the same for all packages of a lock. */
  public List<Overrides> overrides() {
    Set<String> profiles = new TreeSet<>(workspace.root().tableOrEmpty("profile").keys());
    profiles.addAll(List.of("bench", "dev", "release", "test", name));
    List<Overrides> result = new ArrayList<>();
    for (String profile : profiles) {
      for (TomlTable table : tables(workspace, profile)) {
        if (table.has("package")) {
          result.add(new Overrides(of(workspace, profile), table));
        }
      }
    }
    return result;
  }

  /** A profile with a table that overrides it for packages. */
  public static final class Overrides {
    private final Profiles profile;
    private final TomlTable table;

    private Overrides(Profiles profile, TomlTable table) {
      this.profile = profile;
      this.table = table;
    }

    /**
     * Sees to it that a package is not meant by two overrides of the profile.
     *
     * @throws InputException when it is
     */
    public void check(String packageName, Version version) {
      Set<String> specs = profile.matching(packageName, version);
      if (specs.size() > 1) {
        throw table.error(
            "package",
            "multiple package overrides in profile `"
                + profile.name
                + "` match package `"
                + packageName
                + " "
                + version
                + "`: "
                + String.join(", ", new TreeSet<>(specs)),
            "Keep one of them; mind the profiles it inherits from.");
      }
    }
  }

  /** The name the profile was asked for by. */
  public String name() {
    return name;
  }

  /** What build scripts see as {@code PROFILE}: {@code release}, or {@code debug}. */
  public String root() {
    return base.name().equals("release") ? "release" : "debug";
  }

  /**
   * All tables that count, as {@link TomlTable#plain} gives them, from the root profile down: the
   * root manifest's and those of cargo's configuration.
   */
  public List<Map<String, Object>> settings() {
    return chain.stream().map(TomlTable::plain).toList();
  }

  /**
   * The settings for a unit.
   *
   * @param packageName the unit's package
   * @param version its version
   * @param member whether the package is a member of the workspace
   * @param local whether it comes from a path
   * @param forHost whether it is a build script, a procedural macro or a dependency of one
   * @param alwaysUnwind whether {@code panic} is set aside
   * @param target the target the unit is compiled for
   */
  public Profile get(
      String packageName,
      Version version,
      boolean member,
      boolean local,
      boolean forHost,
      boolean alwaysUnwind,
      String target) {
    Profile profile = base.merge(chain);
    if (forHost) {
      profile = profile.forHost().merge(tables(chain, Set.of("build-override")));
    }
    List<TomlTable> packages = tables(chain, Set.of("package"));
    if (!member) {
      profile = profile.merge(tables(packages, Set.of("*")));
    }
    profile = profile.merge(tables(packages, matching(packageName, version)));
    if (alwaysUnwind) {
      profile = profile.withPanic("unwind");
    }
    Boolean incremental = workspace.config().incremental();
    if (incremental != null) {
      profile = profile.withIncremental(incremental);
    }
    return profile.named(name, local, target.contains("-apple-"));
  }

  /** The tables below others that have one of these keys, in order. */
  private static List<TomlTable> tables(List<TomlTable> parents, Set<String> keys) {
    List<TomlTable> result = new ArrayList<>();
    for (TomlTable parent : parents) {
      for (String key : keys) {
        TomlTable table = parent.table(key);
        if (table != null) {
          result.add(table);
        }
      }
    }
    return result;
  }

  /** The package ids of override tables that mean a package: NAME, NAME@VERSION, NAME:VERSION. */
  private Set<String> matching(String packageName, Version version) {
    Set<String> result = new HashSet<>();
    for (TomlTable table : chain) {
      TomlTable packages = table.table("package");
      if (packages == null) {
        continue;
      }
      for (String spec : packages.keys()) {
        String last = spec.substring(Math.max(spec.lastIndexOf('#'), spec.lastIndexOf('/')) + 1);
        int at = Math.max(last.lastIndexOf('@'), last.lastIndexOf(':'));
        String wantedName = at < 0 ? last : last.substring(0, at);
        String wantedVersion = at < 0 ? "" : last.substring(at + 1);
        boolean versionMatches =
            wantedVersion.isEmpty()
                || version.toString().equals(wantedVersion)
                || version.toString().startsWith(wantedVersion + ".");
        if (wantedName.equals(packageName) && versionMatches) {
          result.add(spec);
        }
      }
    }
    return result;
  }
}
