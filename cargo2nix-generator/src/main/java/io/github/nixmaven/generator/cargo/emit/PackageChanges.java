package io.github.nixmaven.generator.cargo.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What became of the packages between two files, or between a file and the lock.
 *
 * @param added new packages: {@code NAME VERSION}
 * @param removed packages that are gone
 * @param changed packages that come in another version, {@code NAME OLD -> NEW}, or with another
 *     checksum, commit or manifest
 */
public record PackageChanges(List<String> added, List<String> removed, List<String> changed) {

  private static final int COMMIT_LENGTH = 40;

  /**
   * Compares packages by key, each with the checksum of its crate file or its commit, in
   * hexadecimal, or the digest of its manifest, an SRI string.
   */
  public static PackageChanges between(
      SortedMap<String, String> before, SortedMap<String, String> after) {
    if (before.isEmpty()) {
      return new PackageChanges(List.copyOf(after.keySet()), List.of(), List.of());
    }
    List<String> added = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    SortedMap<String, SortedSet<String>> gone = versions(before, after);
    SortedMap<String, SortedSet<String>> come = versions(after, before);
    for (Map.Entry<String, String> entry : after.entrySet()) {
      String old = before.get(entry.getKey());
      if (old != null && !old.equals(entry.getValue())) {
        changed.add(entry.getKey() + ": another " + kind(old));
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
    return new PackageChanges(added, removed, changed);
  }

  /** What a pin is: the digest of a manifest, a commit, or the checksum of a crate file. */
  public static String kind(String pin) {
    if (pin.startsWith("sha256-")) {
      return "manifest";
    }
    return pin.length() == COMMIT_LENGTH ? "commit" : "checksum";
  }

  /** The packages of the first that the second does not have: versions by name. */
  private static SortedMap<String, SortedSet<String>> versions(
      SortedMap<String, String> these, SortedMap<String, String> notThose) {
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
