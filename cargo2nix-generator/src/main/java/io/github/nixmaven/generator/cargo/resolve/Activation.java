package io.github.nixmaven.generator.cargo.resolve;

import org.jspecify.annotations.Nullable;

/**
 * A package, feature or dependency that is active in a build, and its first cause.
 *
 * <p>Following {@link #cause()} leads to the selection; the path is one of possibly several, and
 * never a cycle.
 *
 * @param node the package
 * @param host whether it is active for build scripts and procedural macros; with resolver 1 both
 *     sides have the same result and this is false
 * @param kind the kind of the activation
 * @param name the feature or the dependency's name in the manifest; the package's name for a
 *     package
 * @param cause the cause, or null for the user's selection
 * @param via how: the name of the dependency in the cause's manifest, a value in the feature's list
 *     ({@code dep:x}, {@code x/feature}, {@code x?/feature}), or the text of the selection
 */
public record Activation(
    PackageGraph.Node node,
    boolean host,
    Kind kind,
    String name,
    @Nullable Activation cause,
    String via) {

  /** The kinds of activations. */
  public enum Kind {
    /** The package is part of the build. */
    PACKAGE,
    /** One of its features is active. */
    FEATURE,
    /** One of its optional dependencies is active. */
    DEPENDENCY
  }

  /** {@code NAME VERSION[/FEATURE][ (host)]}. */
  @Override
  public String toString() {
    return node
        + switch (kind) {
          case PACKAGE -> "";
          case FEATURE -> "/" + name;
          case DEPENDENCY -> "/dep:" + name;
        }
        + (host ? " (host)" : "");
  }
}
