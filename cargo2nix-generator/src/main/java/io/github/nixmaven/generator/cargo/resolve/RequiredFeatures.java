package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.manifest.Dependency;
import io.github.nixmaven.generator.cargo.manifest.FeatureValue;
import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.text.InputException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Decides whether the features that a target requires ({@code required-features}) are active. */
final class RequiredFeatures {
  private final PackageGraph graph;
  private final FeatureResolver resolved;
  private final LockedDependencies locked;
  private final TargetInfo host;

  RequiredFeatures(
      PackageGraph graph, FeatureResolver resolved, LockedDependencies locked, TargetInfo host) {
    this.graph = graph;
    this.resolved = resolved;
    this.locked = locked;
    this.host = host;
  }

  /**
   * @param development whether development dependencies count
   * @param compiledFor the targets whose dependencies count, in addition to the host's
   * @throws InputException when the manifest requires something that is not a feature
   */
  boolean areOn(
      PackageGraph.Node node, Target target, boolean development, List<TargetInfo> compiledFor) {
    for (String feature : target.requiredFeatures()) {
      FeatureValue value = FeatureValue.parse(feature);
      if (value.weak() || (value.dependency() != null && value.feature() == null)) {
        throw new InputException(
            node.manifest().position(),
            "`"
                + feature
                + "` is not allowed in the required-features of target `"
                + target.name()
                + "`",
            "Write FEATURE or DEPENDENCY/FEATURE.");
      }
    }
    return target.requiredFeatures().isEmpty()
        || available(node, development, compiledFor).containsAll(target.requiredFeatures());
  }

  /**
   * The features that {@code required-features} may name: own features, and {@code
   * dependency/feature} (cargo's {@code resolve_all_features}).
   */
  private SortedSet<String> available(
      PackageGraph.Node node, boolean development, List<TargetInfo> compiledFor) {
    SortedSet<String> result =
        new TreeSet<>(resolved.features(new FeatureResolver.Key(node.index(), false)));
    for (PackageGraph.Edge edge : node.edges()) {
      List<Dependency> entries = locked.of(node, edge);
      if (entries.stream().noneMatch(entry -> counts(entry, development, compiledFor))) {
        continue;
      }
      boolean macro = graph.nodes().get(edge.to()).manifest().hasProcMacro();
      for (Dependency entry : entries) {
        FeatureResolver.Key key =
            new FeatureResolver.Key(edge.to(), macro || entry.kind() == Dependency.Kind.BUILD);
        if (resolved.isResolved(key)) {
          for (String feature : resolved.features(key)) {
            result.add(entry.nameInToml() + "/" + feature);
          }
        }
      }
    }
    return result;
  }

  private boolean counts(Dependency entry, boolean development, List<TargetInfo> compiledFor) {
    if (entry.kind() == Dependency.Kind.DEVELOPMENT && !development) {
      return false;
    }
    return entry.platform() == null
        || entry.platform().matches(host)
        || compiledFor.stream().anyMatch(entry.platform()::matches);
  }
}
