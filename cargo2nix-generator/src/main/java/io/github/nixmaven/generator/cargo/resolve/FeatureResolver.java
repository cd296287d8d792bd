package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.cfg.Platform;
import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.manifest.Dependency;
import io.github.nixmaven.generator.cargo.manifest.FeatureValue;
import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides which features and optional dependencies are active (the Cargo Book, "Features" and
 * "Feature resolver version 2").
 *
 * <p>With resolver 2 and 3 a package may have two sets of features: one for the target, and one for
 * the host, where build scripts and procedural macros run; development dependencies count only if
 * something that uses them is built. With resolver 1 there is one set, and the development
 * dependencies of the selected packages always count.
 */
final class FeatureResolver {
  /** A package as it is built for the target or, with {@code host}, for build-time use. */
  record Key(int node, boolean host) {
    // A record's own methods are slow before the JIT compiles them, and these are called often.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && key.node == node && key.host == host;
    }

    @Override
    public int hashCode() {
      return 2 * node + (host ? 1 : 0);
    }
  }

  private record DependencyOf(Key parent, String name) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof DependencyOf of && of.parent.equals(parent) && of.name.equals(name);
    }

    @Override
    public int hashCode() {
      return 31 * parent.hashCode() + name.hashCode();
    }
  }

  private record Reached(Dependency dependency, Key target) {}

  private final PackageGraph graph;
  private final Map<Integer, RequestedFeatures> requested;
  private final TargetInfo host;
  private final List<TargetInfo> targets;
  private final boolean decoupled;
  private final boolean development;
  private final boolean forVersions;

  private final Map<Key, Activation> packages = new LinkedHashMap<>();
  private final Map<Key, SortedMap<String, Activation>> features = new HashMap<>();
  private final Map<DependencyOf, Activation> dependencies = new HashMap<>();
  private final Set<Key> processed = new HashSet<>();
  private final Map<DependencyOf, Set<String>> deferred = new HashMap<>();
  private final Map<Key, List<Reached>> reached = new HashMap<>();

  /**
   * @param requested the members to start from, and the features requested of each
   * @param resolver 1, 2 or 3
   * @param development whether development dependencies are needed
   * @param targets the targets; only the host when no target is named
   */
  FeatureResolver(
      PackageGraph graph,
      Map<Integer, RequestedFeatures> requested,
      int resolver,
      boolean development,
      TargetInfo host,
      List<TargetInfo> targets) {
    this(graph, requested, resolver, development, false, host, targets);
  }

  /**
   * The features that cargo uses when it chooses versions. Here {@code dependency?/feature} is not
   * weak, and a feature that does not exist is an error.
   */
  static FeatureResolver forVersions(
      PackageGraph graph, Map<Integer, RequestedFeatures> requested) {
    TargetInfo anyPlatform = new TargetInfo("any platform", Set.of());
    return new FeatureResolver(graph, requested, 1, true, true, anyPlatform, List.of());
  }

  private FeatureResolver(
      PackageGraph graph,
      Map<Integer, RequestedFeatures> requested,
      int resolver,
      boolean development,
      boolean forVersions,
      TargetInfo host,
      List<TargetInfo> targets) {
    this.graph = graph;
    this.requested = requested;
    this.host = host;
    this.targets = targets;
    this.decoupled = resolver >= 2;
    this.development = development || !decoupled;
    this.forVersions = forVersions;
  }

  /** Resolves the features. */
  void resolve() {
    requested.forEach(
        (member, request) -> {
          Manifest manifest = graph.nodes().get(member).manifest();
          activateMember(new Key(member, false), request);
          if (decoupled && manifest.hasProcMacro()) {
            activateMember(new Key(member, true), request);
          }
        });
  }

  /** The active features of a package. */
  SortedSet<String> features(Key key) {
    SortedMap<String, Activation> result = features.get(stored(key));
    if (result == null) {
      throw new IllegalStateException(
          "no features were resolved for " + graph.nodes().get(key.node()));
    }
    return new TreeSet<>(result.keySet());
  }

  /** Whether a package is reached on a side at all. */
  boolean isResolved(Key key) {
    return features.containsKey(stored(key));
  }

  /** Whether an optional dependency is active. */
  boolean isActivated(Key key, String dependency) {
    return dependencies.containsKey(new DependencyOf(stored(key), dependency));
  }

  /** All packages that are reached. */
  Collection<Activation> packages() {
    return Collections.unmodifiableCollection(packages.values());
  }

  /** The cause of a feature, or null when it is not active. */
  @Nullable Activation feature(Key key, String feature) {
    SortedMap<String, Activation> known = features.get(stored(key));
    return known == null ? null : known.get(feature);
  }

  /** The cause of an optional dependency, or null when it is not active. */
  @Nullable Activation dependency(Key key, String name) {
    return dependencies.get(new DependencyOf(stored(key), name));
  }

  /** Resolver 1 keeps one set of features for both sides. */
  private Key stored(Key key) {
    return decoupled ? key : new Key(key.node(), false);
  }

  private Activation activation(
      Key key, Activation.Kind kind, String name, @Nullable Activation cause, String via) {
    return new Activation(
        graph.nodes().get(key.node()), stored(key).host(), kind, name, cause, via);
  }

  private void activateMember(Key key, RequestedFeatures request) {
    Manifest manifest = manifest(key);
    Activation self = reach(key, null, "selected");
    for (FeatureValue value : request.named()) {
      activate(key, value, null, "--features");
    }
    if (request.defaults() && manifest.features().containsKey("default")) {
      activateFeature(key, "default", null, "selected");
    }
    if (request.all()) {
      for (String feature : manifest.features().keySet()) {
        activateFeature(key, feature, null, "--all-features");
      }
    }
    activateDependencies(key, self);
  }

  /** Records that a package is part of the build. */
  private Activation reach(Key key, @Nullable Activation cause, String via) {
    features.computeIfAbsent(stored(key), k -> new TreeMap<>());
    return packages.computeIfAbsent(
        stored(key),
        k -> activation(key, Activation.Kind.PACKAGE, manifest(key).name(), cause, via));
  }

  private void activatePackage(Reached next, Activation cause) {
    Dependency dependency = next.dependency();
    Key key = next.target();
    Activation self = reach(key, cause, dependency.nameInToml());
    for (String feature : dependency.features()) {
      activate(key, FeatureValue.parse(feature), cause, dependency.nameInToml());
    }
    if (dependency.defaultFeatures() && manifest(key).features().containsKey("default")) {
      activateFeature(key, "default", cause, dependency.nameInToml());
    }
    activateDependencies(key, self);
  }

  private void activateDependencies(Key key, Activation self) {
    if (processed.add(key)) {
      for (Reached next : reached(key)) {
        if (!next.dependency().optional()) {
          activatePackage(next, self);
        }
      }
    }
  }

  private void activate(Key key, FeatureValue value, @Nullable Activation cause, String via) {
    String dependency = value.dependency();
    String feature = value.feature();
    if (dependency == null && feature != null) {
      activateFeature(key, feature, cause, via);
    } else if (dependency != null && feature == null) {
      activateDependency(key, dependency, cause, via);
    } else if (dependency != null && feature != null) {
      activateDependencyFeature(key, dependency, feature, value.weak(), cause, via);
    }
  }

  private void activateFeature(Key key, String feature, @Nullable Activation cause, String via) {
    SortedMap<String, Activation> known =
        features.computeIfAbsent(stored(key), k -> new TreeMap<>());
    if (!known.containsKey(feature)) {
      if (forVersions && !manifest(key).features().containsKey(feature)) {
        throw missing(key, feature, cause, via);
      }
      Activation self = activation(key, Activation.Kind.FEATURE, feature, cause, via);
      known.put(feature, self);
      for (FeatureValue value : manifest(key).features().getOrDefault(feature, List.of())) {
        activate(key, value, self, value.toString());
      }
    }
  }

  private InputException missing(Key key, String feature, @Nullable Activation cause, String via) {
    PackageGraph.Node node = graph.nodes().get(key.node());
    @Nullable Manifest asking = cause == null ? null : cause.node().manifest();
    Position position = null;
    if (asking != null && asking.directory() != null) {
      position =
          asking.dependencies().stream()
              .filter(d -> d.packageName().equals(node.locked().name()))
              .map(Dependency::position)
              .findFirst()
              .orElse(asking.position());
    }
    boolean hidden =
        manifest(key).dependencies().stream()
            .anyMatch(d -> d.nameInToml().equals(feature) && d.optional());
    return new InputException(
        position,
        (cause == null ? via : String.valueOf(cause.node()))
            + " needs feature `"
            + feature
            + "` of "
            + node
            + ", which does not have this feature",
        hidden
            ? "It has an optional dependency of that name, but hides it with `dep:`: use a"
                + " feature that enables it."
            : "Remove the feature, or choose a version of "
                + node.locked().name()
                + " that has it.");
  }

  private void activateDependency(Key key, String name, @Nullable Activation cause, String via) {
    Activation self =
        dependencies.computeIfAbsent(
            new DependencyOf(stored(key), name),
            k -> activation(key, Activation.Kind.DEPENDENCY, name, cause, via));
    Set<String> waiting = deferred.remove(new DependencyOf(key, name));
    for (Reached next : reached(key)) {
      if (next.dependency().nameInToml().equals(name)) {
        if (waiting != null) {
          for (String feature : waiting) {
            activate(next.target(), FeatureValue.parse(feature), self, name + "?/" + feature);
          }
        }
        activatePackage(next, self);
      }
    }
  }

  private void activateDependencyFeature(
      Key key, String name, String feature, boolean weak, @Nullable Activation cause, String via) {
    for (Reached next : reached(key)) {
      if (!next.dependency().nameInToml().equals(name)) {
        continue;
      }
      if (next.dependency().optional()) {
        if (weak && !forVersions && !isActivated(key, name)) {
          deferred
              .computeIfAbsent(new DependencyOf(key, name), k -> new LinkedHashSet<>())
              .add(feature);
          continue;
        }
        activateDependency(key, name, cause, via);
        if (!weak && manifest(key).features().containsKey(name)) {
          // `name/feature` is older than `dep:` and has always enabled the feature `name` too.
          activateFeature(key, name, cause, via);
        }
      }
      activate(next.target(), FeatureValue.parse(feature), cause, via);
    }
  }

  /** The dependency entries that count for a package on one side, and the side each leads to. */
  private List<Reached> reached(Key key) {
    List<Reached> known = reached.get(key);
    if (known != null) {
      return known;
    }
    List<Reached> result = new ArrayList<>();
    PackageGraph.Node node = graph.nodes().get(key.node());
    for (PackageGraph.Edge edge : node.edges()) {
      for (Dependency dependency : edge.dependencies()) {
        if (counts(key, dependency)) {
          boolean toHost =
              key.host()
                  || (decoupled
                      && (dependency.kind() == Dependency.Kind.BUILD
                          || graph.nodes().get(edge.to()).manifest().isProcMacro()));
          result.add(new Reached(dependency, new Key(edge.to(), toHost)));
        }
      }
    }
    reached.put(key, result);
    return result;
  }

  private boolean counts(Key key, Dependency dependency) {
    if (dependency.kind() == Dependency.Kind.DEVELOPMENT
        && !(development && requested.containsKey(key.node()))) {
      return false;
    }
    if (dependency.platform() == null || !decoupled) {
      return true;
    }
    return (dependency.kind() == Dependency.Kind.BUILD || key.host())
        ? dependency.platform().matches(host)
        : matchesAny(dependency.platform());
  }

  private boolean matchesAny(Platform platform) {
    for (TargetInfo target : targets) {
      if (platform.matches(target)) {
        return true;
      }
    }
    return false;
  }

  private Manifest manifest(Key key) {
    return graph.nodes().get(key.node()).manifest();
  }
}
