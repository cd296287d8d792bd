package io.github.nixmaven.generator.cargo.emit;

import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import java.util.HashMap;
import java.util.Map;

/**
 * The packages' names in Cargo.nix: {@code NAME VERSION}, and the source behind it only where two
 * sources hold the same name and version, so that a new version never renames an old one.
 */
final class PackageKeys {
  private final Map<PackageGraph.Node, String> keys = new HashMap<>();

  PackageKeys(PackageGraph graph) {
    Map<String, Integer> count = new HashMap<>();
    for (PackageGraph.Node node : graph.nodes()) {
      count.merge(node.locked().label(), 1, Integer::sum);
    }
    for (PackageGraph.Node node : graph.nodes()) {
      String label = node.locked().label();
      boolean collides = count.getOrDefault(label, 0) > 1;
      keys.put(node, collides && node.isLocal() ? label + " [path]" : label);
    }
  }

  String key(PackageGraph.Node node) {
    return keys.getOrDefault(node, node.locked().label());
  }
}
