package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.verify.rebuild.Axis;
import io.github.nixmaven.builder.verify.rebuild.Canary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Prints the result of a verification. */
final class Summary {
  private Summary() {}

  /**
   * Prints what a user needs to see.
   *
   * @param noun what packages are called, in the singular
   */
  static void print(
      String noun, VerifyResult result, Duration duration, Path report, Console console) {
    List<Canary> bad = result.canaries().stream().filter(canary -> !canary.good()).toList();
    if (!bad.isEmpty()) {
      console.info(console.bad("Cannot tell") + " whether the build is reproducible:");
      bad.forEach(canary -> console.info("  " + describe(canary)));
      if (bad.stream().anyMatch(canary -> canary.axis() == Axis.PATH)) {
        console.info(
            "  A Nix daemon changes this for trusted users alone: add `trusted-users = root "
                + System.getProperty("user.name")
                + "` to /etc/nix/nix.conf and restart it (`systemctl restart nix-daemon`).");
      }
    } else {
      counts(noun, result, duration, console);
    }
    for (OutputResult output : result.outputs()) {
      if (output.verdict() != OutputResult.Verdict.IDENTICAL) {
        print(output, console);
      }
    }
    StoreComparison other = result.otherStore();
    if (other != null) {
      print(other, console);
    }
    result.policy().stream()
        .filter(AllowanceResult::isFault)
        .forEach(ruling -> console.info("  " + console.bad("policy") + ": " + ruling.problem()));
    notes(result, console);
    console.info("Tried: " + result.tried() + ".");
    console.info("Report: " + report);
  }

  /** Why a canary that is not as it must be makes all else worthless. */
  static String describe(Canary canary) {
    Axis axis = canary.axis();
    return (axis == null
            ? "a derivation that is always the same does not pass: "
            : "a derivation that depends on the "
                + axis.label()
                + " passes although that is varied: ")
        + canary.detail();
  }

  private static void counts(String noun, VerifyResult result, Duration duration, Console console) {
    Set<String> packages = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    Set<String> derivations = new TreeSet<>();
    for (OutputResult output : result.outputs()) {
      derivations.add(output.derivation());
      String id = output.unit().packageId();
      if (id != null) {
        packages.add(id);
        if (output.verdict() != OutputResult.Verdict.IDENTICAL) {
          others.add(id);
        }
      }
    }
    String identical =
        (packages.size() - others.size())
            + " identical"
            + (others.isEmpty() ? "" : ", " + others.size() + " not");
    console.info(
        Console.count(packages.size(), noun)
            + " rebuilt, "
            + (result.isIdentical() ? console.good(identical) : console.bad(identical))
            + " ("
            + Console.count(derivations.size(), "derivation")
            + ", "
            + Console.elapsed(duration)
            + ")");
  }

  private static void print(OutputResult output, Console console) {
    Allowance allowance = output.allowance();
    String verdict = output.verdict().name().toLowerCase(Locale.ROOT);
    console.info(
        "  "
            + (allowance == null ? console.bad(verdict) : "allowed until " + allowance.until())
            + ": "
            + output.unit().label()
            + ": "
            + output.reason());
    if (allowance != null) {
      console.info("    " + allowance.reason() + " (" + allowance.position() + ")");
      return;
    }
    OutputResult.Rebuilt rebuilt = output.rebuilt();
    if (rebuilt != null && !rebuilt.before().isEmpty()) {
      console.info("    here `" + rebuilt.before() + "`, there `" + rebuilt.after() + "`");
    }
    if (!output.advice().isEmpty()) {
      console.info("    " + output.advice());
    }
    console.info(
        "    To investigate: "
            + switch (output.verdict()) {
              case DAMAGED -> "nix-store --verify-path " + output.output();
              case DIFFERENT ->
                  rebuilt == null
                      ? "nix-store --realise --check --keep-failed " + output.derivation()
                      : rebuilt.diffoscope() != null
                          ? rebuilt.diffoscope()
                          : "diffoscope " + output.output() + " " + rebuilt.copy();
              default -> "nix-store --read-log " + output.derivation();
            });
  }

  private static void print(StoreComparison other, Console console) {
    int differences = other.differences().size();
    console.info(
        Console.count(other.compared(), "output")
            + " compared with "
            + other.store()
            + ", "
            + (differences == 0
                ? console.good("all identical")
                : console.bad(differences + " not")));
    for (StoreComparison.Difference each : other.differences()) {
      console.info(
          "  "
              + (each.isFault()
                  ? console.bad("root cause") + ": all inputs are identical: "
                  : each.verdict() == StoreComparison.Verdict.ROOT
                      ? "allowed: "
                      : "tainted: an input differs: ")
              + each.unit().label());
    }
  }

  private static void notes(VerifyResult result, Console console) {
    long identical =
        result.outputs().stream()
            .filter(output -> output.verdict() == OutputResult.Verdict.IDENTICAL)
            .filter(output -> !output.notes().isEmpty())
            .count();
    if (identical > 0) {
      console.info(
          Console.count((int) identical, "output")
              + " identical, but with a time, a build path or a host name in it: see the"
              + " report");
    }
  }
}
