package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.cargo.config.CargoConfig;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The packages of a workspace: its members and their path dependencies (the Cargo Book,
 * "Workspaces").
 */
public final class Workspace {
  private final Path directory;
  private final TomlTable root;
  private final SortedMap<Path, Local> packages;
  private final List<Path> defaultMembers;
  private final SortedSet<Path> patched;
  private final CargoConfig config;

  Workspace(
      Path directory,
      TomlTable root,
      SortedMap<Path, Local> packages,
      List<Path> defaultMembers,
      SortedSet<Path> patched,
      CargoConfig config) {
    this.directory = directory;
    this.root = root;
    this.packages = packages;
    this.defaultMembers = defaultMembers;
    this.patched = patched;
    this.config = config;
  }

  /**
   * A package on this disk.
   *
   * @param directory its directory, absolute
   * @param manifest its manifest
   * @param toml its parsed Cargo.toml
   * @param member whether it is a member of the workspace, not just a path dependency
   */
  public record Local(Path directory, Manifest manifest, TomlTable toml, boolean member) {}

  /**
   * Loads the workspace a manifest belongs to.
   *
   * @param manifest a package's or workspace's Cargo.toml
   * @param environment the environment variables, which are part of cargo's configuration
   */
  public static Workspace load(Path manifest, Map<String, String> environment) throws IOException {
    return load(manifest, environment, "its path");
  }

  /**
   * The same for a front end.
   *
   * @param manifestOption the option that names the manifest there, as in a sentence
   */
  public static Workspace load(
      Path manifest, Map<String, String> environment, String manifestOption) throws IOException {
    return new WorkspaceLoader(environment, manifestOption)
        .load(manifest.toAbsolutePath().normalize());
  }

  /** The directory of the root manifest, absolute. */
  public Path directory() {
    return directory;
  }

  /** The path of the lock file. */
  public Path lockFile() {
    return directory.resolve("Cargo.lock");
  }

  /** The root manifest. */
  public TomlTable root() {
    return root;
  }

  /** Cargo's configuration in the directory of the root manifest. */
  public CargoConfig config() {
    return config;
  }

  /**
   * The address of the index of the registry that a dependency names, as cargo writes it.
   *
   * @throws InputException when the configuration does not have the registry
   */
  public @Nullable String registryIndex(Dependency dependency) {
    String registry = dependency.registry();
    if (registry == null || registry.contains("://")) {
      return registry;
    }
    String index = config.registryIndex(registry);
    if (index == null) {
      throw new InputException(
          dependency.position(),
          "there is no registry `" + registry + "` in cargo's configuration",
          "Add `[registries." + registry + "]` with its `index` to `.cargo/config.toml`.");
    }
    return index;
  }

  /** All packages by directory. */
  public SortedMap<Path, Local> packages() {
    return packages;
  }

  /** The members' manifests, sorted by directory. */
  public List<Manifest> members() {
    return packages.values().stream().filter(Local::member).map(Local::manifest).toList();
  }

  /** The package the root manifest itself describes, or null for a virtual workspace. */
  public @Nullable Manifest rootPackage() {
    Local local = packages.get(directory);
    return local == null ? null : local.manifest();
  }

  /**
   * The directories of the members that cargo builds when no package is named: {@code
   * default-members}, else the root package, else all members.
   */
  public List<Path> defaultMembers() {
    return defaultMembers;
  }

  /**
   * The directories of the packages by which {@code [patch]} and {@code [replace]} replace others.
   */
  public SortedSet<Path> patched() {
    return patched;
  }

  /** The version of the feature resolver: 1, 2 or 3, by default from the root package's edition. */
  public int resolver() {
    TomlTable workspace = root.table("workspace");
    TomlTable packageTable = root.table("package");
    for (TomlTable table : new TomlTable[] {packageTable, workspace}) {
      String version = table == null ? null : table.string("resolver");
      if (table == null || version == null) {
        continue;
      }
      if (!version.matches("[123]")) {
        throw table.error(
            "resolver",
            "resolver `" + version + "` is not supported",
            "Use \"1\", \"2\" or \"3\", or update this plugin.");
      }
      return Integer.parseInt(version);
    }
    Manifest rootPackage = rootPackage();
    if (rootPackage == null) {
      return 1;
    }
    return switch (rootPackage.edition()) {
      case "2021" -> 2;
      case "2024" -> 3;
      default -> 1;
    };
  }
}
