package io.github.nixmaven.generator.cargo.emit;

import io.github.nixmaven.generator.cargo.manifest.Profile;
import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.Unit;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of all selections, each written once however many selections share it.
 *
 * <p>A node's key says what it is, not how it came about, so that it outlives changes elsewhere:
 * the package's key, {@code (host)} where it is built for build time only, and {@code for MEMBER}
 * where a member needs it otherwise than the members before it do.
 */
final class NodeTable {
  private final PackageKeys keys;
  private final SortedMap<String, Node> nodes = new TreeMap<>();
  private final Map<Node, String> known = new HashMap<>();

  NodeTable(PackageKeys keys) {
    this.keys = keys;
  }

  /** All nodes by key. */
  SortedMap<String, Node> nodes() {
    return nodes;
  }

  /**
   * Adds what one member needs.
   *
   * @param member the member the graph was planned for
   * @return the key of the member's own node
   */
  String add(PackageGraph.Node member, UnitGraph graph) {
    return new Selection(member, graph).add();
  }

  private final class Selection {
    private final PackageGraph.Node member;
    private final UnitGraph graph;
    private final Set<Unit> forTarget = new HashSet<>();
    private final Map<Unit, String> byLibrary = new HashMap<>();

    Selection(PackageGraph.Node member, UnitGraph graph) {
      this.member = member;
      this.graph = graph;
      graph.roots().forEach(this::markForTarget);
    }

    private void markForTarget(Unit unit) {
      if (forTarget.add(unit)) {
        for (Unit.Dependency dependency : unit.dependencies()) {
          if (!dependency.unit().target().isForHost()) {
            markForTarget(dependency.unit());
          }
        }
      }
    }

    String add() {
      @Nullable Unit library = null;
      List<Unit> binaries = new ArrayList<>();
      for (Unit root : graph.roots()) {
        if (root.target().kind() == Target.Kind.LIB) {
          library = root;
        } else {
          binaries.add(root);
        }
      }
      return library == null ? intern(binaries.get(0), binaries) : key(library, binaries);
    }

    private String key(Unit library) {
      return key(library, List.of());
    }

    private String key(Unit library, List<Unit> binaries) {
      String key = byLibrary.get(library);
      if (key == null) {
        key = intern(library, binaries);
        byLibrary.put(library, key);
      }
      return key;
    }

    private String intern(Unit unit, List<Unit> binaries) {
      SortedMap<String, String> dependencies = new TreeMap<>();
      SortedMap<String, String> buildDependencies = new TreeMap<>();
      @Nullable Profile buildProfile = null;
      for (Unit.Dependency dependency : unit.dependencies()) {
        if (dependency.unit().mode() == Unit.Mode.RUN_CUSTOM_BUILD) {
          for (Unit.Dependency script : dependency.unit().dependencies()) {
            if (script.unit().mode() == Unit.Mode.BUILD) {
              buildProfile = script.unit().profile().settled();
              addLibraries(script.unit(), buildDependencies);
            }
          }
        }
      }
      addLibraries(unit, dependencies);
      Node node =
          new Node(
              unit.node(),
              !forTarget.contains(unit),
              unit.features(),
              dependencies,
              buildDependencies,
              unit.profile().settled(),
              buildProfile,
              binaries.stream().map(binary -> binary.target().name()).sorted().toList());
      return known.computeIfAbsent(node, this::name);
    }

    private void addLibraries(Unit unit, SortedMap<String, String> result) {
      for (Unit.Dependency dependency : unit.dependencies()) {
        if (dependency.unit().target().kind() == Target.Kind.LIB
            && !dependency.unit().node().equals(unit.node())) {
          result.put(dependency.externCrateName(), key(dependency.unit()));
        }
      }
    }

    private String name(Node node) {
      String key = keys.key(node.of()) + (node.host() ? " (host)" : "");
      if (nodes.containsKey(key)) {
        key += " for " + member.locked().name();
      }
      for (int i = 2; nodes.containsKey(key); i++) {
        key = keys.key(node.of()) + " for " + member.locked().name() + " " + i;
      }
      nodes.put(key, node);
      return key;
    }
  }
}
