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
 * it is otherwise. Each slot varies by itself, so that features that depend on the member and
 * dependencies that depend on the target do not multiply.
 */
final class Choices {
  private final BitSet occurs = new BitSet();
  private final Map<Slot, Map<Expression, BitSet>> slots = new LinkedHashMap<>();

  /**
   * What is written.
   *
   * @param usual what the slots hold unless a condition says otherwise
   * @param otherwise what else they hold, and where; conditions that hold together agree
   */
  record Written(
      Map<Slot, Expression> usual, SortedMap<Condition, Map<Slot, Expression>> otherwise) {}

  /** Notes what the slots hold in contexts. */
  void add(BitSet contexts, Map<Slot, Expression> values) {
    occurs.or(contexts);
    values.forEach(
        (slot, value) ->
            slots
                .computeIfAbsent(slot, key -> new HashMap<>())
                .computeIfAbsent(value, key -> new BitSet())
                .or(contexts));
  }

  /**
   * Works out what is usual: what holds in most contexts.
   *
   * @param contexts all of them, by number
   * @param absent what a slot holds where nothing was noted for it
   */
  Written write(List<Context> contexts, Expression absent) {
    Map<Slot, Expression> usual = new LinkedHashMap<>();
    SortedMap<Condition, Map<Slot, Expression>> otherwise = new TreeMap<>();
    slots.forEach(
        (slot, noted) -> {
          if (noted.size() == 1 && noted.containsValue(occurs)) {
            usual.put(slot, noted.keySet().iterator().next());
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
          usual.put(slot, byFrequency.get(0).getKey());
          for (Map.Entry<Expression, BitSet> entry : byFrequency.subList(1, byFrequency.size())) {
            BitSet others = (BitSet) occurs.clone();
            others.andNot(entry.getValue());
            for (Condition condition : Condition.covering(contexts, entry.getValue(), others)) {
              otherwise
                  .computeIfAbsent(condition, key -> new LinkedHashMap<>())
                  .put(slot, entry.getKey());
            }
          }
        });
    return new Written(usual, otherwise);
  }
}
