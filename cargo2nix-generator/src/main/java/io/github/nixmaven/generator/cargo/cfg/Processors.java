package io.github.nixmaven.generator.cargo.cfg;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code target_feature} is for a processor that {@code -C target-cpu} names. {@code
 * scripts/refresh-target-cfg} writes the table; do not edit it by hand.
 */
final class Processors {
  private static final String NAME = "target-cpu.txt";
  private static final String TARGETS = "= ";
  private static final String FEATURE = "target_feature";

  private Processors() {}

  /**
   * A target's facts for a processor.
   *
   * @throws IllegalArgumentException when the table has not this processor of the target; the
   *     message says so
   */
  static TargetInfo with(TargetInfo plain, String processor) {
    Map<String, String> known = of(plain.triple());
    @Nullable String features = known.get(processor);
    if (features == null) {
      throw new IllegalArgumentException(
          known.isEmpty()
              ? "what the processor `"
                  + processor
                  + "` has is not known here for the target "
                  + plain.triple()
              : "the target " + plain.triple() + " has no processor named `" + processor + "`");
    }
    Set<Cfg> facts = new HashSet<>();
    for (Cfg fact : plain.cfg()) {
      if (!fact.key().equals(FEATURE)) {
        facts.add(fact);
      }
    }
    for (String feature : features.isEmpty() ? List.<String>of() : List.of(features.split(" "))) {
      facts.add(new Cfg(FEATURE, feature));
    }
    return new TargetInfo(plain.triple(), Set.copyOf(facts));
  }

  /** The features of a target's processors, by name; nothing for a target without entries. */
  private static Map<String, String> of(String triple) {
    Map<String, String> result = new TreeMap<>();
    boolean wanted = false;
    for (String line : Tables.text(NAME).split("\n")) {
      if (line.startsWith(TARGETS)) {
        wanted = List.of(line.substring(TARGETS.length()).strip().split(" ")).contains(triple);
      } else if (wanted) {
        int space = line.indexOf(' ');
        result.put(
            space < 0 ? line : line.substring(0, space),
            space < 0 ? "" : line.substring(space + 1));
      }
    }
    return result;
  }
}
