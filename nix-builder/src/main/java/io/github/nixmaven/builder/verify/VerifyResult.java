package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.verify.rebuild.AxisAvailability;
import io.github.nixmaven.builder.verify.rebuild.Canary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of a verification.
 *
 * @param axes one for each axis
 * @param canaries what shows that a difference would have been seen
 * @param builds how many builds of the project's derivations were made to find out
 * @param outputs one for each output, what needs no other first
 * @param otherStore the build in another store, or null where none was asked for
 * @param policy what became of the policy's entries
 */
public record VerifyResult(
    List<AxisAvailability> axes,
    List<Canary> canaries,
    int builds,
    List<OutputResult> outputs,
    @Nullable StoreComparison otherStore,
    List<AllowanceResult> policy) {
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
        || outputs.stream().anyMatch(each -> each.verdict() == OutputResult.Verdict.UNKNOWN)) {
      return Outcome.CANNOT_TELL;
    }
    return isAccepted() && policy.stream().noneMatch(AllowanceResult::isFault)
        ? Outcome.PASSED
        : Outcome.FAILED;
  }

  /** Whether nothing differs but for what the policy allows. */
  private boolean isAccepted() {
    return outputs.stream().allMatch(OutputResult::isAccepted)
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
    return !outputs.isEmpty()
        && outputs.stream().allMatch(each -> each.verdict() == OutputResult.Verdict.IDENTICAL);
  }

  /** The problems of the build, a sentence each. */
  public List<String> problems() {
    List<String> result = new ArrayList<>();
    canaries.stream()
        .filter(canary -> !canary.good())
        .forEach(canary -> result.add(Summary.describe(canary)));
    outputs.stream()
        .filter(output -> !output.isAccepted())
        .forEach(output -> result.add(output.unit().label() + ": " + output.reason()));
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
    policy.stream()
        .filter(AllowanceResult::isFault)
        .forEach(ruling -> result.add(ruling.problem()));
    return result;
  }

  /** The rebuilds and varied conditions, to be shown with every result. */
  public String tried() {
    List<String> varied =
        axes.stream().filter(AxisAvailability::tried).map(each -> each.axis().label()).toList();
    List<String> parts = new ArrayList<>();
    parts.add(
        builds
            + " rebuilds with the same inputs on the same machine; varied: "
            + (varied.isEmpty() ? "nothing" : String.join(", ", varied)));
    if (otherStore != null) {
      parts.add("one build of everything in another store");
    }
    String untried =
        axes.stream()
            .filter(each -> !each.tried())
            .map(each -> each.axis().label() + " (" + each.detail() + ")")
            .collect(Collectors.joining(", "));
    if (!untried.isEmpty()) {
      parts.add("not tried: " + untried);
    }
    return String.join("; ", parts);
  }
}
