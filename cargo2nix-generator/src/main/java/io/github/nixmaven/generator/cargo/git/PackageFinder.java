package io.github.nixmaven.generator.cargo.git;

import io.github.nixmaven.generator.cargo.manifest.PackageFiles;
import io.github.nixmaven.generator.git.CommitTree;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.TomlFile;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the packages of a repository as cargo does ({@code RecursivePathSource} in its sources): in
 * every directory except hidden ones, submodules and {@code target} beside a manifest, and in the
 * path dependencies of every package it finds. An unreadable manifest is ignored.
 */
final class PackageFinder {
  private static final String MANIFEST = "Cargo.toml";

  private final CommitTree tree;
  private final List<RepositoryPackage> packages = new ArrayList<>();
  private final Set<String> visited = new HashSet<>();
  private final Map<String, @Nullable TomlTable> tables = new HashMap<>();
  private final Map<String, byte[]> bytes = new HashMap<>();
  private final Map<String, byte[]> needed = new HashMap<>();

  private PackageFinder(CommitTree tree) {
    this.tree = tree;
  }

  static RepositoryFacts find(CommitTree tree, String narHash) throws IOException {
    PackageFinder finder = new PackageFinder(tree);
    finder.walk("", tree.root());
    return new RepositoryFacts(narHash, finder.packages, finder.needed);
  }

  private void walk(String path, Nar.Node.Folder folder) throws IOException {
    if (tree.isFile(join(path, MANIFEST))) {
      visit(path);
    }
    for (String name : tree.names(path)) {
      boolean isOutput = name.equals("target") && tree.isFile(join(path, MANIFEST));
      if (folder.children().list().get(name.getBytes(StandardCharsets.UTF_8))
              instanceof Nar.Node.Folder child
          && !name.startsWith(".")
          && !isOutput
          && !tree.isSubmodule(child)) {
        walk(join(path, name), child);
      }
    }
  }

  private void visit(String folder) throws IOException {
    if (!visited.add(folder)) {
      return;
    }
    TomlTable manifest = manifest(folder);
    if (manifest == null) {
      return;
    }
    try {
      @Nullable TomlTable own = manifest.table("package");
      if (own == null) {
        own = manifest.table("project");
      }
      if (own == null) {
        return; // a workspace and nothing else
      }
      @Nullable String workspace = workspace(folder, manifest, own);
      packages.add(
          new RepositoryPackage(
              own.requiredString("name"),
              version(own, workspace),
              folder,
              workspace,
              files(folder)));
      need(folder);
      if (workspace != null) {
        need(workspace);
      }
      for (String path : paths(manifest, workspace)) {
        visitPath(folder, path);
      }
    } catch (InputException e) {
      // Cargo ignores unreadable manifests, since a repository may contain broken examples.
    }
  }

  private void need(String folder) {
    byte[] manifest = bytes.get(folder);
    if (manifest != null) {
      needed.put(folder, manifest);
    }
  }

  private void visitPath(String folder, String path) throws IOException {
    @Nullable String target = resolve(folder, path);
    if (target != null && tree.isFile(join(target, MANIFEST))) {
      visit(target);
    }
  }

  /** A directory's manifest, or null when it is absent or unreadable. */
  private @Nullable TomlTable manifest(String folder) throws IOException {
    if (!tables.containsKey(folder)) {
      @Nullable TomlTable table = null;
      String file = join(folder, MANIFEST);
      if (tree.isFile(file)) {
        byte[] content = tree.bytes(file);
        try {
          table = TomlFile.parse(file, content);
          bytes.put(folder, content);
        } catch (InputException e) {
          // Ignored, as above.
        }
      }
      tables.put(folder, table);
    }
    return tables.get(folder);
  }

  /** The nearest directory upwards that has the manifest of a workspace. */
  private @Nullable String workspace(String folder, TomlTable manifest, TomlTable own)
      throws IOException {
    if (manifest.has("workspace")) {
      return folder;
    }
    String named = own.string("workspace");
    if (named != null) {
      return resolve(folder, named);
    }
    for (String above = folder; !above.isEmpty(); ) {
      above = above.substring(0, Math.max(0, above.lastIndexOf('/')));
      TomlTable candidate = manifest(above);
      if (candidate != null && candidate.has("workspace")) {
        return above;
      }
    }
    return null;
  }

