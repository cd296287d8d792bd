package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.manifest.Target;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A choice of targets of the selected members (the Cargo Book, "cargo build", "Target Selection").
 *
 * @param kinds kinds of which all targets are chosen: {@code --lib}, {@code --bins}, {@code
 *     --examples}, {@code --tests} (all targets with {@code test = true}) and {@code --benches}
 *     (all targets with {@code bench = true})
 * @param names targets by kind and name, or by a pattern with {@code *}, {@code ?} and {@code […]}:
 *     {@code --bin}, {@code --example}, {@code --test} and {@code --bench}
 * @param everything {@code --all-targets}
 * @param documentation {@code --doc}: only the documentation tests of the libraries
 */
public record TargetFilter(
    Set<Target.Kind> kinds,
    Map<Target.Kind, List<String>> names,
    boolean everything,
    boolean documentation) {
  /** The command's default targets. */
  public static final TargetFilter DEFAULT = new TargetFilter(Set.of(), Map.of(), false, false);

  public TargetFilter {
    kinds = Set.copyOf(kinds);
    names = Map.copyOf(names);
  }

  /** Whether targets are chosen, so that the command's defaults do not apply. */
  boolean isSpecific() {
    return everything || documentation || !kinds.isEmpty() || !names.isEmpty();
  }

  /** Whether all targets of a kind are chosen. */
  boolean hasAll(Target.Kind kind) {
    return everything || kinds.contains(kind);
  }

  /** The names and patterns that choose targets of a kind; none when all are chosen. */
  List<String> named(Target.Kind kind) {
    return hasAll(kind) ? List.of() : names.getOrDefault(kind, List.of());
  }

  /** Whether any target of a kind may be chosen. */
  boolean has(Target.Kind kind) {
    return hasAll(kind) || !named(kind).isEmpty();
  }

  /** Whether a name of the filter is a pattern. */
  static boolean isPattern(String name) {
    return name.matches(".*[*?\\[\\]].*");
  }

  /** Whether a name or pattern of the filter matches a target. */
  static boolean matches(String name, Target target) {
    return isPattern(name)
        ? FileSystems.getDefault()
            .getPathMatcher("glob:" + name.replaceAll("[\\\\{}]", "\\\\$0"))
            .matches(Path.of(target.name()))
        : target.name().equals(name);
  }
}
