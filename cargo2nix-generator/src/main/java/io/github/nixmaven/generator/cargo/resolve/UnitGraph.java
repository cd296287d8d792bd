package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The units that a cargo command would run, as {@code cargo COMMAND --unit-graph} prints them (the
 * Cargo Book, "Unstable Features", {@code unit-graph}).
 *
 * @param roots the requested units
 * @param units all units, each after those it needs
 * @param explanation why packages and features are active
 */
public record UnitGraph(List<Unit> roots, Collection<Unit> units, Explanation explanation) {

  /**
   * Plans a build.
   *
   * @param resolver the version of the feature resolver: 1, 2 or 3
   * @param target the target, or null for the host as in cargo without {@code --target}
   * @throws io.github.nixmaven.generator.text.InputException when the selection does not exist, or
   *     cargo would reject the build
   */
  public static UnitGraph plan(
      PackageGraph graph,
      Selection selection,
      int resolver,
      Profiles profiles,
      TargetInfo host,
      @Nullable TargetInfo target) {
    return planFor(
        graph, selection, resolver, profiles, host, target == null ? List.of() : List.of(target));
  }

  /**
   * Plans a build for several targets at once: {@code --target ONE --target OTHER}.
   *
   * @param targets empty for the host as in cargo without {@code --target}
   */
  public static UnitGraph planFor(
      PackageGraph graph,
      Selection selection,
      int resolver,
      Profiles profiles,
      TargetInfo host,
      List<TargetInfo> targets) {
    List<Profiles.Overrides> overrides = profiles.overrides();
    for (PackageGraph.Node node : graph.nodes()) {
      for (Profiles.Overrides override : overrides) {
        override.check(node.locked().name(), node.locked().version(), node::source);
      }
    }
    List<TargetInfo> kinds = targets.isEmpty() ? List.of(host) : targets;
    Map<Integer, RequestedFeatures> requested = RequestedFeatures.of(graph, selection, resolver);
    FeatureResolver features =
        new FeatureResolver(
            graph, requested, resolver, selection.needsDevelopmentDependencies(), host, kinds);
    features.resolve();
    LockedDependencies locked = new LockedDependencies(graph, requested);
    if (!selection.features().isEmpty()) {
      locked.check();
    }
    return new UnitPlanner(graph, selection, features, locked, profiles, host, targets).plan();
  }
}
