package io.github.nixmaven.generator.cargo.cfg;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code target_feature} is with {@code -C target-feature}. {@code scripts/refresh-target-cfg}
 * writes the table; do not edit it by hand.
 */
final class Features {
  private static final String NAME = "target-feature.txt";
  private static final String KEY = "target_feature";
  private static final String C_LIBRARY = "crt-static";

  /** The mark of a feature that only unstable compilers show. */
  private static final char HIDDEN = '~';

  private Features() {}

  /**
   * A target's facts with features on and off.
   *
   * @param switches {@code +NAME} and {@code -NAME}, in the order of the command line; rustc passes
   *     over what it does not know, and so does this
   */
  static TargetInfo with(TargetInfo plain, List<String> switches) {
    Map<String, Set<String>> brings = of(architecture(plain));
    Set<String> hidden = new HashSet<>();
    brings.keySet().stream().filter(name -> name.charAt(0) == HIDDEN).forEach(hidden::add);
    Set<String> on = new HashSet<>();
    Set<Cfg> facts = new HashSet<>();
    for (Cfg fact : plain.cfg()) {
      if (fact.key().equals(KEY) && fact.value() != null) {
        on.add(fact.value());
      } else {
        facts.add(fact);
      }
    }
    for (String one : switches) {
      String name = one.isEmpty() ? "" : one.substring(1);
      String known = brings.containsKey(name) ? name : HIDDEN + name;
      Set<String> brought = brings.get(known);
      if (brought != null && one.charAt(0) == '+') {
        on.add(known);
        on.addAll(brought);
      } else if (brought != null && one.charAt(0) == '-') {
        on.remove(known);
        on.removeIf(other -> brings.getOrDefault(other, Set.of()).contains(known));
      }
    }
    if (switches.contains("+" + C_LIBRARY)) {
      if (of(C_LIBRARY).containsKey(plain.triple())) {
        on.add(C_LIBRARY);
      }
    } else if (switches.contains("-" + C_LIBRARY)) {
      on.remove(C_LIBRARY);
    }
    on.removeAll(hidden);
    for (String feature : on) {
      facts.add(new Cfg(KEY, feature));
    }
    return new TargetInfo(plain.triple(), Set.copyOf(facts));
  }

  private static String architecture(TargetInfo target) {
    for (Cfg fact : target.cfg()) {
      if (fact.key().equals("target_arch")) {
        return String.valueOf(fact.value());
      }
    }
    return "";
  }

  /** The lines of a section: a name, and the names behind it. */
  private static Map<String, Set<String>> of(String section) {
    Map<String, Set<String>> result = new HashMap<>();
    boolean wanted = false;
    for (String line : Tables.text(NAME).split("\n")) {
      if (line.startsWith("= ")) {
        wanted = line.substring(2).equals(section);
      } else if (wanted) {
        List<String> names = List.of(line.split(" "));
        result.put(names.get(0), Set.copyOf(names.subList(1, names.size())));
      }
    }
    return result;
  }
}
