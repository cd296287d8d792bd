package io.github.nixmaven.generator.cargo.emit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
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
  static List<When> covering(Contexts contexts, BitSet wanted, BitSet unwanted) {
    List<When> result = new ArrayList<>();
    BitSet left = (BitSet) wanted.clone();
    while (!left.isEmpty()) {
      When condition = around(contexts, left, unwanted);
      result.add(condition);
      left.andNot(condition.among(contexts, -1));
    }
    return result;
  }

  /** A condition that is true in the first wanted context and in as many others as possible. */
  private static When around(Contexts contexts, BitSet wanted, BitSet unwanted) {
    BuildContext first = contexts.get(wanted.nextSetBit(0));
    List<@Nullable SortedSet<String>> allowed = new ArrayList<>();
    for (int i = 0; i < BuildContext.DIMENSIONS.size(); i++) {
      allowed.add(new TreeSet<>(List.of(first.coordinate(i))));
    }
    When condition = new When(allowed);
    for (int i = 0; i < allowed.size(); i++) {
      if (!condition.among(contexts, i).intersects(unwanted)) {
        allowed.set(i, null);
      }
    }
    for (int i = 0; i < allowed.size(); i++) {
      SortedSet<String> values = allowed.get(i);
      if (values == null) {
        continue;
      }
      BitSet refused = condition.among(contexts, i);
      refused.and(unwanted);
      contexts
          .by(i)
          .forEach(
              (value, having) -> {
                if (having.intersects(wanted) && !having.intersects(refused)) {
                  values.add(value);
                }
              });
    }
    return condition;
  }

  /**
   * The contexts in which this is true.
   *
   * @param except a dimension that does not count, or -1
   */
  private BitSet among(Contexts contexts, int except) {
    BitSet result = new BitSet();
    result.set(0, contexts.size());
    for (int i = 0; i < allowed.size(); i++) {
      SortedSet<String> values = allowed.get(i);
      if (values != null && i != except) {
        BitSet having = new BitSet();
        for (String value : values) {
          having.or(Objects.requireNonNull(contexts.by(i).get(value)));
        }
        result.and(having);
      }
    }
    return result;
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
