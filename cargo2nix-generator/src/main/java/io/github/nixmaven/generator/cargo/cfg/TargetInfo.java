package io.github.nixmaven.generator.cargo.cfg;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.NearNames;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What rustc says of a target.
 *
 * <p>The facts come from {@code rustc --print cfg --target T} for every built-in target. {@code
 * scripts/refresh-target-cfg} writes the table; none is ever written by hand.
 *
 * @param triple the target's name
 * @param cfg its facts
 */
public record TargetInfo(String triple, Set<Cfg> cfg) {
  private static final String TABLE = "target-cfg.txt";

  /**
   * The facts of a built-in target.
   *
   * @throws InputException when rustc knows no target of that name
   */
  public static TargetInfo of(String triple) {
    TargetInfo info = Table.TARGETS.get(triple);
    if (info == null) {
      throw new InputException(
          null,
          "rustc has no target named `" + triple + "`",
          NearNames.question(
              triple,
              Table.TARGETS.keySet(),
              "Take one of those that `rustc --print target-list` prints."));
    }
    return info;
  }

  /** All built-in targets by name. */
  public static Map<String, TargetInfo> all() {
    return Table.TARGETS;
  }

  /** Loaded when a target is first asked for. */
  private static final class Table {
    static final Map<String, TargetInfo> TARGETS = load();

    /**
     * The table's lines: {@code # comment}, {@code = TARGET TARGET…} for targets that share the
     * facts that follow, {@code key} or {@code key="value"}.
     */
    private static Map<String, TargetInfo> load() {
      Map<String, TargetInfo> targets = new TreeMap<>();
      Map<String, Cfg> interned = new HashMap<>();
      Set<Cfg> facts = new HashSet<>();
      try (InputStream stream =
              Objects.requireNonNull(TargetInfo.class.getResourceAsStream(TABLE), TABLE);
          BufferedReader reader =
              new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          if (line.startsWith("= ")) {
            facts = new HashSet<>();
            for (String triple : List.of(line.substring(2).split(" "))) {
              targets.put(triple, new TargetInfo(triple, Collections.unmodifiableSet(facts)));
            }
          } else if (!line.startsWith("#") && !line.isEmpty()) {
            facts.add(interned.computeIfAbsent(line, Table::fact));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Collections.unmodifiableMap(targets);
    }

    private static Cfg fact(String line) {
      int equals = line.indexOf('=');
      return equals < 0
          ? new Cfg(line, null)
          : new Cfg(line.substring(0, equals), line.substring(equals + 2, line.length() - 1));
    }
  }

  /** The facts follow from the triple: hashing them all takes a twelfth of planning. */
  @Override
  public int hashCode() {
    return triple.hashCode();
  }
}
