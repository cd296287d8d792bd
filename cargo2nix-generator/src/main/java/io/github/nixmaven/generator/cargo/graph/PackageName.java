package io.github.nixmaven.generator.cargo.graph;

import io.github.nixmaven.generator.cargo.resolve.PackageGraph;

/**
 * A package as a user names it.
 *
 * @param name its name
 * @param version its version, or the empty string for any
 */
record PackageName(String name, String version) {
  /** Reads {@code NAME} or {@code NAME@VERSION}. */
  static PackageName parse(String text) {
    int at = text.indexOf('@');
    return at < 0
        ? new PackageName(text, "")
        : new PackageName(text.substring(0, at), text.substring(at + 1));
  }

  boolean means(PackageGraph.Node node) {
    return node.locked().name().equals(name)
        && (version.isEmpty() || node.locked().version().toString().equals(version));
  }
}
