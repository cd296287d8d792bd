package io.github.nixmaven.generator.cargo.emit;

import io.github.nixmaven.generator.nix.NixWriter.Expression;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of one attribute set of Cargo.nix in each context: the usual values, written once, and
 * the exceptions. Each attribute varies separately, so that features that depend on the member and
 * dependencies that depend on the target do not multiply.
 */
final class Variants {
  private final BitSet occurs = new BitSet();
  private final Map<AttributePath, Map<Expression, BitSet>> attributes = new LinkedHashMap<>();

  /** The values that were added last, which are not noted yet: the next ones are often the same. */
  private Map<AttributePath, Expression> last = Map.of();

  /** The contexts in which the last values were added. */
  private final BitSet inLast = new BitSet();

  /**
   * The written form.
   *
   * @param usual the values of the attributes unless a condition is true
   * @param otherwise other values and their conditions; conditions that are true together agree
   */
  record Written(
      Map<AttributePath, Expression> usual,
      SortedMap<When, Map<AttributePath, Expression>> otherwise) {}

  /** Adds the values of the attributes in contexts. */
  void add(BitSet contexts, Map<AttributePath, Expression> values) {
    occurs.or(contexts);
    if (!values.equals(last)) {
      note();
      last = values;
      inLast.clear();
    }
    inLast.or(contexts);
  }

  private void note() {
    last.forEach(
        (attribute, value) ->
            attributes
                .computeIfAbsent(attribute, key -> new HashMap<>())
                .computeIfAbsent(value, key -> new BitSet())
                .or(inLast));
  }

  /**
   * Finds the usual values: those in most contexts.
   *
   * @param contexts all of them
   * @param absent the value of an attribute when none was added
   */
  Written write(Contexts contexts, Expression absent) {
    note();
    Map<AttributePath, Expression> usual = new LinkedHashMap<>();
    SortedMap<When, Map<AttributePath, Expression>> otherwise = new TreeMap<>();
    attributes.forEach(
        (attribute, noted) -> {
          if (noted.size() == 1 && noted.containsValue(occurs)) {
            usual.put(attribute, noted.keySet().iterator().next());
            return;
          }
          Map<Expression, BitSet> values = new HashMap<>(noted);
          BitSet rest = (BitSet) occurs.clone();
          noted.values().forEach(rest::andNot);
          if (!rest.isEmpty()) {
            values.put(absent, rest);
          }
          List<Map.Entry<Expression, BitSet>> byFrequency =
              values.entrySet().stream()
                  .sorted(
                      Comparator.<Map.Entry<Expression, BitSet>>comparingInt(
                              entry -> -entry.getValue().cardinality())
                          .thenComparingInt(entry -> entry.getValue().nextSetBit(0)))
                  .toList();
          usual.put(attribute, byFrequency.get(0).getKey());
          for (Map.Entry<Expression, BitSet> entry : byFrequency.subList(1, byFrequency.size())) {
            BitSet others = (BitSet) occurs.clone();
            others.andNot(entry.getValue());
            for (When condition : When.covering(contexts, entry.getValue(), others)) {
              otherwise
                  .computeIfAbsent(condition, key -> new LinkedHashMap<>())
                  .put(attribute, entry.getKey());
            }
          }
        });
    return new Written(usual, otherwise);
  }
}