  private String version(TomlTable own, @Nullable String workspace) throws IOException {
    TomlTable holder = own;
    if (own.isTable("version")) {
      TomlTable root = workspace == null ? null : manifest(workspace);
      TomlTable table = root == null ? null : root.table("workspace");
      TomlTable offered = table == null ? null : table.table("package");
      if (offered == null) {
        throw own.error(
            "version",
            "`version` is inherited, but there is no workspace that defines it",
            GitRemedies.LOCK.broken());
      }
      holder = offered;
    }
    String version = holder.string("version");
    return version == null ? "0.0.0" : version.strip();
  }

  /** The directories of a package's path dependencies, relative to it. */
  private List<String> paths(TomlTable manifest, @Nullable String workspace) throws IOException {
    List<TomlTable> sections = new ArrayList<>(List.of(manifest));
    TomlTable targets = manifest.table("target");
    if (targets != null) {
      sections.addAll(tables(targets));
    }
    TomlTable root = workspace == null ? null : manifest(workspace);
    TomlTable table = root == null ? null : root.table("workspace");
    @Nullable TomlTable offered = table == null ? null : table.table("dependencies");
    List<String> result = new ArrayList<>();
    for (TomlTable section : sections) {
      for (String kind : section.keys()) {
        @Nullable TomlTable entries =
            kind.endsWith("dependencies") && section.isTable(kind) ? section.table(kind) : null;
        for (String name : entries == null ? List.<String>of() : entries.keys()) {
          @Nullable String own = path(entries, name);
          @Nullable String inherited = path(offered, name);
          if (own != null) {
            result.add(own);
          } else if (inherited != null && isInherited(entries, name)) {
            result.add("/" + join(String.valueOf(workspace), inherited));
          }
        }
      }
    }
    return result;
  }

  private static List<TomlTable> tables(TomlTable table) {
    List<TomlTable> result = new ArrayList<>();
    for (String key : table.keys()) {
      @Nullable TomlTable value = table.isTable(key) ? table.table(key) : null;
      if (value != null) {
        result.add(value);
      }
    }
    return result;
  }

  private static boolean isInherited(@Nullable TomlTable entries, String name) {
    @Nullable TomlTable entry =
        entries != null && entries.isTable(name) ? entries.table(name) : null;
    return entry != null && entry.bool("workspace", false);
  }

  private static @Nullable String path(@Nullable TomlTable entries, String name) {
    @Nullable TomlTable entry =
        entries != null && entries.isTable(name) ? entries.table(name) : null;
    return entry == null ? null : entry.string("path");
  }

  private List<String> files(String folder) throws IOException {
    Set<String> result = new TreeSet<>();
    for (String readme : PackageFiles.READMES) {
      add(folder, readme, result);
    }
    for (String inside : List.of("", "src")) {
      addRust(folder, inside, result);
    }
    for (String inside : PackageFiles.TARGET_DIRECTORIES) {
      addRust(folder, inside, result);
      for (String name : tree.names(join(folder, inside))) {
        add(folder, inside + "/" + name + "/main.rs", result);
      }
    }
    return List.copyOf(result);
  }

  private void addRust(String folder, String inside, Set<String> result) throws IOException {
    for (String name : tree.names(join(folder, inside))) {
      if (name.endsWith(".rs")) {
        add(folder, join(inside, name), result);
      }
    }
  }

  private void add(String folder, String file, Set<String> result) throws IOException {
    if (tree.isFile(join(folder, file))) {
      result.add(file);
    }
  }

  /** A path relative to a directory, or to the root if it begins with a slash; null outside. */
  private static @Nullable String resolve(String folder, String path) {
    Path root = Path.of("/repository");
    Path base = path.startsWith("/") ? root : root.resolve(folder);
    Path resolved = base.resolve(path.replaceAll("^/+", "")).normalize();
    return resolved.startsWith(root)
        ? root.relativize(resolved).toString().replace('\\', '/')
        : null;
  }

  private static String join(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }
}
