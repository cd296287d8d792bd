package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.cargo.config.CargoConfig;
import io.github.nixmaven.generator.cargo.semver.VersionReq;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.TomlFile;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the packages of a workspace as cargo does, and reports the same errors as cargo. */
final class WorkspaceLoader {
  private final Map<Path, TomlTable> manifests = new HashMap<>();
  private final SortedMap<Path, Workspace.Local> packages = new TreeMap<>();

  /** The directories of the members, and of roots without a package. */
  private final Set<Path> members = new LinkedHashSet<>();

  /**
   * A package that something needs.
   *
   * @param path its directory
   * @param name its name
   * @param req the version requirement
   * @param position the place of the requirement
   * @param required whether cargo always reads the directory
   */
  private record Needed(
      Path path, String name, VersionReq req, Position position, boolean required) {}

  private final Map<String, String> environment;
  private final String noManifest;

  /**
   * @param environment the environment variables, which are part of cargo's configuration
   * @param manifestOption the option that names the manifest, as in a sentence
   */
  WorkspaceLoader(Map<String, String> environment, String manifestOption) {
    this.environment = environment;
    this.noManifest =
        "Name the manifest of a Rust package or workspace with " + manifestOption + ".";
  }

  Workspace load(Path manifest) throws IOException {
    TomlTable start = toml(manifest);
    Path startDirectory = Objects.requireNonNull(manifest.getParent());
    Path found = rootOf(startDirectory);
    Path directory = found == null ? startDirectory : found;
    TomlTable root = toml(directory.resolve("Cargo.toml"));
    TomlTable table = root.table("workspace");
    if (table == null) {
      if (found != null) {
        throw packageTable(start)
            .error(
                "workspace",
                "`package.workspace` points to "
                    + directory
                    + ", which is not the root of a workspace",
                "Add `[workspace]` to " + directory.resolve("Cargo.toml") + ", or fix the path.");
      }
      members.add(directory);
      add(directory, true);
    } else {
      WorkspaceTable workspace = new WorkspaceTable(directory, table);
      for (Path member : workspace.members()) {
        addMembers(workspace, member);
      }
      addMembers(workspace, directory);
      checkMembers(workspace, startDirectory, start);
    }
    CargoConfig config = CargoConfig.load(directory, environment);
    List<Patches.Entry> patches = Patches.paths(root, directory, config);
    addReached(patches);
    TreeSet<Path> patched = new TreeSet<>();
    patches.forEach(patch -> patched.add(patch.path()));
    return new Workspace(
        directory,
        root,
        Collections.unmodifiableSortedMap(packages),
        defaultMembers(directory, table),
        Collections.unmodifiableSortedSet(patched),
        config);
  }

  // Members: those in the root's list, and their path dependencies.

  private void addMembers(WorkspaceTable workspace, Path first) throws IOException {
    Deque<Path> todo = new ArrayDeque<>(List.of(first));
    while (!todo.isEmpty()) {
      Path folder = todo.remove();
      if (workspace.isExcluded(folder) || !members.add(folder)) {
        continue;
      }
      TomlTable toml = toml(folder.resolve("Cargo.toml"));
      if (!toml.has("package") && !toml.has("project")) {
        continue;
      }
      for (Dependency dependency : add(folder, true).dependencies()) {
        Path path = dependency.path();
        if (path == null) {
          continue;
        }
        requireManifest(needed(dependency, path, true));
        // A package outside the root's directory is a member only if its manifest says so.
        if (path.startsWith(workspace.directory()) || workspace.directory().equals(rootOf(path))) {
          todo.add(path);
        }
      }
    }
  }

