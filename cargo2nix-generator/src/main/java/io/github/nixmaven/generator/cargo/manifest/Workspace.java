package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.cargo.config.CargoConfig;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.TomlFile;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The packages of a workspace: its members, and what they reach by path (the Cargo Book,
 * "Workspaces").
 */
public final class Workspace {
  private static final String NO_MANIFEST =
      "Name the manifest of a Rust package or workspace with `<cargoManifest>src/main/rust/Cargo.toml"
          + "</cargoManifest>` (Maven) or `--manifest-path`.";

  private final Path directory;
  private final TomlTable root;
  private final SortedMap<Path, Local> packages;
  private final List<Path> defaultMembers;
  private final CargoConfig config;

  private Workspace(
      Path directory,
      TomlTable root,
      SortedMap<Path, Local> packages,
      List<Path> defaultMembers,
      CargoConfig config) {
    this.directory = directory;
    this.root = root;
    this.packages = packages;
    this.defaultMembers = defaultMembers;
    this.config = config;
  }

  /**
   * A package that stands on this disk.
   *
   * @param directory its folder, absolute
   * @param manifest what its manifest says
   * @param toml its manifest as it was read
   * @param member whether it is a member of the workspace, not just a path dependency
   */
  public record Local(Path directory, Manifest manifest, TomlTable toml, boolean member) {}

  /**
   * Loads the workspace a manifest belongs to.
   *
   * @param manifest a package's or workspace's Cargo.toml
   */
  public static Workspace load(Path manifest) throws IOException {
    return load(manifest, System.getenv());
  }

  /**
   * Loads the workspace a manifest belongs to.
   *
   * @param manifest a package's or workspace's Cargo.toml
   * @param environment the environment variables, of which cargo's configuration is part
   */
  public static Workspace load(Path manifest, Map<String, String> environment) throws IOException {
    return new Loader(environment).load(manifest.toAbsolutePath().normalize());
  }

  /** The folder of the root manifest, absolute. */
  public Path directory() {
    return directory;
  }

  /** The lock file's place. */
  public Path lockFile() {
    return directory.resolve("Cargo.lock");
  }

  /** The root manifest. */
  public TomlTable root() {
    return root;
  }

  /**
   * The address of the index of the registry that a dependency names, as cargo writes it.
   *
   * @throws InputException when the configuration does not know the registry
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

  /** Cargo's configuration in the folder of the root manifest. */
  public CargoConfig config() {
    return config;
  }

  /** All packages by folder. */
  public SortedMap<Path, Local> packages() {
    return packages;
  }

  /** The members' manifests, sorted by folder. */
  public List<Manifest> members() {
    return packages.values().stream().filter(Local::member).map(Local::manifest).toList();
  }

  /** The package the root manifest itself describes, or null for a virtual workspace. */
  public @Nullable Manifest rootPackage() {
    Local local = packages.get(directory);
    return local == null ? null : local.manifest();
  }

  /**
   * The folders of the members that cargo takes where no package is named: {@code default-members},
   * else the root package, else all members.
   */
  public List<Path> defaultMembers() {
    return defaultMembers;
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
            "resolver `" + version + "` is not known here",
            "Take \"1\", \"2\" or \"3\", or update this plugin.");
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

  private static final class Loader {
    private final Map<Path, TomlTable> manifests = new HashMap<>();
    private final SortedMap<Path, Local> packages = new TreeMap<>();
    private final Map<String, String> environment;

    Loader(Map<String, String> environment) {
      this.environment = environment;
    }

