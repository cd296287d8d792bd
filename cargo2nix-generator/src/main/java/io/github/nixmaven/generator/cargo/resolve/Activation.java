package io.github.nixmaven.generator.cargo.resolve;

import org.jspecify.annotations.Nullable;

/**
 * Something that is on in a build, and what switched it on first.
 *
 * <p>Following {@link #cause()} leads to the selection; the path is one of possibly several, and
 * never a cycle.
 *
 * @param node the package
 * @param host whether it is on for build scripts and procedural macros; with resolver 1 one answer
 *     holds for both sides and this is false
 * @param kind what is on
 * @param name the feature or the dependency's name in the manifest; the package's name for a
 *     package
 * @param cause what switched it on, or null where the user's selection did
 * @param via how: the name of the dependency in the cause's manifest, a value in the feature's list
 *     ({@code dep:x}, {@code x/feature}, {@code x?/feature}), or what the selection says
 */
public record Activation(
    PackageGraph.Node node,
    boolean host,
    Kind kind,
    String name,
    @Nullable Activation cause,
    String via) {

  /** What can be on. */
  public enum Kind {
    /** The package is part of the build. */
    PACKAGE,
    /** One of its features is on. */
    FEATURE,
    /** One of its optional dependencies is on. */
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
