package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.config.CargoConfig;
import io.github.nixmaven.generator.cargo.lock.CargoLock;
import io.github.nixmaven.generator.cargo.lock.LockedPackage;
import io.github.nixmaven.generator.cargo.lock.SourceId;
import io.github.nixmaven.generator.cargo.manifest.Dependency;
import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.manifest.Workspace;
import io.github.nixmaven.generator.cargo.source.Pin;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The packages of a lock joined with their manifests: every dependency with the package that the
 * lock chose for it.
 */
public final class PackageGraph {
  private final List<Node> nodes;
  private final List<Node> defaultMembers;
  private final @Nullable Node rootPackage;
  private final CargoConfig config;

  private PackageGraph(List<Node> nodes, Workspace workspace) {
    this.nodes = nodes;
    this.defaultMembers =
        workspace.defaultMembers().stream().map(folder -> local(nodes, folder)).toList();
    this.rootPackage = workspace.rootPackage() == null ? null : local(nodes, workspace.directory());
    this.config = workspace.config();
  }

  private static Node local(List<Node> nodes, Path directory) {
    return nodes.stream()
        .filter(node -> node.local() != null && node.local().directory().equals(directory))
        .findFirst()
        .orElseThrow();
  }

  /**
   * A package of the lock.
   *
   * @param index its place in {@link #nodes()}
   * @param locked its entry in the lock
   * @param manifest its manifest
   * @param pin the place of its source
   * @param local the package of the workspace or of a path it reaches, or null for another source
   * @param edges its dependencies, sorted by their target
   */
  public record Node(
      int index,
      LockedPackage locked,
      Manifest manifest,
      Pin pin,
      Workspace.@Nullable Local local,
      List<Edge> edges) {

    /** Whether the package is a member of the workspace. */
    public boolean isMember() {
      return local != null && local.member();
    }

    /** Whether the package comes from a path. */
    public boolean isLocal() {
      return local != null;
    }

    /**
     * The source of the package, the part of cargo's package ids before the {@code #} (the Cargo
     * Book, "Package ID Specifications"): {@code path+file:///ws/lib}.
     */
    public String source() {
      return SourceUrl.of(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Node node && node.index == index;
    }

    @Override
    public int hashCode() {
      return index;
    }

    @Override
    public String toString() {
      return locked.label();
    }
  }

  /**
   * All entries of a package's dependency tables that refer to the same package.
   *
   * @param to the index of the package
   * @param dependencies the entries, at least one
   */
  public record Edge(int to, List<Dependency> dependencies) {}

  /**
   * A package that is not local.
   *
   * @param manifest its manifest
   * @param pin the place of its source
   */
  public record Published(Manifest manifest, Pin pin) {}

  /**
   * What the configuration says instead of a package's build script: the lines that it would print,
   * or null when the script runs.
   *
   * @param triple the target that the package is built for
   */
  public @Nullable List<String> scriptOutput(Node node, String triple) {
    String links = node.manifest().links();
    return links == null ? null : config.scriptOutput(triple, links);
  }

  /** The packages in the order of the lock. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The workspace's members in the order of the lock. */
  public List<Node> members() {
    return nodes.stream().filter(Node::isMember).toList();
  }

  /**
   * The members that cargo builds in the workspace's root when no package is named: {@code
   * default-members}, else the root package, else all.
   */
  public List<Node> defaultMembers() {
    return defaultMembers;
  }

  /** The package of the workspace's root, or null when the workspace is virtual. */
  public @Nullable Node rootPackage() {
    return rootPackage;
  }

  /**
   * Joins a lock with the manifests of its packages.
   *
   * @param published supplies the packages that are not local
   * @throws InputException when the lock does not match the manifests, or a package needs a feature
   *     that another one does not have
   */
  public static PackageGraph join(
      CargoLock lock, Workspace workspace, Function<LockedPackage, Published> published) {
    List<Workspace.@Nullable Local> locals = LocalPackages.of(lock, workspace);
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < lock.packages().size(); i++) {
      LockedPackage locked = lock.packages().get(i);
      Workspace.Local local = locals.get(i);
      Published found =
          local == null
              ? published.apply(locked)
              : new Published(local.manifest(), new Pin.Folder(local.directory()));
      List<Edge> edges = edges(lock, workspace, locals, locked, found.manifest(), local);
      nodes.add(new Node(i, locked, found.manifest(), found.pin(), local, edges));
    }
    PackageGraph graph = new PackageGraph(Collections.unmodifiableList(nodes), workspace);
    LockChecks.check(lock, workspace, graph);
    graph.checkFeatures();
    return graph;
  }

