package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.lock.CargoLock;
import io.github.nixmaven.generator.cargo.manifest.Dependency;
import io.github.nixmaven.generator.cargo.manifest.Workspace;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The checks that cargo makes when it resolves: that a lock has no more than the manifests need,
 * and that the packages can be built together.
 */
final class LockChecks {
  private static final String OUT_OF_DATE =
      "The lock is out of date: run `cargo update --workspace`, then generate again.";

  private final PackageGraph graph;

  private LockChecks(PackageGraph graph) {
    this.graph = graph;
  }

  /**
   * Checks a lock that was joined with its manifests.
   *
   * @throws InputException when cargo would reject them
   */
  static void check(CargoLock lock, Workspace workspace, PackageGraph graph) {
    LockChecks checks = new LockChecks(graph);
    checks.checkPatches(lock, workspace);
    checks.checkLinks();
    checks.checkCycles();
  }

  /**
   * Checks that the lock has no dependency that nothing needs.
   *
   * @param resolved the features with which cargo locks: all those of the members
   * @throws InputException when cargo would change the lock
   */
  static void checkNeeded(PackageGraph graph, FeatureResolver resolved) {
    for (PackageGraph.Node node : graph.nodes()) {
      Set<Integer> needed = new HashSet<>();
      for (PackageGraph.Edge edge : node.edges()) {
        for (Dependency dependency : edge.dependencies()) {
          if (!dependency.optional()
              || resolved.isActivated(
                  new FeatureResolver.Key(node.index(), false), dependency.nameInToml())) {
            needed.add(edge.to());
          }
        }
      }
      for (int index : node.locked().dependencies()) {
        if (!needed.contains(index)) {
          throw notNeeded(node, graph.nodes().get(index));
        }
      }
    }
  }

  private static InputException notNeeded(PackageGraph.Node node, PackageGraph.Node target) {
    boolean named =
        node.manifest().dependencies().stream()
            .anyMatch(entry -> entry.packageName().equals(target.locked().name()));
    return new InputException(
        node.locked().position(),
        "the lock says that "
            + node
            + " needs "
            + target
            + (named
                ? ", but in this workspace it does not: what asks for it is optional and off, for"
                    + " another version, or for tests of "
                    + node.locked().name()
                : ", but its manifest does not"),
        OUT_OF_DATE);
  }

  /** The lock also contains patches that nothing uses. */
  private void checkPatches(CargoLock lock, Workspace workspace) {
    for (Path folder : workspace.patched()) {
      Workspace.Local patch = workspace.packages().get(folder);
      if (patch != null
          && graph.nodes().stream().noneMatch(node -> patch.equals(node.local()))
          && !lock.unusedPatches()
              .contains(patch.manifest().name() + " " + patch.manifest().version())) {
        throw new InputException(
            patch.manifest().position(),
            "the lock does not have the patch "
                + patch.manifest().name()
                + " "
                + patch.manifest().version(),
            OUT_OF_DATE);
      }
    }
  }

  /**
   * Only one package may link a native library. For two published packages cargo uses the
   * registry's index, which lacks {@code links} of old packages; {@link UnitPlanner} checks the
   * packages that are built.
   */
  private void checkLinks() {
    Map<String, PackageGraph.Node> linking = new HashMap<>();
    for (PackageGraph.Node node : graph.nodes()) {
      String links = node.manifest().links();
      PackageGraph.Node first = links == null ? null : linking.putIfAbsent(links, node);
      if (links != null && first != null && (node.isLocal() || first.isLocal())) {
        throw twoLink(links, first, node);
      }
    }
  }

  /** The error for two packages that link the same native library. */
  static InputException twoLink(String links, PackageGraph.Node first, PackageGraph.Node second) {
    PackageGraph.Node local = second.isLocal() ? second : first;
    return new InputException(
        local.isLocal() ? local.manifest().position() : second.locked().position(),
        first
            + " and "
            + second
            + " both link to the native library `"
            + links
            + "`, which can be linked only once",
        "Depend on only one of them; `cargo tree --invert` shows what needs the other.");
  }

  // Rejects cycles, except those that a development dependency closes.

  private void checkCycles() {
    Set<Integer> checked = new HashSet<>();
    for (PackageGraph.Node start : graph.nodes()) {
      if (checked.add(start.index())) {
        checkCycles(start, checked);
      }
    }
  }

  private void checkCycles(PackageGraph.Node start, Set<Integer> checked) {
    Deque<Integer> path = new ArrayDeque<>(List.of(start.index()));
    Set<Integer> onPath = new HashSet<>(path);
    Deque<Iterator<Integer>> open = new ArrayDeque<>(List.of(needed(start)));
    while (!path.isEmpty()) {
      Iterator<Integer> rest = open.getLast();
      if (!rest.hasNext()) {
        open.removeLast();
        onPath.remove(path.removeLast());
        continue;
      }
      int next = rest.next();
      if (onPath.contains(next)) {
        throw cycle(path.stream().dropWhile(index -> index != next).toList());
      }
      if (checked.add(next)) {
        path.addLast(next);
        onPath.add(next);
        open.addLast(needed(graph.nodes().get(next)));
      }
    }
  }

  private static Iterator<Integer> needed(PackageGraph.Node node) {
    List<Integer> result = new ArrayList<>();
    for (PackageGraph.Edge edge : node.edges()) {
      for (Dependency dependency : edge.dependencies()) {
        if (dependency.kind() != Dependency.Kind.DEVELOPMENT) {
          result.add(edge.to());
          break;
        }
      }
    }
    return result.iterator();
  }

  private InputException cycle(List<Integer> cycle) {
    List<PackageGraph.Node> nodes = cycle.stream().map(graph.nodes()::get).toList();
    PackageGraph.Node first = nodes.get(0);
    PackageGraph.Node local =
        nodes.stream().filter(PackageGraph.Node::isLocal).findFirst().orElse(first);
    return new InputException(
        local.isLocal() ? local.manifest().position() : local.locked().position(),
        "package "
            + first
            + " depends on itself: "
            + nodes.stream().map(PackageGraph.Node::toString).collect(Collectors.joining(" needs "))
            + " needs "
            + first,
        "Remove one of these dependencies: only a development dependency may close a cycle.");
  }
}
