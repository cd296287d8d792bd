package io.github.nixmaven.generator.cargo.cfg;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.NearNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A target and rustc's facts about it.
 *
 * <p>The facts come from {@code rustc --print cfg --target T} for every built-in target. {@code
 * scripts/refresh-target-cfg} writes the table; do not edit it by hand.
 *
 * @param triple the target's name
 * @param cfg its facts
 */
public record TargetInfo(String triple, Set<Cfg> cfg) {
  private static final Map<String, TargetInfo> KNOWN = new ConcurrentHashMap<>();

  /**
   * The facts of a built-in target.
   *
   * @throws InputException when rustc does not have a target of that name
   */
  public static TargetInfo of(String triple) {
    TargetInfo info = KNOWN.computeIfAbsent(triple, Table::find);
    if (info == null) {
      throw new InputException(
          null,
          "rustc has no target named `" + triple + "`",
          NearNames.question(
              triple,
              all().keySet(),
              "Use one of the targets that `rustc --print target-list` prints."));
    }
    return info;
  }

  /**
   * The facts for a processor that {@code -C target-cpu} names.
   *
   * @throws IllegalArgumentException when they are not known; the message says so
   */
  public TargetInfo withProcessor(String processor) {
    return Processors.with(this, processor);
  }

  /**
   * The facts with features that {@code -C target-feature} switches.
   *
   * @param switches {@code +NAME} and {@code -NAME}, in the order of the command line
   */
  public TargetInfo withFeatures(List<String> switches) {
    return switches.isEmpty() ? this : Features.with(this, switches);
  }

  /** All built-in targets by name. */
  public static Map<String, TargetInfo> all() {
    Map<String, TargetInfo> result = new TreeMap<>();
    for (String triple : Table.triples()) {
      result.put(triple, of(triple));
    }
    return Collections.unmodifiableMap(result);
  }

  /**
   * The table's lines: {@code # comment}, {@code = TARGET TARGET…} for targets that share the facts
   * that follow, {@code key} or {@code key="value"}. A lookup of one target does not read the whole
   * table.
   */
  private static final class Table {
    private static final String NAME = "target-cfg.txt";
    private static final String TARGETS = "= ";

    static List<String> triples() {
      List<String> result = new ArrayList<>();
      for (String line : Tables.text(NAME).split("\n")) {
        if (line.startsWith(TARGETS)) {
          result.addAll(List.of(line.substring(TARGETS.length()).split(" ")));
        }
      }
      return result;
    }

    /** The facts of a target, or null when there is no such target. */
    static @Nullable TargetInfo find(String triple) {
      String text = Tables.text(NAME);
      int start = start(text, triple);
      if (start < 0) {
        return null;
      }
      int next = text.indexOf("\n" + TARGETS, start);
      Set<Cfg> facts = new HashSet<>();
      for (String line : text.substring(start, next < 0 ? text.length() : next).split("\n")) {
        if (!line.startsWith("#") && !line.isEmpty()) {
          facts.add(fact(line));
        }
      }
      return new TargetInfo(triple, Collections.unmodifiableSet(facts));
    }

    /** The start of the line after the one with a target, or -1. */
    private static int start(String text, String triple) {
      int at = triple.matches("\\S+") ? text.indexOf(" " + triple) : -1;
      while (at >= 0) {
        int end = at + 1 + triple.length();
        int line = text.lastIndexOf('\n', at) + 1;
        if (text.startsWith(TARGETS, line)
            && (end == text.length() || text.charAt(end) == ' ' || text.charAt(end) == '\n')) {
          return text.indexOf('\n', end) + 1;
        }
        at = text.indexOf(" " + triple, end);
      }
      return -1;
    }

    private static Cfg fact(String line) {
      int equals = line.indexOf('=');
      return equals < 0
          ? new Cfg(line, null)
          : new Cfg(line.substring(0, equals), line.substring(equals + 2, line.length() - 1));
    }
  }

  // A record's own methods are slow before the JIT compiles them, and these are called often.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TargetInfo info && info.triple.equals(triple) && info.cfg.equals(cfg);
  }

  /** The triple is enough: hashing all facts would take a twelfth of planning. */
  @Override
  public int hashCode() {
    return triple.hashCode();
  }
}