  private void checkMembers(WorkspaceTable workspace, Path startDirectory, TomlTable start)
      throws IOException {
    Path rootManifest = workspace.directory().resolve("Cargo.toml");
    Map<String, Path> names = new HashMap<>();
    for (Path folder : members) {
      TomlTable toml = toml(folder.resolve("Cargo.toml"));
      if (toml.has("workspace") && !folder.equals(workspace.directory())) {
        throw toml.error(
            "workspace",
            "the package is a member of the workspace at "
                + workspace.directory()
                + ", so it cannot be a workspace root itself",
            "Remove `[workspace]`, or add the directory to `exclude` in " + rootManifest + ".");
      }
      Workspace.Local local = packages.get(folder);
      if (local == null) {
        continue;
      }
      Path other = names.putIfAbsent(local.manifest().name(), folder);
      if (other != null) {
        throw new InputException(
            local.manifest().position(),
            "two packages of the workspace are named `"
                + local.manifest().name()
                + "`: the other one is in "
                + other,
            "Rename one of them, or add it to `exclude` in " + rootManifest + ".");
      }
      Path wanted = rootOf(folder);
      if (!workspace.directory().equals(wanted)) {
        throw packageTable(toml)
            .error(
                "workspace",
                wanted == null
                    ? "the package is listed by the workspace at "
                        + workspace.directory()
                        + " but is not below it"
                    : "the package is a member of the workspace at "
                        + workspace.directory()
                        + " but uses "
                        + wanted
                        + " as its root",
                "Set `package.workspace` to " + workspace.directory() + ".");
      }
    }
    if (!members.contains(startDirectory)) {
      throw new InputException(
          start.position(),
          "the package is inside a workspace that does not list it",
          "Add it to `members` (or `exclude`) in " + rootManifest + ".");
    }
    if (packages.isEmpty()) {
      throw workspace
          .table()
          .error("members", "the workspace has no members", "List packages under `members`.");
    }
  }

  private List<Path> defaultMembers(Path directory, @Nullable TomlTable table) throws IOException {
    List<Path> all =
        packages.values().stream()
            .filter(Workspace.Local::member)
            .map(Workspace.Local::directory)
            .toList();
    if (table == null || !table.has("default-members")) {
      return packages.containsKey(directory) ? List.of(directory) : all;
    }
    WorkspaceTable workspace = new WorkspaceTable(directory, table);
    List<Path> result = new ArrayList<>();
    for (String entry : table.strings("default-members")) {
      for (Path folder : workspace.expand(entry)) {
        if (all.contains(folder)) {
          result.add(folder);
        } else if (!workspace.isExcluded(folder)
            && !(folder.equals(directory) && !packages.containsKey(directory))) {
          throw table.error(
              "default-members",
              "`" + entry + "` is listed in default-members but is not a member",
              "Add it to `members`, or remove it.");
        }
      }
    }
    return List.copyOf(result);
  }

  // Path dependencies that are not members.

  private void addReached(List<Patches.Entry> patches) throws IOException {
    Deque<Needed> todo = new ArrayDeque<>();
    for (Patches.Entry patch : patches) {
      todo.add(new Needed(patch.path(), patch.name(), patch.req(), patch.position(), true));
    }
    packages.values().forEach(local -> todo.addAll(needed(local)));
    while (!todo.isEmpty()) {
      Needed needed = todo.remove();
      if (!needed.required() && !hasManifest(needed.path())) {
        continue;
      }
      requireManifest(needed);
      if (!packages.containsKey(needed.path())) {
        add(needed.path(), false);
        todo.addAll(needed(Objects.requireNonNull(packages.get(needed.path()))));
      }
      if (needed.required()) {
        check(needed, Objects.requireNonNull(packages.get(needed.path())).manifest());
      }
    }
  }

  /** Cargo ignores the development dependencies of packages that are not members. */
  private static List<Needed> needed(Workspace.Local local) {
    List<Needed> result = new ArrayList<>();
    for (Dependency dependency : local.manifest().dependencies()) {
      Path path = dependency.path();
      if (path != null && (local.member() || dependency.kind() != Dependency.Kind.DEVELOPMENT)) {
        result.add(needed(dependency, path, local.member() || !dependency.optional()));
      }
    }
    return result;
  }

