package io.github.nixmaven.generator.api;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The targets of the selected packages to build, in cargo's terms.
 *
 * @param kinds kinds of which all targets are chosen: {@code --lib}, {@code --bins}, {@code
 *     --examples}, {@code --tests} and {@code --benches}
 * @param names targets by name or by a pattern with {@code *}, {@code ?} and {@code […]}: {@code
 *     --bin}, {@code --example}, {@code --test} and {@code --bench}; a library has no name here
 * @param all {@code --all-targets}
 * @param documentation {@code --doc}: only the documentation tests, only with {@code cargo test}
 */
public record BuildTargets(
    Set<Kind> kinds, Map<Kind, List<String>> names, boolean all, boolean documentation) {
  /** The command's default targets. */
  public static final BuildTargets DEFAULT = new BuildTargets(Set.of(), Map.of(), false, false);

  /** The kinds of targets. */
  public enum Kind {
    LIB,
    BIN,
    EXAMPLE,
    TEST,
    BENCH
  }

  public BuildTargets {
    kinds = Set.copyOf(kinds);
    names = Map.copyOf(names);
  }
}