  /**
   * A lock is for all members with all features. A feature that does not exist is an error, and so
   * is a dependency of the lock that no feature needs.
   */
  private void checkFeatures() {
    Map<Integer, RequestedFeatures> everything = new LinkedHashMap<>();
    for (Node member : members()) {
      everything.put(member.index(), new RequestedFeatures(List.of(), true, true));
    }
    FeatureResolver resolved = FeatureResolver.forVersions(this, everything);
    resolved.resolve();
    LockChecks.checkNeeded(this, resolved);
  }

  private static List<Edge> edges(
      CargoLock lock,
      Workspace workspace,
      List<Workspace.@Nullable Local> locals,
      LockedPackage locked,
      Manifest manifest,
      Workspace.@Nullable Local local) {
    SortedMap<Integer, List<Dependency>> found = new TreeMap<>();
    boolean member = local != null && local.member();
    for (Dependency dependency : manifest.dependencies()) {
      if (dependency.kind() == Dependency.Kind.DEVELOPMENT && !member) {
        continue;
      }
      int target = find(lock, workspace, locals, locked, dependency, local != null);
      if (target >= 0) {
        found.computeIfAbsent(target, key -> new ArrayList<>()).add(dependency);
      } else if (member || !dependency.optional()) {
        throw outOfDate(lock, locked, dependency, local != null);
      }
    }
    List<Edge> edges = new ArrayList<>(found.size());
    found.forEach((target, entries) -> edges.add(new Edge(target, List.copyOf(entries))));
    return List.copyOf(edges);
  }

  /**
   * The newest locked package that satisfies a dependency, or -1. Packages from the dependency's
   * own source come first; the first of equal ones is chosen.
   */
  private static int find(
      CargoLock lock,
      Workspace workspace,
      List<Workspace.@Nullable Local> locals,
      LockedPackage locked,
      Dependency dependency,
      boolean local) {
    @Nullable String registry = workspace.registryIndex(dependency);
    int best = -1;
    boolean bestIsOwn = false;
    for (int candidate : locked.dependencies()) {
      LockedPackage target = lock.packages().get(candidate);
      if (!target.name().equals(dependency.packageName())
          || !isPossible(workspace, locals.get(candidate), dependency, local)
          || !(isUnversioned(dependency) || dependency.req().matches(target.version()))) {
        continue;
      }
      boolean own =
          isOwnSource(dependency, registry, locked, target.source(), locals.get(candidate));
      if (best < 0
          || (own != bestIsOwn
              ? own
              : target.version().compareTo(lock.packages().get(best).version()) > 0)) {
        best = candidate;
        bestIsOwn = own;
      }
    }
    return best;
  }

  /**
   * Whether a package can satisfy a dependency. A package on this disk can satisfy only its path
   * and patches.
   *
   * @param target the package if it is on this disk, else null
   * @param local whether the manifest with the dependency is on this disk
   */
  private static boolean isPossible(
      Workspace workspace, Workspace.@Nullable Local target, Dependency dependency, boolean local) {
    if (local && dependency.path() != null) {
      return target != null && dependency.path().equals(target.directory());
    }
    return target == null || workspace.patched().contains(target.directory());
  }

  /** Any version satisfies a path or repository without a version. */
  private static boolean isUnversioned(Dependency dependency) {
    return dependency.req().toString().equals("*")
        && (dependency.path() != null || dependency.git() != null);
  }

  /** Whether a package comes from the source in the manifest; a patch may replace it. */
  private static boolean isOwnSource(
      Dependency dependency,
      @Nullable String registry,
      LockedPackage owner,
      @Nullable SourceId source,
      Workspace.@Nullable Local local) {
    if (dependency.path() != null) {
      // A path in a repository leads to a package of the same commit.
      return owner.source() == null
          ? local != null && dependency.path().equals(local.manifest().directory())
          : owner.source().equals(source);
    }
    if (dependency.git() != null) {
      return source != null && source.isGit(dependency.git(), dependency.gitReference());
    }
    return source != null && (registry == null ? source.isCratesIo() : source.isRegistry(registry));
  }

  private static InputException outOfDate(
      CargoLock lock, LockedPackage locked, Dependency dependency, boolean local) {
    String present =
        locked.dependencies().stream()
            .map(i -> lock.packages().get(i))
            .filter(p -> p.name().equals(dependency.packageName()))
            .map(LockedPackage::label)
            .collect(Collectors.joining(", "));
    String wanted =
        "`"
            + dependency.packageName()
            + " = \""
            + dependency.req()
            + "\"`"
            + (local ? "" : ", which " + locked.label() + " needs");
    return new InputException(
        local ? dependency.position() : locked.position(),
        "the lock does not satisfy "
            + wanted
            + (present.isEmpty() ? ": it has no such dependency" : ": it has " + present),
        "The lock is out of date: run `cargo update --workspace`, then generate again.");
  }
}