  private static Needed needed(Dependency dependency, Path path, boolean required) {
    return new Needed(
        path, dependency.packageName(), dependency.req(), dependency.position(), required);
  }

  private static void check(Needed needed, Manifest found) {
    if (!found.name().equals(needed.name())) {
      throw new InputException(
          needed.position(),
          "there is no package `"
              + needed.name()
              + "` in "
              + needed.path()
              + ": the package there is named `"
              + found.name()
              + "`",
          "Fix the path, or add `package = \"" + found.name() + "\"`.");
    }
    if (!needed.req().equals(VersionReq.ANY) && !needed.req().matches(found.version())) {
      throw new InputException(
          needed.position(),
          "`"
              + needed.name()
              + " = \""
              + needed.req()
              + "\"` is not satisfied by version "
              + found.version()
              + " in "
              + needed.path(),
          "Change the requirement, or the version there.");
    }
  }

  private static boolean hasManifest(Path folder) {
    return Files.isRegularFile(folder.resolve("Cargo.toml"));
  }

  private static void requireManifest(Needed needed) {
    if (!hasManifest(needed.path())) {
      throw new InputException(
          needed.position(),
          "`" + needed.name() + "` should be in " + needed.path() + ", which has no Cargo.toml",
          "Fix the path.");
    }
  }

  private Manifest add(Path folder, boolean member) throws IOException {
    TomlTable toml = toml(folder.resolve("Cargo.toml"));
    Manifest manifest =
        ManifestReader.read(toml, folder, PackageFiles.scan(folder), inheritance(folder));
    for (String source : manifest.sources()) {
      if (!Files.exists(folder.resolve(source))) {
        throw new InputException(
            manifest.position(),
            manifest.name() + " lists the source " + source + ", which does not exist",
            "In `sources` of `[package.metadata.nix]`, name files or directories relative to the"
                + " package's directory.");
      }
    }
    packages.put(folder, new Workspace.Local(folder, manifest, toml, member));
    return manifest;
  }

  private @Nullable Inheritance inheritance(Path folder) throws IOException {
    Path root = rootOf(folder);
    TomlTable workspace = root == null ? null : toml(root.resolve("Cargo.toml")).table("workspace");
    return root == null || workspace == null ? null : new Inheritance(workspace, root);
  }

  // Roots.

  /**
   * The directory of a package's root manifest, or null when it is not in a workspace: its own, the
   * one it points to, or the nearest upwards that does not exclude it.
   */
  private @Nullable Path rootOf(Path folder) throws IOException {
    for (Path current = folder; current != null; current = current.getParent()) {
      if (hasManifest(current)) {
        Path root = rootNamedAt(current, folder);
        if (root != null) {
          return root;
        }
      }
    }
    return null;
  }

  private @Nullable Path rootNamedAt(Path folder, Path lookingFrom) throws IOException {
    TomlTable toml = toml(folder.resolve("Cargo.toml"));
    TomlTable workspace = toml.table("workspace");
    if (workspace != null) {
      return new WorkspaceTable(folder, workspace).isExcluded(lookingFrom) ? null : folder;
    }
    String pointer = packageTable(toml).string("workspace");
    return pointer == null ? null : folder.resolve(pointer).normalize();
  }

  private static TomlTable packageTable(TomlTable manifest) {
    TomlTable table = manifest.table("package");
    return table == null ? Objects.requireNonNull(manifest.table("project")) : table;
  }

  private TomlTable toml(Path manifest) throws IOException {
    TomlTable known = manifests.get(manifest);
    if (known == null) {
      if (Files.isDirectory(manifest)) {
        throw new InputException(
            Position.of(manifest), "this is a directory, not a manifest", noManifest);
      }
      known = TomlFile.read(manifest, noManifest);
      WorkspaceTable.check(known);
      manifests.put(manifest, known);
    }
    return known;
  }
}
