package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.cargo.semver.Version;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.TomlTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The {@code [profile]} tables of a workspace's root manifest and of cargo's configuration, and the
 * resulting settings.
 */
public final class Profiles {
  private static final List<String> BUILT_IN = List.of("bench", "dev", "release", "test");

  /** The parents of profiles that have a default one. */
  private static final Map<String, String> PARENTS =
      Map.of("test", "dev", "doc", "dev", "bench", "release");

  private final String name;
  private final Profile base;

  /** From the root profile down to the requested one. */
  private final List<TomlTable> chain;

  /** The setting in cargo's configuration for all profiles, or null. */
  private final @Nullable Boolean incremental;

  /** The keys of override tables by the names of the packages that they specify. */
  private final Map<String, Map<String, PackageSpec>> specs;

  private final List<Overrides> overrides;

  /** The settings of units, by the override tables that match and by all else that matters. */
  private final Map<Set<String>, Map<Integer, Profile>> composed = new ConcurrentHashMap<>();

  private Profiles(
      Workspace workspace,
      String name,
      Profile base,
      List<TomlTable> chain,
      List<Overrides> overrides) {
    this.name = name;
    this.base = base;
    this.chain = chain;
    this.incremental = workspace.config().incremental();
    this.specs = specs(chain);
    this.overrides = overrides;
  }

  /**
   * Prepares a profile.
   *
   * @param name {@code dev}, {@code release}, {@code test}, {@code bench} or one that the root
   *     manifest or cargo's configuration defines
   * @throws InputException when it, or another profile of the root manifest, used or not, inherits
   *     from nothing, from itself or from an undefined profile
   */
  public static Profiles of(Workspace workspace, String name) {
    names(workspace).forEach(other -> chain(workspace, other));
    return load(workspace, name, overrides(workspace, name));
  }

  private static Profiles load(Workspace workspace, String name, List<Overrides> overrides) {
    List<String> chain = chain(workspace, name);
    return new Profiles(
        workspace,
        name,
        chain.get(0).equals("dev") ? Profile.dev() : Profile.release(),
        chain.stream().flatMap(profile -> tables(workspace, profile).stream()).toList(),
        overrides);
  }

  private static Map<String, Map<String, PackageSpec>> specs(List<TomlTable> chain) {
    Map<String, Map<String, PackageSpec>> result = new HashMap<>();
    for (TomlTable table : chain) {
      TomlTable packages = table.tableOrEmpty("package");
      for (String key : packages.keys()) {
        if (!key.equals("*")) {
          PackageSpec spec = PackageSpec.of(packages, key);
          result.computeIfAbsent(spec.name(), name -> new HashMap<>()).put(key, spec);
        }
      }
    }
    return result;
  }

  /** The built-in profiles and those of the root manifest, used or not. */
  private static Set<String> names(Workspace workspace) {
    Set<String> result = new TreeSet<>(workspace.root().tableOrEmpty("profile").keys());
    result.addAll(BUILT_IN);
    return result;
  }

  /** The names of a profile and of those it inherits from, the root profile first. */
  private static List<String> chain(Workspace workspace, String name) {
    List<String> result = new ArrayList<>();
    String current = name;
    while (true) {
      List<TomlTable> tables = tables(workspace, current);
      workspace.config().profile(current).forEach(ProfileChecks::checkProfile);
      if (result.contains(current)) {
        throw new InputException(
            tables.isEmpty() ? null : inheriting(tables).position("inherits"),
            "profile `" + current + "` inherits from itself",
            "Remove the loop in `inherits`.");
      }
      result.add(0, current);
      boolean inherits = tables.stream().anyMatch(table -> table.has("inherits"));
      if (current.equals("dev") || current.equals("release")) {
        if (inherits) {
          throw inheriting(tables)
              .error(
                  "inherits",
                  "profile `" + current + "` cannot inherit from another one",
                  "Remove the key: the other profiles inherit from `dev` and `release`.");
        }
        return result;
      }
      String parent =
          inherits ? inheriting(tables).requiredString("inherits") : PARENTS.get(current);
      if (parent == null) {
        throw undefined(workspace, name, current, tables);
      }
      current = parent;
    }
  }

  /** The table with the {@code inherits} of a profile. */
  private static TomlTable inheriting(List<TomlTable> tables) {
    return tables.stream()
        .filter(table -> table.has("inherits"))
        .reduce(tables.get(0), (weaker, stronger) -> stronger);
  }

