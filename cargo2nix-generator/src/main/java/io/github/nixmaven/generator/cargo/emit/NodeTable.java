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
import java.util.LinkedHashSet;
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
 * <p>A node is a package's library, its build script and, for a member, its binaries and tests. Its
 * key identifies it within one context: the package's key, and {@code (host)} if it is only for use
 * at build time. Edges name keys, so that a dependency's contents in a context do not affect the
 * nodes that need it. Development dependencies are not edges of nodes, because they may form
 * cycles: they are listed with the member's tests.
 */
final class NodeTable {
  /** The value of an attribute that is absent or has only usual values. */
  static final Expression ABSENT = NixWriter.raw("null");

  private final PackageKeys keys;
  private final SortedMap<String, Node> nodes = new TreeMap<>();
  private final SortedMap<String, Variants> members = new TreeMap<>();
  private final SortedMap<String, Variants> tests = new TreeMap<>();
  private final Set<PackageGraph.Node> packages = new HashSet<>();

  NodeTable(PackageKeys keys) {
    this.keys = keys;
  }

  /**
   * A package in one of its roles.
   *
   * @param of the package
   * @param host whether it is compiled for the host
   * @param variants its attributes in each context
   */
  record Node(PackageGraph.Node of, boolean host, Variants variants) {}

