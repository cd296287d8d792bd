package io.github.nixmaven.generator.cargo.emit;

import io.github.nixmaven.generator.cargo.manifest.Profile;
import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.Unit;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import io.github.nixmaven.generator.nix.NixWriter;
import io.github.nixmaven.generator.nix.NixWriter.Expression;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of all contexts.
 *
 * <p>A node is a package's library, its build script and, for a member, its binaries. Its key says
 * what it is within one context: the package's key, and {@code (host)} where it is built for use at
 * build time only. Edges name keys, so that what a dependency holds in some context changes nothing
 * about those that need it.
 */
final class NodeTable {
  /** What a slot holds where there is nothing, or nothing but what is usual. */
  static final Expression ABSENT = NixWriter.raw("null");

  private final PackageKeys keys;
  private final SortedMap<String, Node> nodes = new TreeMap<>();
  private final SortedMap<String, Choices> members = new TreeMap<>();

  NodeTable(PackageKeys keys) {
    this.keys = keys;
  }

  /**
   * A package in one of its roles.
   *
   * @param of the package
   * @param host whether it is compiled for the host
   * @param choices what it holds where
   */
  record Node(PackageGraph.Node of, boolean host, Choices choices) {}

  /**
   * What a context takes for granted.
   *
   * @param target the profile of what is built for the target
   * @param host the profile of what is built for the host
   * @param lto what libraries for the target hold
   * @param write turns a profile into Nix
   */
  record Usual(
      Expression target,
      Expression host,
      LinkTimeOptimization.Mode lto,
      Function<Profile, Expression> write) {
    Expression profile(Profile profile, boolean forHost) {
      Expression written = write.apply(profile);
      return written.equals(forHost ? host : target) ? ABSENT : written;
    }

    Expression lto(LinkTimeOptimization.Mode mode, boolean forHost) {
      return mode == (forHost ? LinkTimeOptimization.Mode.OBJECT : lto)
          ? ABSENT
          : NixWriter.string(mode.nixName());
    }
  }

  /** All nodes by key. */
  SortedMap<String, Node> nodes() {
    return nodes;
  }

  /** The nodes and binaries of members, by the member's name. */
  SortedMap<String, Choices> members() {
    return members;
  }

  /**
   * Works out what one context needs, without changing the table.
   *
   * @param selected the members that are built in it
   */
  Addition addition(List<PackageGraph.Node> selected, UnitGraph graph, Usual usual) {
    return new Addition(selected, graph, usual);
  }

  /**
   * Adds what one context needs, or several that mean the same.
   *
   * @param contexts the numbers of the contexts
   */
  void add(BitSet contexts, Addition addition) {
    addition.nodes.forEach(
        (key, part) ->
            nodes
                .computeIfAbsent(key, k -> new Node(part.of(), part.host(), new Choices()))
                .choices()
                .add(contexts, part.slots()));
    addition.members.forEach(
        (member, slots) ->
            members.computeIfAbsent(member, name -> new Choices()).add(contexts, slots));
  }

  /** A package and the side it is built for. */
  private record Role(PackageGraph.Node of, boolean forTarget) {
    // A record's own methods are slow where nothing is compiled yet, and these are asked often.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Role role && role.of.equals(of) && role.forTarget == forTarget;
    }