    Workspace load(Path manifest) throws IOException {
      TomlTable start = toml(manifest);
      Path startDirectory = parent(manifest);
      Path directory = rootOf(startDirectory, start);
      TomlTable root = toml(directory.resolve("Cargo.toml"));
      TomlTable table = root.table("workspace");
      CargoConfig config = CargoConfig.load(directory, environment);

      Deque<Path> todo = new ArrayDeque<>();
      if (root.has("package") || root.has("project")) {
        todo.add(directory);
      }
      if (table != null) {
        todo.addAll(memberFolders(directory, table));
      }
      while (!todo.isEmpty()) {
        Path folder = todo.remove();
        if (packages.containsKey(folder)) {
          continue;
        }
        Manifest added = add(folder, true, directory, root);
        for (Path path : paths(added)) {
          // A path dependency inside the workspace is a member, unless it is excluded.
          if (table != null && path.startsWith(directory) && !isExcluded(directory, table, path)) {
            todo.add(path);
          }
        }
      }
      Deque<Path> reached = new ArrayDeque<>(patchedPaths(directory, root));
      reached.addAll(config.patchedFolders());
      packages.values().forEach(local -> reached.addAll(paths(local.manifest())));
      while (!reached.isEmpty()) {
        Path folder = reached.remove();
        if (!packages.containsKey(folder)) {
          Manifest added = add(folder, false, directory, root);
          reached.addAll(paths(added));
        }
      }
      if (!packages.containsKey(startDirectory)
          && !startDirectory.equals(directory)
          && start.has("package")) {
        throw new InputException(
            start.position(),
            "the package stands in a workspace that does not list it",
            "Add it to `members` (or `exclude`) in " + directory.resolve("Cargo.toml") + ".");
      }
      return new Workspace(
          directory,
          root,
          Collections.unmodifiableSortedMap(packages),
          defaultMembers(directory, table),
          config);
    }

    private List<Path> defaultMembers(Path directory, @Nullable TomlTable workspace)
        throws IOException {
      List<Path> members =
          packages.values().stream().filter(Local::member).map(Local::directory).toList();
      if (workspace == null || !workspace.has("default-members")) {
        return packages.containsKey(directory) ? List.of(directory) : members;
      }
      List<Path> result = new ArrayList<>();
      for (String entry : workspace.strings("default-members")) {
        for (Path folder : expand(directory, entry)) {
          if (members.contains(folder)) {
            result.add(folder);
          } else if (!isExcluded(directory, workspace, folder)
              && !(folder.equals(directory) && !packages.containsKey(directory))) {
            throw workspace.error(
                "default-members",
                "`" + entry + "` is listed in default-members but is not a member",
                "List it under `members` too, or take it out.");
          }
        }
      }
      return List.copyOf(result);
    }

    private Manifest add(Path folder, boolean member, Path rootDirectory, TomlTable root)
        throws IOException {
      TomlTable toml = toml(folder.resolve("Cargo.toml"));
      Manifest manifest =
          ManifestReader.read(
              toml,
              folder,
              PackageFiles.scan(folder),
              inheritance(folder, toml, member, rootDirectory, root));
      packages.put(folder, new Local(folder, manifest, toml, member));
      return manifest;
    }

    /** A path dependency outside the workspace inherits from a workspace of its own. */
    private ManifestReader.@Nullable Inheritance inheritance(
        Path folder, TomlTable toml, boolean member, Path rootDirectory, TomlTable root)
        throws IOException {
      TomlTable workspace = root.table("workspace");
      if (member && workspace != null) {
        return new ManifestReader.Inheritance(workspace, rootDirectory);
      }
      Path ownRoot = rootOf(folder, toml);
      TomlTable own = toml(ownRoot.resolve("Cargo.toml")).table("workspace");
      return own == null ? null : new ManifestReader.Inheritance(own, ownRoot);
    }

    /** The nearest folder upwards whose manifest is a workspace's and does not exclude us. */
    private Path rootOf(Path directory, TomlTable manifest) throws IOException {
      if (manifest.has("workspace")) {
        return directory;
      }
      TomlTable packageTable = manifest.table("package");
      String named = packageTable == null ? null : packageTable.string("workspace");
      if (named != null) {
        return directory.resolve(named).normalize();
      }
      for (Path folder = directory.getParent(); folder != null; folder = folder.getParent()) {
        Path candidate = folder.resolve("Cargo.toml");
        if (Files.isRegularFile(candidate)) {
          TomlTable table = toml(candidate).table("workspace");
          if (table != null) {
            return isExcluded(folder, table, directory) ? directory : folder;
          }
        }
      }
      return directory;
    }

