package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.manifest.Dependency;
import io.github.nixmaven.generator.cargo.manifest.FeatureValue;
import io.github.nixmaven.generator.cargo.manifest.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Decides which features and optional dependencies are on (the Cargo Book, "Features" and "Feature
 * resolver version 2").
 *
 * <p>With resolver 2 and 3 a package may have two sets of features: one for the target, and one for
 * the host, where build scripts and procedural macros run. With resolver 1 both are one.
 */
final class FeatureResolver {
  /** A package as it is built for the target or, with {@code host}, for build-time use. */
  record Key(int node, boolean host) {}

  private record DependencyOf(Key parent, String name) {}

  private record Reached(Dependency dependency, Key target) {}

  private final PackageGraph graph;
  private final Selection selection;
  private final TargetInfo host;
  private final List<TargetInfo> targets;
  private final boolean decoupled;

  private final Map<Key, SortedSet<String>> features = new HashMap<>();
  private final Set<DependencyOf> dependencies = new HashSet<>();
  private final Set<Key> processed = new HashSet<>();
  private final Map<DependencyOf, Set<String>> deferred = new HashMap<>();
  private final Map<Key, List<Reached>> reached = new HashMap<>();

  /**
   * @param resolver 1, 2 or 3
   * @param targets what is built for; the host alone where nobody named a target
   */
  FeatureResolver(
      PackageGraph graph,
      Selection selection,
      int resolver,
      TargetInfo host,
      List<TargetInfo> targets) {
    this.graph = graph;
    this.selection = selection;
    this.host = host;
    this.targets = targets;
    this.decoupled = resolver >= 2;
  }

  /** Works the answer out. */
  void resolve() {
    for (int member : selection.members()) {
      Manifest manifest = graph.nodes().get(member).manifest();
      List<FeatureValue> requested = requested(manifest);
      activatePackage(new Key(member, false), requested);
      if (decoupled && manifest.isProcMacro()) {
        activatePackage(new Key(member, true), requested);
      }
    }
  }

  /** The features of a package that are on. */
  SortedSet<String> features(Key key) {
    SortedSet<String> result = features.get(stored(key));
    if (result == null) {
      throw new IllegalStateException(
          "no features were resolved for " + graph.nodes().get(key.node()));
    }
    return result;
  }

  /** Whether a package is reached on a side at all. */
  boolean isResolved(Key key) {
    return features.containsKey(stored(key));
  }

  /** Whether anything switched an optional dependency on. */
  boolean isActivated(Key key, String dependency) {
    return dependencies.contains(new DependencyOf(stored(key), dependency));
  }

  private List<FeatureValue> requested(Manifest manifest) {
    List<FeatureValue> result = new ArrayList<>(selection.features());
    if (selection.defaultFeatures() && manifest.features().containsKey("default")) {
      result.add(new FeatureValue(null, "default", false));
    }
    if (selection.allFeatures()) {
      for (String feature : manifest.features().keySet()) {
        result.add(new FeatureValue(null, feature, false));
      }
    }
    return result;
  }

  /** Resolver 1 keeps one set of features for both sides. */
  private Key stored(Key key) {
    return decoupled ? key : new Key(key.node(), false);
  }

  private void activatePackage(Key key, List<FeatureValue> values) {
    features.computeIfAbsent(stored(key), k -> new TreeSet<>());
    for (FeatureValue value : values) {
      activate(key, value);
    }
    if (!processed.add(key)) {
      return;
    }
    for (Reached next : reached(key)) {
      if (!next.dependency().optional()) {
        activatePackage(next.target(), requestedBy(next));
      }
    }
  }

  private List<FeatureValue> requestedBy(Reached next) {
    List<FeatureValue> result = new ArrayList<>();
    for (String feature : next.dependency().features()) {
      result.add(FeatureValue.parse(feature));
    }
    if (next.dependency().defaultFeatures()
        && manifest(next.target()).features().containsKey("default")) {
      result.add(new FeatureValue(null, "default", false));
    }
    return result;
  }

  private void activate(Key key, FeatureValue value) {
    String dependency = value.dependency();
    String feature = value.feature();
    if (dependency == null && feature != null) {
      activateFeature(key, feature);
    } else if (dependency != null && feature == null) {
      activateDependency(key, dependency);
    } else if (dependency != null && feature != null) {
      activateDependencyFeature(key, dependency, feature, value.weak());
    }
  }

  private void activateFeature(Key key, String feature) {
    if (features.computeIfAbsent(stored(key), k -> new TreeSet<>()).add(feature)) {
      for (FeatureValue value : manifest(key).features().getOrDefault(feature, List.of())) {
        activate(key, value);
      }
    }
  }

  private void activateDependency(Key key, String name) {
    dependencies.add(new DependencyOf(stored(key), name));
    Set<String> waiting = deferred.remove(new DependencyOf(key, name));
    for (Reached next : reached(key)) {
      if (next.dependency().nameInToml().equals(name)) {
        if (waiting != null) {
          for (String feature : waiting) {
            activate(next.target(), FeatureValue.parse(feature));
          }
        }
        activatePackage(next.target(), requestedBy(next));
      }
    }
  }

  private void activateDependencyFeature(Key key, String name, String feature, boolean weak) {
    for (Reached next : reached(key)) {
      if (!next.dependency().nameInToml().equals(name)) {
        continue;
      }
      if (next.dependency().optional()) {
        if (weak && !isActivated(key, name)) {
          deferred
              .computeIfAbsent(new DependencyOf(key, name), k -> new LinkedHashSet<>())
              .add(feature);
          continue;
        }
        activateDependency(key, name);
        if (!weak && manifest(key).features().containsKey(name)) {
          // `name/feature` predates `dep:` and has always switched on the feature `name` too.
          activateFeature(key, name);
        }
      }
      activate(next.target(), FeatureValue.parse(feature));
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
        && (decoupled || !selection.members().contains(key.node()))) {
      return false;
    }
    if (dependency.platform() == null || !decoupled) {
      return true;
    }
    return (dependency.kind() == Dependency.Kind.BUILD || key.host())
        ? dependency.platform().matches(host)
        : targets.stream().anyMatch(dependency.platform()::matches);
  }

  private Manifest manifest(Key key) {
    return graph.nodes().get(key.node()).manifest();
  }
}
