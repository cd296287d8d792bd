package io.github.nixmaven.builder.cache;

import io.github.nixmaven.builder.nix.PathInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When a cache may say that it has a path: when it has its NAR, and says so of all that the path
 * refers to. At every moment, then, what it has is closed. For several threads.
 */
final class CommitOrder {
  private final Map<String, Set<String>> waitsFor = new HashMap<>();
  private final Map<String, List<String>> neededBy = new HashMap<>();
  private final Set<String> uploaded = new HashSet<>();

  /**
   * @param paths what the cache does not have yet; of all others it is taken to have them
   */
  CommitOrder(Collection<PathInfo> paths) {
    paths.forEach(path -> waitsFor.put(path.path(), new HashSet<>()));
    for (PathInfo path : paths) {
      for (String reference : path.references()) {
        Set<String> waiting = waitsFor.get(path.path());
        if (waiting != null && !reference.equals(path.path()) && waitsFor.containsKey(reference)) {
          waiting.add(reference);
          neededBy.computeIfAbsent(reference, key -> new ArrayList<>()).add(path.path());
        }
      }
    }
  }

  /** A path's NAR is there; whether the path may be announced now. */
  synchronized boolean uploaded(String path) {
    uploaded.add(path);
    return waitsFor.getOrDefault(path, Set.of()).isEmpty();
  }

  /** A path was announced; the paths that may be announced now. */
  synchronized List<String> announced(String path) {
    List<String> ready = new ArrayList<>();
    for (String dependent : neededBy.getOrDefault(path, List.of())) {
      Set<String> waiting = waitsFor.getOrDefault(dependent, Set.of());
      if (waiting.remove(path) && waiting.isEmpty() && uploaded.contains(dependent)) {
        ready.add(dependent);
      }
    }
    return ready;
  }
}
