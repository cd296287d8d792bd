package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.language.Cause;
import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.builder.realise.Project;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Likely reasons for differences in outputs, and their fixes. */
final class Advice {
  private final Project project;
  private final Set<String> random;
  private final Map<String, Set<String>> macros = new HashMap<>();

  /**
   * @param project the project that the derivations belong to
   * @param judged the judgements by derivation
   */
  Advice(Project project, Map<String, DerivationResult> judged) {
    this.project = project;
    random =
        judged.entrySet().stream()
            .filter(each -> each.getValue().causes().contains(Cause.RANDOM))
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
    if (!random.isEmpty()) {
      for (String derivation : judged.keySet()) {
        macros.put(derivation, macrosOf(derivation));
      }
    }
  }

  /**
   * The advice on such a difference; empty if there is none.
   *
   * @param difference the first file of the output that differs, or null where that is not known
   */
  String of(String derivation, DerivationResult judgement, @Nullable String difference) {
    Unit unit = project.unit(derivation);
    if (unit.ecosystem().isEmpty()) {
      return "";
    }
    boolean byScript = unit.isByScript(difference == null ? "" : difference);
    List<String> sentences =
        judgement.causes().stream()
            .map(cause -> of(cause, unit, derivation, byScript))
            .filter(sentence -> !sentence.isEmpty())
            .toList();
    return String.join(" ", sentences);
  }

  private String of(Cause cause, Unit unit, String derivation, boolean byScript) {
    Language language = project.language();
    String packageId = unit.packageId();
    String macro = byScript || cause != Cause.RANDOM ? null : guiltyMacro(derivation);
    if (macro == null || packageId == null) {
      return language.advice(cause, byScript);
    }
    long users = macros.values().stream().filter(each -> each.contains(macro)).count();
    return language.adviceOnMacro(packageId, macro, users);
  }

  /** The macro that all builds expand that differ by chance, and no build that does not. */
  private @Nullable String guiltyMacro(String derivation) {
    Set<String> candidates = new TreeSet<>(macros.getOrDefault(derivation, Set.of()));
    candidates.removeIf(
        macro ->
            macros.entrySet().stream()
                .anyMatch(
                    each -> each.getValue().contains(macro) && !random.contains(each.getKey())));
    return candidates.size() == 1 ? candidates.iterator().next() : null;
  }

  private Set<String> macrosOf(String derivation) {
    Set<String> result = new TreeSet<>();
    Unit itself = project.unit(derivation);
    for (String input : Objects.requireNonNull(project.closure().get(derivation)).inputs()) {
      Unit other = project.unit(input);
      String packageId = other.packageId();
      // What is made of a macro itself does not expand it.
      if (packageId != null
          && !packageId.equals(itself.packageId())
          && project.language().isMacro(other)) {
        result.add(packageId);
      }
    }
    return result;
  }
}
