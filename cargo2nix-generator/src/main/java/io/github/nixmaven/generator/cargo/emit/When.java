package io.github.nixmaven.generator.cargo.emit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A set of contexts, described by their common properties: for each of {@link
 * BuildContext#DIMENSIONS} the values it may have, or null for any.
 */
record When(List<@Nullable SortedSet<String>> allowed) implements Comparable<When> {

  /**
   * Finds few conditions that are true in all wanted contexts and false in all unwanted ones. Other
   * contexts do not matter, so that the conditions are as general as possible.
   *
   * @param wanted the contexts in which one of them must be true
   * @param unwanted the contexts in which all must be false
   */
  static List<When> covering(List<BuildContext> contexts, BitSet wanted, BitSet unwanted) {
    List<When> result = new ArrayList<>();
    BitSet left = (BitSet) wanted.clone();
    while (!left.isEmpty()) {
      When condition = around(contexts, left, unwanted);
      result.add(condition);
      for (int i = left.nextSetBit(0); i >= 0; i = left.nextSetBit(i + 1)) {
        if (condition.holds(contexts.get(i))) {
          left.clear(i);
        }
      }
    }
    return result;
  }

  /** A condition that is true in the first wanted context and in as many others as possible. */
  private static When around(List<BuildContext> contexts, BitSet wanted, BitSet unwanted) {
    BuildContext first = contexts.get(wanted.nextSetBit(0));
    List<@Nullable SortedSet<String>> allowed = new ArrayList<>();
    for (int i = 0; i < BuildContext.DIMENSIONS.size(); i++) {
      allowed.add(new TreeSet<>(List.of(first.coordinate(i))));
    }
    When condition = new When(allowed);
    for (int i = 0; i < allowed.size(); i++) {
      SortedSet<String> before = allowed.set(i, null);
      if (condition.holdsInAny(contexts, unwanted)) {
        allowed.set(i, before);
      }
    }
    for (int i = 0; i < allowed.size(); i++) {
      SortedSet<String> values = allowed.get(i);
      if (values == null) {
        continue;
      }
      SortedSet<String> candidates = new TreeSet<>();
      for (int c = wanted.nextSetBit(0); c >= 0; c = wanted.nextSetBit(c + 1)) {
        candidates.add(contexts.get(c).coordinate(i));
      }
      for (String candidate : candidates) {
        if (values.add(candidate) && condition.holdsInAny(contexts, unwanted)) {
          values.remove(candidate);
        }
      }
    }
    return condition;
  }

  private boolean holdsInAny(List<BuildContext> contexts, BitSet of) {
    for (int i = of.nextSetBit(0); i >= 0; i = of.nextSetBit(i + 1)) {
      if (holds(contexts.get(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean holds(BuildContext context) {
    for (int i = 0; i < allowed.size(); i++) {
      SortedSet<String> values = allowed.get(i);
      if (values != null && !values.contains(context.coordinate(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(When other) {
    return toString().compareTo(other.toString());
  }

  // A record's own text is slow before the JIT compiles it, and this is called often.
  @Override
  public String toString() {
    return allowed.toString();
  }
}
