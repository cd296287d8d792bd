package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.manifest.Dependency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dependencies for which cargo chooses versions before it resolves features: for all platforms,
 * without regard to host and target, with weak features like strong ones, and with the development
 * dependencies of the selected packages.
 *
 * <p>Few rules need more than the resolved features, so the result is computed on demand.
 */
final class LockedDependencies {
  private final PackageGraph graph;
  private final Map<Integer, RequestedFeatures> requested;
  private @Nullable FeatureResolver resolved;

  LockedDependencies(PackageGraph graph, Map<Integer, RequestedFeatures> requested) {
    this.graph = graph;
    this.requested = requested;
  }

  /** The entries of an edge that take part. */
  List<Dependency> of(PackageGraph.Node parent, PackageGraph.Edge edge) {
    return edge.dependencies().stream().filter(entry -> contains(parent, entry)).toList();
  }

  /**
   * Checks that every requested feature exists.
   *
   * @throws io.github.nixmaven.generator.text.InputException when one does not
   */
  void check() {
    resolved();
  }

  private boolean contains(PackageGraph.Node parent, Dependency entry) {
    if (entry.kind() == Dependency.Kind.DEVELOPMENT && !requested.containsKey(parent.index())) {
      return false;
    }
    return !entry.optional()
        || resolved()
            .isActivated(new FeatureResolver.Key(parent.index(), false), entry.nameInToml());
  }

  private FeatureResolver resolved() {
    if (resolved == null) {
      resolved = FeatureResolver.forVersions(graph, requested);
      resolved.resolve();
    }
    return resolved;
  }
}
