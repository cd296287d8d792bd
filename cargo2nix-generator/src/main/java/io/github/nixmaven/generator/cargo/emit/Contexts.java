package io.github.nixmaven.generator.cargo.emit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All contexts of a file, and for each value of a dimension the numbers of those that have it. */
final class Contexts {
  private final List<BuildContext> all;
  private final List<SortedMap<String, BitSet>> byValue = new ArrayList<>();

  /**
   * @param all the contexts in the order of their numbers
   */
  Contexts(Collection<BuildContext> all) {
    this.all = List.copyOf(all);
    for (int dimension = 0; dimension < BuildContext.DIMENSIONS.size(); dimension++) {
      SortedMap<String, BitSet> numbers = new TreeMap<>();
      for (int i = 0; i < this.all.size(); i++) {
        numbers
            .computeIfAbsent(this.all.get(i).coordinate(dimension), value -> new BitSet())
            .set(i);
      }
      byValue.add(numbers);
    }
  }

  BuildContext get(int number) {
    return all.get(number);
  }

  int size() {
    return all.size();
  }

  /** The contexts by their values of a dimension. */
  SortedMap<String, BitSet> by(int dimension) {
    return byValue.get(dimension);
  }
}
