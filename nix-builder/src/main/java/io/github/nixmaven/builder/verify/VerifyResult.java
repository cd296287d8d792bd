package io.github.nixmaven.builder.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of a verification.
 *
 * @param trials one for each axis
 * @param canaries what shows that a difference would have been seen
 * @param builds how many builds of the project's derivations were made to find out
 * @param findings one for each output, what needs no other first
 * @param otherStore the build in another store, or null where none was asked for
 * @param policy what became of the policy's entries
 */
public record VerifyResult(
    List<Trial> trials,
    List<Canary> canaries,
    int builds,
    List<Finding> findings,
    @Nullable StoreComparison otherStore,
    List<Ruling> policy) {
  /** The outcomes of a verification. */
  public enum Outcome {
    /** Nothing differs in what was tried, but for what the policy allows. */
    PASSED,
    /** Something differs, or could not be rebuilt, or an entry of the policy has to be changed. */
    FAILED,
    /** A canary shows that differences may go unseen, or Nix did not say that it rebuilt. */
    CANNOT_TELL
  }

  /** Its outcome. */
  public Outcome outcome() {
    if (canaries.stream().anyMatch(canary -> !canary.good())
        || findings.stream().anyMatch(each -> each.verdict() == Finding.Verdict.UNKNOWN)) {
      return Outcome.CANNOT_TELL;
    }
    return isAccepted() && policy.stream().noneMatch(Ruling::isFault)
        ? Outcome.PASSED
        : Outcome.FAILED;
  }

  /** Whether nothing differs but for what the policy allows. */
  private boolean isAccepted() {
    return findings.stream().allMatch(Finding::isAccepted)
        && (otherStore == null
            || otherStore.differences().stream().noneMatch(StoreComparison.Difference::isFault));
  }

  /** The headline for {@link #problems} if it has not passed. */
  public String headline() {
    if (outcome() == Outcome.CANNOT_TELL) {
      return "Cannot tell whether the build is reproducible";
    }
    return isAccepted() ? "The policy does not fit the build" : "The build is not reproducible";
  }

  /** Whether every output was rebuilt, each time with the same bits. */
  public boolean isIdentical() {
    return !findings.isEmpty()
        && findings.stream().allMatch(each -> each.verdict() == Finding.Verdict.IDENTICAL);
  }

  /** The problems of the build, a sentence each. */
  public List<String> problems() {
    List<String> result = new ArrayList<>();
    canaries.stream()
        .filter(canary -> !canary.good())
        .forEach(canary -> result.add(Summary.describe(canary)));
    findings.stream()
        .filter(finding -> !finding.isAccepted())
        .forEach(finding -> result.add(finding.unit().label() + ": " + finding.reason()));
    if (otherStore != null) {
      otherStore.differences().stream()
          .filter(StoreComparison.Difference::isFault)
          .forEach(
              difference ->
                  result.add(
                      difference.unit().label()
                          + ": differs in "
                          + otherStore.store()
                          + ", although all inputs are identical"));
    }
    policy.stream().filter(Ruling::isFault).forEach(ruling -> result.add(ruling.problem()));
    return result;
  }

  /** The rebuilds and varied conditions, to be shown with every result. */
  public String tried() {
    List<String> varied =
        trials.stream().filter(Trial::tried).map(trial -> trial.axis().label()).toList();
    List<String> parts = new ArrayList<>();
    parts.add(
        builds
            + " rebuilds with the same inputs on the same machine; varied: "
            + (varied.isEmpty() ? "nothing" : String.join(", ", varied)));
    if (otherStore != null) {
      parts.add("one build of everything in another store");
    }
    String untried =
        trials.stream()
            .filter(trial -> !trial.tried())
            .map(trial -> trial.axis().label() + " (" + trial.detail() + ")")
            .collect(Collectors.joining(", "));
    if (!untried.isEmpty()) {
      parts.add("not tried: " + untried);
    }
    return String.join("; ", parts);
  }
}
