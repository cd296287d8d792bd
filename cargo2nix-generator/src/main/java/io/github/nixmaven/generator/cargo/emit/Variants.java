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
 * What one attribute set of Cargo.nix holds in each context: what is usual, written once, and where
 * it is otherwise. Each attribute varies by itself, so that features that depend on the member and
 * dependencies that depend on the target do not multiply.
 */
final class Variants {
  private final BitSet occurs = new BitSet();
  private final Map<AttributePath, Map<Expression, BitSet>> attributes = new LinkedHashMap<>();

  /**
   * What is written.
   *
   * @param usual what the attributes hold unless a condition says otherwise
   * @param otherwise what else they hold, and where; conditions that hold together agree
   */
  record Written(
      Map<AttributePath, Expression> usual,
      SortedMap<When, Map<AttributePath, Expression>> otherwise) {}

  /** Notes what the attributes hold in contexts. */
  void add(BitSet contexts, Map<AttributePath, Expression> values) {
    occurs.or(contexts);
    values.forEach(
        (attribute, value) ->
            attributes
                .computeIfAbsent(attribute, key -> new HashMap<>())
                .computeIfAbsent(value, key -> new BitSet())
                .or(contexts));
  }

  /**
   * Works out what is usual: what holds in most contexts.
   *
   * @param contexts all of them, by number
   * @param absent what a attribute holds where nothing was noted for it
   */
  Written write(List<BuildContext> contexts, Expression absent) {
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
