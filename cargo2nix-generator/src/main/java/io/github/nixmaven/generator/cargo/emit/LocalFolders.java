package io.github.nixmaven.generator.cargo.emit;

import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The directories of local packages: where links lead, and which lie in which. */
final class LocalFolders {
  private final PackageGraph graph;
  private final Path directory;
  private final Path realDirectory;
  private final Map<Path, Path> real = new HashMap<>();

  /** By real directory with a slash behind it, so that what lies in one follows it. */
  private final TreeMap<String, PackageGraph.Node> byFolder = new TreeMap<>();

  /**
   * @param directory the directory of Cargo.nix, absolute
   */
  LocalFolders(PackageGraph graph, Path directory) {
    this.graph = graph;
    this.directory = directory;
    try {
      realDirectory = directory.toRealPath();
      for (PackageGraph.Node node : graph.nodes()) {
        if (node.local() != null) {
          Path folder = node.local().directory();
          Path target = folder.toRealPath();
          real.put(folder, target);
          byFolder.put(target + "/", node);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The directory that a package's path leads to, relative to Cargo.nix; null where there is no
   * symbolic link in the path.
   */
  @Nullable String linkTo(Path folder) {
    Path target = Objects.requireNonNull(real.get(folder));
    Path plain = realDirectory.resolve(directory.relativize(folder)).normalize();
    return target.equals(plain) ? null : relative(target);
  }

  /**
   * The packages inside a package's directory that it needs, relative to Cargo.nix, sorted: with
   * cargo it can read their files, and a change in them makes it new anyway.
   */
  List<String> nested(PackageGraph.Node node) {
    String own = realOf(node) + "/";
    SortedSet<String> result = new TreeSet<>();
    BitSet needed = null;
    for (Map.Entry<String, PackageGraph.Node> entry : byFolder.tailMap(own, false).entrySet()) {
      if (!entry.getKey().startsWith(own)) {
        break;
      }
      if (needed == null) {
        needed = neededBy(node);
      }
      if (needed.get(entry.getValue().index())) {
        result.add(relative(realOf(entry.getValue())));
      }
    }
    return List.copyOf(result);
  }

  private Path realOf(PackageGraph.Node node) {
    return Objects.requireNonNull(real.get(Objects.requireNonNull(node.local()).directory()));
  }

  private BitSet neededBy(PackageGraph.Node node) {
    BitSet seen = new BitSet();
    Deque<PackageGraph.Node> open = new ArrayDeque<>(List.of(node));
    while (!open.isEmpty()) {
      for (PackageGraph.Edge edge : open.remove().edges()) {
        if (!seen.get(edge.to())) {
          seen.set(edge.to());
          open.add(graph.nodes().get(edge.to()));
        }
      }
    }
    return seen;
  }

  private String relative(Path target) {
    String path = realDirectory.relativize(target).toString().replace('\\', '/');
    return path.isEmpty() ? "." : path;
  }
}