    private static boolean isExcluded(Path root, TomlTable workspace, Path folder) {
      // What `members` lists to the letter stays in, whatever `exclude` says.
      return workspace.strings("exclude").stream()
              .anyMatch(entry -> folder.startsWith(root.resolve(entry).normalize()))
          && workspace.strings("members").stream()
              .noneMatch(
                  entry -> !isGlob(entry) && folder.startsWith(root.resolve(entry).normalize()));
    }

    private static List<Path> memberFolders(Path root, TomlTable workspace) throws IOException {
      List<Path> result = new ArrayList<>();
      for (String entry : workspace.strings("members")) {
        List<Path> folders = expand(root, entry);
        for (Path folder : folders.isEmpty() ? List.of(root.resolve(entry)) : folders) {
          if (isExcluded(root, workspace, folder)) {
            continue;
          }
          if (!Files.isRegularFile(folder.resolve("Cargo.toml"))) {
            throw workspace.error(
                "members",
                "workspace member `"
                    + entry
                    + (Files.exists(folder)
                        ? "` means " + folder + ", which has no Cargo.toml"
                        : "` does not exist"),
                "Create " + folder.resolve("Cargo.toml") + " or take it out of `members`.");
          }
          result.add(folder);
        }
      }
      return result;
    }

    private static List<Path> expand(Path root, String entry) throws IOException {
      List<Path> folders = List.of(root);
      for (String part : entry.split("/")) {
        List<Path> next = new ArrayList<>();
        for (Path folder : folders) {
          if (!isGlob(part)) {
            next.add(folder.resolve(part).normalize());
          } else if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> matches = Files.newDirectoryStream(folder, part)) {
              matches.forEach(next::add);
            }
          }
        }
        folders = next;
      }
      return folders.stream()
          .filter(folder -> !isGlob(entry) || Files.isDirectory(folder))
          .sorted()
          .toList();
    }

    private static boolean isGlob(String entry) {
      return entry.matches(".*[*?\\[].*");
    }

    private static List<Path> paths(Manifest manifest) {
      List<Path> result = new ArrayList<>();
      for (Dependency dependency : manifest.dependencies()) {
        if (dependency.path() != null) {
          result.add(dependency.path());
        }
      }
      return result;
    }

    /** The folders that {@code [patch]} and {@code [replace]} put in the place of other sources. */
    private static List<Path> patchedPaths(Path directory, TomlTable root) {
      List<Path> result = new ArrayList<>();
      List<TomlTable> tables = new ArrayList<>();
      TomlTable patch = root.table("patch");
      if (patch != null) {
        for (String source : patch.keys()) {
          TomlTable entries = patch.table(source);
          if (entries != null) {
            tables.add(entries);
          }
        }
      }
      TomlTable replace = root.table("replace");
      if (replace != null) {
        tables.add(replace);
      }
      for (TomlTable entries : tables) {
        for (String name : entries.keys()) {
          TomlTable entry = entries.isTable(name) ? entries.table(name) : null;
          String path = entry == null ? null : entry.string("path");
          if (path != null) {
            result.add(directory.resolve(path).normalize());
          }
        }
      }
      return result;
    }

    private TomlTable toml(Path manifest) throws IOException {
      TomlTable known = manifests.get(manifest);
      if (known == null) {
        if (Files.isDirectory(manifest)) {
          throw new InputException(
              Position.of(manifest), "this is a folder, not a manifest", NO_MANIFEST);
        }
        known = TomlFile.read(manifest, NO_MANIFEST);
        manifests.put(manifest, known);
      }
      return known;
    }

    private static Path parent(Path file) {
      Path parent = file.getParent();
      if (parent == null) {
        throw new InputException(Position.of(file), "this is no manifest", NO_MANIFEST);
      }
      return parent;
    }
  }
}