  /**
   * The defaults of a context.
   *
   * @param target the profile for the target
   * @param host the profile for the host
   * @param lto the link-time optimisation of libraries for the target
   * @param write turns a profile into Nix
   * @param scriptOutput what the configuration says instead of a unit's build script, or null
   */
  record Usual(
      Expression target,
      Expression host,
      LinkTimeOptimization.Mode lto,
      Function<Profile, Expression> write,
      Function<Unit, @Nullable List<String>> scriptOutput) {
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

  /** The packages of all nodes, and the members that nothing is built of. */
  Set<PackageGraph.Node> packages() {
    return packages;
  }

  /** The nodes and binaries of members, by the member's name. */
  SortedMap<String, Variants> members() {
    return members;
  }

  /** The tests of members, by the member's name. */
  SortedMap<String, Variants> tests() {
    return tests;
  }

  /**
   * Computes the entries of one context, without changing the table.
   *
   * @param selected the members that are built or tested in it
   * @param areTested whether they are tested
   */
  Addition addition(
      List<PackageGraph.Node> selected, UnitGraph graph, boolean areTested, Usual usual) {
    return new Addition(selected, graph, areTested, usual);
  }

  /**
   * Adds the entries of one context, or of several equal ones.
   *
   * @param contexts the numbers of the contexts
   */
  void add(BitSet contexts, Addition addition) {
    packages.addAll(addition.selected);
    addition.nodes.forEach(
        (key, part) -> {
          packages.add(part.of());
          nodes
              .computeIfAbsent(key, k -> new Node(part.of(), part.host(), new Variants()))
              .variants()
              .add(contexts, part.attributes());
        });
    addition.members.forEach(
        (member, attributes) ->
            members.computeIfAbsent(member, name -> new Variants()).add(contexts, attributes));
    addition.tests.forEach(
        (member, attributes) ->
            tests.computeIfAbsent(member, name -> new Variants()).add(contexts, attributes));
  }

  /** A package and the side it is built for. */
  private record Role(PackageGraph.Node of, boolean forTarget) {
    // A record's own methods are slow before the JIT compiles them, and these are called often.

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
  private record Part(
      PackageGraph.Node of, boolean host, Map<AttributePath, Expression> attributes) {}

  /** The entries of one context. */
  final class Addition {
    private final List<PackageGraph.Node> selected;
    private final UnitGraph graph;
    private final Usual usual;
    private final Map<Unit, LinkTimeOptimization.Mode> lto;
    private final Set<Unit> forTarget = new HashSet<>();
    private final Map<Unit, String> named = new HashMap<>();
    private final Map<String, Part> nodes = new HashMap<>();
    private final Map<String, Map<AttributePath, Expression>> members = new HashMap<>();
    private final Map<String, Map<AttributePath, Expression>> tests = new HashMap<>();

    private Addition(
        List<PackageGraph.Node> selected, UnitGraph graph, boolean areTested, Usual usual) {
      this.selected = selected;
      this.graph = graph;
      this.usual = usual;
      this.lto = LinkTimeOptimization.of(graph);
      graph.roots().forEach(this::markForTarget);
      Map<PackageGraph.Node, Unit> representatives = areTested ? programs() : representatives();
      Map<Unit, Unit> settings = areTested ? settings(representatives) : Map.of();
      Set<Unit> chosen = new LinkedHashSet<>(representatives.values());
      chosen.addAll(settings.values());
      name(chosen);
      named.forEach(this::node);
      for (PackageGraph.Node member : selected) {
        String name = member.locked().name();
        if (areTested) {
          tests.put(name, tests(member, settings, representatives.get(member)));
        } else {
          members.put(name, root(member, representatives.get(member)));
        }
      }
    }

    /** The tests of a member: nodes by their purpose, and targets by kind and name. */
    private Map<AttributePath, Expression> tests(
        PackageGraph.Node member, Map<Unit, Unit> settings, @Nullable Unit program) {
      Map<AttributePath, Expression> attributes = new LinkedHashMap<>();
      for (Unit root : graph.roots()) {
        if (!root.node().equals(member)) {
          continue;
        }
        boolean host = root.target().isForHost();
        attributes.put(
            AttributePath.of(host ? "hostNode" : "node"),
            NixWriter.string(nameOf(Objects.requireNonNull(settings.get(root)))));
        for (Unit.Dependency dependency : root.dependencies()) {
          if (!isLibrary(dependency.unit())) {
            continue;
          }
          Expression key = NixWriter.string(nameOf(dependency.unit()));
          if (dependency.unit().node().equals(member)) {
            attributes.put(AttributePath.of("library"), key);
          } else if (dependency.development()) {
            attributes.put(
                new AttributePath(
                    host ? "hostDevDependencies" : "devDependencies", dependency.externCrateName()),
                key);
          }
        }
        attributes.put(
            new AttributePath("targets", TestTarget.name(root)), TestTarget.expression(root));
      }
      if (program != null) {
        attributes.put(AttributePath.of("program"), NixWriter.string(nameOf(program)));
        attributes.put(AttributePath.of("binaries"), NixWriter.strings(binaries(member)));
      }
      return attributes;
    }

    /**
     * For each root a unit that has its settings and, apart from development dependencies, its
     * dependencies: the member's library or binary if there is one, so that the file contains it
     * once.
     */
    private Map<Unit, Unit> settings(Map<PackageGraph.Node, Unit> programs) {
      Map<Unit, Unit> result = new HashMap<>();
      Map<PackageGraph.Node, List<Unit>> candidates = new HashMap<>();
      for (Unit unit : graph.units()) {
        if (isLibrary(unit)) {
          candidates.computeIfAbsent(unit.node(), key -> new ArrayList<>()).add(unit);
        }
      }
      programs.forEach(
          (node, unit) -> candidates.computeIfAbsent(node, key -> new ArrayList<>()).add(unit));
      for (Unit root : graph.roots()) {
        List<Unit> known = candidates.computeIfAbsent(root.node(), key -> new ArrayList<>());
        Unit same =
            known.stream()
                .filter(unit -> unit.target().isForHost() == root.target().isForHost())
                .filter(unit -> settings(unit).equals(settings(root)))
                .findFirst()
                .orElse(root);
        if (same.equals(root)) {
          known.add(root);
        }
        result.put(root, same);
      }
      return result;
    }

    private static List<Object> settings(Unit unit) {
      return List.of(
          unit.features(),
          unit.profile().settled(),
          unit.dependencies().stream()
              .filter(dependency -> !dependency.development())
              .map(Unit.Dependency::unit)
              .filter(other -> isLibrary(other) && !other.node().equals(unit.node()))
              .toList());
    }

    /**
     * For each package whose binaries are built for its tests, the unit they are built from: the
     * library, or a binary when there is no library to link.
     */
    private Map<PackageGraph.Node, Unit> programs() {
      Map<PackageGraph.Node, Unit> result = new LinkedHashMap<>();
      for (Unit unit : graph.units()) {
        if (unit.target().kind() == Target.Kind.BIN && unit.mode() == Unit.Mode.BUILD) {
          Unit library =
              unit.dependencies().stream()
                  .map(Unit.Dependency::unit)
                  .filter(other -> isLibrary(other) && other.node().equals(unit.node()))
                  .filter(other -> !other.target().isForHost())
                  .findFirst()
                  .orElse(unit);
          result.putIfAbsent(unit.node(), library);
        }
      }
      return result;
    }

    private List<String> binaries(PackageGraph.Node member) {
      return graph.units().stream()
          .filter(unit -> unit.node().equals(member) && unit.mode() == Unit.Mode.BUILD)
          .map(Unit::target)
          .filter(target -> target.kind() == Target.Kind.BIN)
          .map(Target::name)
          .sorted()
          .toList();
    }

    private Map<AttributePath, Expression> root(
        PackageGraph.Node member, @Nullable Unit representative) {
      Map<AttributePath, Expression> attributes = new LinkedHashMap<>();
      if (representative != null) {
        attributes.put(AttributePath.of("node"), NixWriter.string(nameOf(representative)));
        List<String> binaries = binaries(member);
        attributes.put(
            AttributePath.of("binaries"),
            binaries.isEmpty() ? ABSENT : NixWriter.strings(binaries));
      }
      return attributes;
    }

    /** A requested procedural macro is built as for its users, but its dependencies are not. */
    private void markForTarget(Unit unit) {
      if (forTarget.add(unit) && !unit.target().isForHost()) {
        for (Unit.Dependency dependency : unit.dependencies()) {
          if (!dependency.unit().target().isForHost()) {
            markForTarget(dependency.unit());
          }
        }
      }
    }

    /** The library of each selected package, or a binary when it has none. */
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

    private void name(Set<Unit> chosen) {
      Map<Role, List<Unit>> byRole = new LinkedHashMap<>();
      for (Unit unit : graph.units()) {
        if (isLibrary(unit) || chosen.contains(unit)) {
          Role role = new Role(unit.node(), forTarget.contains(unit));
          byRole.computeIfAbsent(role, key -> new ArrayList<>()).add(unit);
        }
      }
      byRole.forEach(
          (role, units) -> {
            units.sort(
                Comparator.comparing((Unit unit) -> String.join(",", unit.features()))
                    // A macro comes before the dependencies of its tests.
                    .thenComparing(unit -> !unit.target().isForHost())
                    // If tests unwind but the programs they run abort, both are needed.
                    .thenComparing(unit -> !isUsual(unit))
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

    private boolean isUsual(Unit unit) {
      return usual.profile(unit.profile().settled(), isHost(unit)).equals(ABSENT);
    }

    private boolean isHost(Unit unit) {
      return !forTarget.contains(unit) || unit.target().isForHost();
    }

    private void node(Unit unit, String key) {
      boolean host = isHost(unit);
      Map<AttributePath, Expression> attributes = new LinkedHashMap<>();
      attributes.put(AttributePath.of("features"), NixWriter.strings(unit.features()));
      addLibraries("dependencies", unit, attributes);
      attributes.put(AttributePath.of("profile"), usual.profile(unit.profile().settled(), host));
      for (Unit.Dependency dependency : unit.dependencies()) {
        if (dependency.unit().mode() == Unit.Mode.RUN_CUSTOM_BUILD
            && dependency.unit().node().equals(unit.node())) {
          List<String> output = usual.scriptOutput().apply(dependency.unit());
          if (output != null) {
            attributes.put(
                AttributePath.of("scriptOutput"),
                NixWriter.attrs(List.of(NixWriter.attr("directives", NixWriter.strings(output)))));
          }
          for (Unit.Dependency script : dependency.unit().dependencies()) {
            if (script.unit().mode() == Unit.Mode.BUILD) {
              addLibraries("buildDependencies", script.unit(), attributes);
              attributes.put(
                  AttributePath.of("hostProfile"),
                  usual.profile(script.unit().profile().settled(), true));
            }
          }
        }
      }
      // A binary without a library is linked according to its profile.
      if (isLibrary(unit)) {
        attributes.put(
            AttributePath.of("lto"), usual.lto(Objects.requireNonNull(lto.get(unit)), host));
      }
      nodes.put(key, new Part(unit.node(), host, attributes));
    }

    private void addLibraries(
        String attribute, Unit unit, Map<AttributePath, Expression> attributes) {
      for (Unit.Dependency dependency : unit.dependencies()) {
        if (isLibrary(dependency.unit())
            && !dependency.development()
            && !dependency.unit().node().equals(unit.node())) {
          attributes.put(
              new AttributePath(attribute, dependency.externCrateName()),
              NixWriter.string(nameOf(dependency.unit())));
        }
      }
    }

    private String nameOf(Unit unit) {
      return Objects.requireNonNull(named.get(unit), unit::toString);
    }

    private static boolean isLibrary(@Nullable Unit unit) {
      return unit != null
          && unit.target().kind() == Target.Kind.LIB
          && unit.mode() == Unit.Mode.BUILD;
    }
  }
}
