package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.manifest.Dependency;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which dependencies take part in choosing versions, as cargo does before it resolves features: for
 * all platforms, without regard to host and target, a weak feature like a strong one, and with the
 * development dependencies of what is selected.
 *
 * <p>Few rules look at more than the resolved features, so the answer is worked out on demand.
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
   * Sees to it that every feature that is asked for exists.
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
