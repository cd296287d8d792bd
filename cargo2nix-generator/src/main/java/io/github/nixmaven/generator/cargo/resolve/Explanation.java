package io.github.nixmaven.generator.cargo.resolve;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Why packages, features and optional dependencies are part of a build.
 *
 * <p>{@code why serde/derive} is: {@code packages("serde")}, for each of them {@code
 * feature(activation.node(), activation.host(), "derive")}, and from there along {@link
 * Activation#cause()} up to null.
 */
public final class Explanation {
  private final FeatureResolver resolver;

  Explanation(FeatureResolver resolver) {
    this.resolver = resolver;
  }

  /**
   * The packages of a name that are part of the build, on either side, sorted by version. A package
   * can be reached without being compiled: as an optional dependency for another platform with
   * resolver 1.
   */
  public List<Activation> packages(String name) {
    return resolver.packages().stream()
        .filter(activation -> activation.node().locked().name().equals(name))
        .sorted(
            Comparator.comparing((Activation a) -> a.node().locked().version())
                .thenComparing(a -> a.node().index())
                .thenComparing(Activation::host))
        .toList();
  }

  /** Why a feature of a package is active, or empty when it is not. */
  public Optional<Activation> feature(PackageGraph.Node node, boolean host, String feature) {
    return Optional.ofNullable(
        resolver.feature(new FeatureResolver.Key(node.index(), host), feature));
  }

  /** Why an optional dependency of a package is active, or empty when it is not. */
  public Optional<Activation> dependency(
      PackageGraph.Node node, boolean host, String nameInManifest) {
    return Optional.ofNullable(
        resolver.dependency(new FeatureResolver.Key(node.index(), host), nameInManifest));
  }
}