    @Override
    public int hashCode() {
      return 2 * of.hashCode() + (forTarget ? 1 : 0);
    }
  }

  /** A node as it is in one context. */
  private record Part(PackageGraph.Node of, boolean host, Map<Slot, Expression> slots) {}

  /** What one context needs. */
  final class Addition {
    private final UnitGraph graph;
    private final Usual usual;
    private final Map<Unit, LinkTimeOptimization.Mode> lto;
    private final Set<Unit> forTarget = new HashSet<>();
    private final Map<Unit, String> named = new HashMap<>();
    private final Map<String, Part> nodes = new HashMap<>();
    private final Map<String, Map<Slot, Expression>> members = new HashMap<>();

    private Addition(List<PackageGraph.Node> selected, UnitGraph graph, Usual usual) {
      this.graph = graph;
      this.usual = usual;
      this.lto = LinkTimeOptimization.of(graph);
      graph.roots().forEach(this::markForTarget);
      Map<PackageGraph.Node, Unit> representatives = representatives();
      name(representatives);
      named.forEach(this::node);
      for (PackageGraph.Node member : selected) {
        members.put(member.locked().name(), root(member, representatives.get(member)));
      }
    }

    private Map<Slot, Expression> root(PackageGraph.Node member, @Nullable Unit representative) {
      Map<Slot, Expression> slots = new LinkedHashMap<>();
      if (representative != null) {
        slots.put(Slot.of("node"), NixWriter.string(nameOf(representative)));
        List<String> binaries =
            graph.roots().stream()
                .filter(root -> root.node().equals(member))
                .map(Unit::target)
                .filter(target -> target.kind() == Target.Kind.BIN)
                .map(Target::name)
                .sorted()
                .toList();
        slots.put(Slot.of("binaries"), binaries.isEmpty() ? ABSENT : NixWriter.strings(binaries));
      }
      return slots;
    }

    /** A procedural macro that was asked for is built as its users will; what it needs is not. */
    private void markForTarget(Unit unit) {
      if (forTarget.add(unit) && !unit.target().isForHost()) {
        for (Unit.Dependency dependency : unit.dependencies()) {
          if (!dependency.unit().target().isForHost()) {
            markForTarget(dependency.unit());
          }
        }
      }
    }

    /** Of each selected package the library, or a binary where it has none. */
    private Map<PackageGraph.Node, Unit> representatives() {
      Map<PackageGraph.Node, Unit> result = new LinkedHashMap<>();
      for (Unit root : graph.roots()) {
        if (isLibrary(root)) {
          result.put(root.node(), root);
        } else {
          result.putIfAbsent(root.node(), root);
        }
      }
      return result;
    }

    private void name(Map<PackageGraph.Node, Unit> representatives) {
      Map<Role, List<Unit>> byRole = new LinkedHashMap<>();
      for (Unit unit : graph.units()) {
        if (isLibrary(unit) || unit.equals(representatives.get(unit.node()))) {
          Role role = new Role(unit.node(), forTarget.contains(unit));
          byRole.computeIfAbsent(role, key -> new ArrayList<>()).add(unit);
        }
      }
      byRole.forEach(
          (role, units) -> {
            units.sort(
                Comparator.comparing((Unit unit) -> String.join(",", unit.features()))
                    .thenComparing(unit -> unit.profile().toString()));
            for (int i = 0; i < units.size(); i++) {
              String number = i == 0 ? "" : Integer.toString(i + 1);
              String suffix =
                  role.forTarget()
                      ? (number.isEmpty() ? "" : " (" + number + ")")
                      : " (host" + (number.isEmpty() ? "" : " " + number) + ")";
              named.put(units.get(i), keys.key(role.of()) + suffix);
            }
          });
    }

    private void node(Unit unit, String key) {
      boolean host = !forTarget.contains(unit) || unit.target().isForHost();
      Map<Slot, Expression> slots = new LinkedHashMap<>();
      slots.put(Slot.of("features"), NixWriter.strings(unit.features()));
      addLibraries("dependencies", unit, slots);
      slots.put(Slot.of("profile"), usual.profile(unit.profile().settled(), host));
      for (Unit.Dependency dependency : unit.dependencies()) {
        if (dependency.unit().mode() == Unit.Mode.RUN_CUSTOM_BUILD
            && dependency.unit().node().equals(unit.node())) {
          for (Unit.Dependency script : dependency.unit().dependencies()) {
            if (script.unit().mode() == Unit.Mode.BUILD) {
              addLibraries("buildDependencies", script.unit(), slots);
              slots.put(
                  Slot.of("hostProfile"), usual.profile(script.unit().profile().settled(), true));
            }
          }
        }
      }
      // A binary without a library is linked as its profile says.
      if (isLibrary(unit)) {
        slots.put(Slot.of("lto"), usual.lto(Objects.requireNonNull(lto.get(unit)), host));
      }
      nodes.put(key, new Part(unit.node(), host, slots));
    }

    private void addLibraries(String attribute, Unit unit, Map<Slot, Expression> slots) {
      for (Unit.Dependency dependency : unit.dependencies()) {
        if (isLibrary(dependency.unit()) && !dependency.unit().node().equals(unit.node())) {
          slots.put(
              new Slot(attribute, dependency.externCrateName()),
              NixWriter.string(nameOf(dependency.unit())));
        }
      }
    }

    private String nameOf(Unit unit) {
      return Objects.requireNonNull(named.get(unit), unit::toString);
    }

    private static boolean isLibrary(@Nullable Unit unit) {
      return unit != null && unit.target().kind() == Target.Kind.LIB;
    }
  }
}