  private static InputException undefined(
      Workspace workspace, String name, String current, List<TomlTable> tables) {
    if (!tables.isEmpty()) {
      return new InputException(
          tables.get(0).position(),
          "profile `" + current + "` does not say what it inherits from",
          "Add `inherits = \"release\"` or another profile.");
    }
    List<TomlTable> asking = tables(workspace, name);
    return new InputException(
        asking.isEmpty() ? workspace.root().position() : inheriting(asking).position("inherits"),
        "profile `" + current + "` is not defined",
        "Add `[profile." + current + "]` with `inherits = \"release\"` to the root manifest.");
  }

  /** The tables of a profile, the weakest first. */
  private static List<TomlTable> tables(Workspace workspace, String name) {
    List<TomlTable> result = new ArrayList<>();
    TomlTable manifest = workspace.root().tableOrEmpty("profile").table(name);
    if (manifest != null) {
      result.add(manifest);
    }
    result.addAll(workspace.config().profile(name));
    return result;
  }

  /** The overrides of all profiles for packages; the same for all packages of a lock. */
  public List<Overrides> overrides() {
    return overrides;
  }

  private static List<Overrides> overrides(Workspace workspace, String name) {
    Set<String> profiles = names(workspace);
    profiles.add(name);
    List<Overrides> result = new ArrayList<>();
    for (String profile : profiles) {
      for (TomlTable table : tables(workspace, profile)) {
        if (table.has("package")) {
          result.add(new Overrides(load(workspace, profile, List.of()), table));
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
     * Checks that only one override of the profile matches a package.
     *
     * @throws InputException when two match
     */
    public void check(String packageName, Version version, Supplier<String> source) {
      Set<String> specs = profile.matching(packageName, version, source);
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
            "Keep one of them. One may come from a profile that this one inherits from.");
      }
    }
  }

  /** The name of the requested profile. */
  public String name() {
    return name;
  }

  /** The value of {@code PROFILE} for build scripts: {@code release}, or {@code debug}. */
  public String root() {
    return base.name().equals("release") ? "release" : "debug";
  }

  /**
   * All relevant tables, as {@link TomlTable#plain} returns them, from the root profile down: the
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
   * @param source supplies its source as in cargo's package ids
   * @param member whether the package is a member of the workspace
   * @param local whether it comes from a path
   * @param forHost whether it is a build script, a procedural macro or a dependency of one
   * @param alwaysUnwind whether {@code panic} is ignored
   * @param target the target the unit is compiled for
   */
  public Profile get(
      String packageName,
      Version version,
      Supplier<String> source,
      boolean member,
      boolean local,
      boolean forHost,
      boolean alwaysUnwind,
      String target) {
    boolean apple = target.contains("-apple-");
    Set<String> matching = matching(packageName, version, source);
    int kind =
        (member ? 1 : 0)
            + (local ? 2 : 0)
            + (forHost ? 4 : 0)
            + (alwaysUnwind ? 8 : 0)
            + (apple ? 16 : 0);
    return composed
        .computeIfAbsent(matching, key -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            kind, key -> compose(matching, member, local, forHost, alwaysUnwind, apple));
  }

  private Profile compose(
      Set<String> matching,
      boolean member,
      boolean local,
      boolean forHost,
      boolean alwaysUnwind,
      boolean apple) {
    Profile profile = base.merge(chain);
    if (forHost) {
      profile = profile.forHost().merge(tables(chain, Set.of("build-override")));
    }
    List<TomlTable> packages = tables(chain, Set.of("package"));
    if (!member) {
      profile = profile.merge(tables(packages, Set.of("*")));
    }
    profile = profile.merge(tables(packages, matching));
    if (alwaysUnwind) {
      profile = profile.withPanic("unwind");
    }
    if (incremental != null) {
      profile = profile.withIncremental(incremental);
    }
    return profile.named(name, local, apple);
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

  /** The keys of override tables that match a package. */
  private Set<String> matching(String packageName, Version version, Supplier<String> source) {
    Map<String, PackageSpec> named = specs.get(packageName);
    if (named == null) {
      return Set.of();
    }
    Set<String> result = new HashSet<>();
    named.forEach(
        (key, spec) -> {
          if (spec.means(packageName, version, source)) {
            result.add(key);
          }
        });
    return result;
  }
}
