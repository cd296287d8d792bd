package io.github.nixmaven.generator.cargo.emit;

import io.github.nixmaven.generator.cargo.lock.LockedPackage;
import io.github.nixmaven.generator.cargo.lock.SourceId;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.text.Addresses;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The packages' names in Cargo.nix: {@code NAME VERSION}, followed by the source only if two
 * sources have the same name and version, so that a new version never renames an old one.
 *
 * <p>The source is {@code [path]}, the address of a registry's index (crates.io has none), or
 * {@code [git COMMIT]} with the first digits of the commit. If one commit is locked by several
 * references or addresses, these follow.
 */
public final class PackageKeys {
  private static final int COMMIT_DIGITS = 8;
  private static final int MOST_DETAILS = 3;

  private final Map<LockedPackage, String> keys = new HashMap<>();

  /** The keys of a lock's packages. */
  public PackageKeys(Collection<LockedPackage> packages) {
    packages.forEach(locked -> keys.put(locked, key(locked, 0)));
    for (int details = 1; details <= MOST_DETAILS; details++) {
      Map<String, Integer> count = new HashMap<>();
      keys.values().forEach(key -> count.merge(key, 1, Integer::sum));
      for (LockedPackage locked : packages) {
        if (count.getOrDefault(key(locked), 0) > 1) {
          keys.put(locked, key(locked, details));
        }
      }
    }
  }

  PackageKeys(PackageGraph graph) {
    this(graph.nodes().stream().map(PackageGraph.Node::locked).toList());
  }

  /** The key of a package of the lock. */
  public String key(LockedPackage locked) {
    String key = keys.get(locked);
    return key == null ? locked.label() : key;
  }

  String key(PackageGraph.Node node) {
    return key(node.locked());
  }

  private static String key(LockedPackage locked, int details) {
    SourceId source = locked.source();
    if (details == 0 || (source != null && source.isCratesIo())) {
      return locked.label();
    }
    if (source == null) {
      return locked.label() + " [path]";
    }
    if (source.kind() != SourceId.Kind.GIT) {
      return locked.label() + " [" + source.url().replaceAll("^.*://([^/]*@)?|/+$", "") + "]";
    }
    List<String> all =
        List.of(
            "git " + String.valueOf(source.commit()).substring(0, COMMIT_DIGITS),
            Objects.requireNonNullElse(source.reference(), "default"),
            Addresses.withoutUser(source.url()));
    return locked.label() + " [" + String.join(" ", all.subList(0, details)) + "]";
  }
}
