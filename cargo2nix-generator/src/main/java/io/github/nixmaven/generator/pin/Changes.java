package io.github.nixmaven.generator.pin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The changes of packages between two files, or between a file and the lock.
 *
 * @param added new packages: {@code NAME VERSION}
 * @param removed removed packages
 * @param changed packages with another version, {@code NAME OLD -> NEW}, or with another checksum,
 *     commit or manifest
 */
public record Changes(List<String> added, List<String> removed, List<String> changed) {

  /**
   * Compares packages by key: {@code NAME VERSION}, followed by anything else that distinguishes
   * them.
   */
  public static Changes between(
      SortedMap<String, Fingerprint> before, SortedMap<String, Fingerprint> after) {
    if (before.isEmpty()) {
      return new Changes(List.copyOf(after.keySet()), List.of(), List.of());
    }
    List<String> added = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    SortedMap<String, SortedSet<String>> gone = versions(before, after);
    SortedMap<String, SortedSet<String>> come = versions(after, before);
    for (Map.Entry<String, Fingerprint> entry : after.entrySet()) {
      Fingerprint old = before.get(entry.getKey());
      if (old != null && !old.equals(entry.getValue())) {
        changed.add(entry.getKey() + ": another " + old.kind());
      }
    }
    SortedSet<String> names = new TreeSet<>(gone.keySet());
    names.addAll(come.keySet());
    for (String name : names) {
      SortedSet<String> old = gone.getOrDefault(name, new TreeSet<>());
      SortedSet<String> fresh = come.getOrDefault(name, new TreeSet<>());
      if (old.size() == 1 && fresh.size() == 1) {
        changed.add(name + " " + old.first() + " -> " + fresh.first());
      } else {
        old.forEach(version -> removed.add(name + " " + version));
        fresh.forEach(version -> added.add(name + " " + version));
      }
    }
    return new Changes(added, removed, changed);
  }

  /** The packages of the first that the second does not have: versions by name. */
  private static SortedMap<String, SortedSet<String>> versions(
      SortedMap<String, Fingerprint> these, SortedMap<String, Fingerprint> notThose) {
    SortedMap<String, SortedSet<String>> result = new TreeMap<>();
    for (String key : these.keySet()) {
      if (!notThose.containsKey(key)) {
        int space = key.indexOf(' ');
        result
            .computeIfAbsent(key.substring(0, space), name -> new TreeSet<>())
            .add(key.substring(space + 1));
      }
    }
    return result;
  }
}
