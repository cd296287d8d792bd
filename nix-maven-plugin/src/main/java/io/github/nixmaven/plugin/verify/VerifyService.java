package io.github.nixmaven.plugin.verify;

import io.github.nixmaven.generator.nix.Hash;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.text.DirectoryTree;
import io.github.nixmaven.plugin.build.BuildFailedException;
import io.github.nixmaven.plugin.build.Console;
import io.github.nixmaven.plugin.build.Preparation;
import io.github.nixmaven.plugin.build.Realisation;
import io.github.nixmaven.plugin.build.Unit;
import io.github.nixmaven.plugin.nix.Derivation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.inject.Named;
import javax.inject.Singleton;

/**
 * Rebuilds everything a project is made of and compares.
 *
 * <p>Each derivation is rebuilt by {@code nix-store --realise --check} with the inputs that are in
 * the store, so that a crate whose input differs is not blamed for it. Nix calls a check good that
 * it never made when it builds on another machine, which is why only rebuilds that it reported
 * count, and why builders are turned off.
 */
@Named
@Singleton
public final class VerifyService {
  /**
   * Rebuilds and compares; builds first what is not in the store.
   *
   * @throws BuildFailedException when something does not build at all
   * @throws io.github.nixmaven.generator.text.InputException when something the user gave is wrong,
   *     or the sandbox does not hold
   */
  public VerifyResult verify(VerifyRequest request, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    return verify(request, Preparation.prepare(request.settings(), console), console);
  }

  // One at a time: modules of one build share crates, and Nix has one place for a second output.
  synchronized VerifyResult verify(VerifyRequest request, Preparation prepared, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    List<Derivation> derivations =
        prepared.project().closure().values().stream()
            .filter(derivation -> !derivation.isFixedOutput())
            .toList();
    Realisation.realise(prepared, derivations, console);
    Instant start = Instant.now();
    deleteLeftovers(prepared, derivations);
    Check check = new Check(derivations, console);
    try {
      check.run(prepared.nix(), prepared.options());
      VerifyResult result =
          compare(prepared, derivations, check, request.settings().workDirectory());
      Report.write(result, request.report());
      print(result, Duration.between(start, Instant.now()), request.report(), console);
      return result;
    } finally {
      deleteLeftovers(prepared, derivations);
      check.deleteKeptFolders();
    }
  }

  private static VerifyResult compare(
      Preparation prepared, List<Derivation> derivations, Check check, Path workDirectory)
      throws IOException, InterruptedException {
    Map<String, Hash> registered = registered(prepared, derivations);
    Path copies = workDirectory.toAbsolutePath().resolve("rebuilt");
    DirectoryTree.delete(copies);
    List<Finding> findings = new ArrayList<>();
    for (Derivation derivation : derivations) {
      for (String output : derivation.outputPaths()) {
        findings.add(
            compare(
                derivation, output, Objects.requireNonNull(registered.get(output)), check, copies));
      }
    }
    return new VerifyResult(List.of(), List.of(), derivations.size(), List.copyOf(findings), null);
  }

  private static Finding compare(
      Derivation derivation, String output, Hash registered, Check check, Path copies)
      throws IOException {
    Path path = Path.of(output);
    Nar.Digest digest = Nar.digest(path);
    Finding.Verdict verdict = Finding.Verdict.IDENTICAL;
    String reason = "";
    Finding.Rebuilt rebuilt = null;
    Path other = rebuilt(output);
    if (Files.exists(other, LinkOption.NOFOLLOW_LINKS)) {
      Nar.Difference difference = Nar.firstDifference(path, other);
      Path copy = copies.resolve(path.getFileName());
      Trees.copy(other, copy);
      verdict = Finding.Verdict.DIFFERENT;
      if (difference == null) {
        difference = new Nar.Difference("", "differs only in what Nix registered", -1);
      }
      reason = difference.toString();
      rebuilt =
          new Finding.Rebuilt(Nar.digest(other), copy.toString(), difference, "", "", "", null);
    } else if (check.differing().contains(derivation.path())) {
      verdict = Finding.Verdict.DIFFERENT;
      reason = "Nix says that it differs, and kept no second output";
    } else if (check.failures().containsKey(derivation.path())) {
      verdict = Finding.Verdict.FAILED;
      reason = check.failures().get(derivation.path());
    } else if (!check.rebuilt().contains(derivation.path())) {
      verdict = Finding.Verdict.UNKNOWN;
      reason = "Nix did not report a rebuild";
    } else if (!digest.hash().equals(registered)) {
      verdict = Finding.Verdict.DAMAGED;
      reason = "what lies in the store is not what was built";
    }
    return new Finding(
        Unit.of(derivation),
        derivation.path(),
        output,
        digest,
        verdict,
        List.of(),
        1,
        reason,
        "",
        rebuilt,
        List.of(),
        null);
  }

  private static void print(VerifyResult result, Duration duration, Path report, Console console) {
    Set<String> crates = new TreeSet<>();
    Set<String> others = new TreeSet<>();
    Set<String> derivations = new TreeSet<>();
    for (Finding finding : result.findings()) {
      derivations.add(finding.derivation());
      String crate = finding.unit().crate();
      if (crate != null) {
        crates.add(crate);
        if (finding.verdict() != Finding.Verdict.IDENTICAL) {
          others.add(crate);
        }
      }
    }
    String identical =
        (crates.size() - others.size())
            + " identical"
            + (others.isEmpty() ? "" : ", " + others.size() + " not");
    console.info(
        Console.count(crates.size(), "crate")
            + " rebuilt, "
            + (result.isIdentical() ? console.good(identical) : console.bad(identical))
            + " ("
            + Console.count(derivations.size(), "derivation")
            + ", "
            + Console.elapsed(duration)
            + ")");
    for (Finding finding : result.findings()) {
      if (finding.verdict() != Finding.Verdict.IDENTICAL) {
        print(finding, console);
      }
    }
    console.info("Tried: " + result.tried() + ".");
    console.info("Report: " + report);
  }

  private static void print(Finding finding, Console console) {
    console.info(
        "  "
            + console.bad(finding.verdict().name().toLowerCase(Locale.ROOT))
            + ": "
            + finding.unit().label()
            + ": "
            + finding.reason());
    console.info("    " + finding.output() + ", " + describe(finding.digest()));
    Finding.Rebuilt rebuilt = finding.rebuilt();
    if (rebuilt != null) {
      console.info("    " + rebuilt.copy() + ", " + describe(rebuilt.digest()));
    }
    console.info(
        "    To look into it: "
            + switch (finding.verdict()) {
              case DAMAGED -> "nix-store --verify-path " + finding.output();
              case DIFFERENT ->
                  rebuilt == null
                      ? "nix-store --realise --check --keep-failed " + finding.derivation()
                      : "diffoscope " + finding.output() + " " + rebuilt.copy();
              default -> "nix-store --read-log " + finding.derivation();
            });
  }

  private static String describe(Nar.Digest digest) {
    return digest.hash().sri() + ", " + digest.size() + " bytes";
  }

  private static Path rebuilt(String output) {
    return Path.of(output + ".check");
  }

  /** What Nix remembers of the outputs. */
  private static Map<String, Hash> registered(Preparation prepared, List<Derivation> derivations)
      throws IOException, InterruptedException {
    List<String> outputs =
        derivations.stream().flatMap(each -> each.outputPaths().stream()).toList();
    List<String> arguments = new ArrayList<>(List.of("--query", "--hash"));
    arguments.addAll(outputs);
    List<String> hashes = prepared.nix().capture("nix-store", arguments).lines().toList();
    if (hashes.size() != outputs.size()) {
      throw new IOException(
          "nix-store --query --hash: " + hashes.size() + " lines for " + outputs.size() + " paths");
    }
    Map<String, Hash> result = new HashMap<>();
    for (int i = 0; i < hashes.size(); i++) {
      result.put(
          outputs.get(i),
          Hash.parse(Hash.Algorithm.SHA256, hashes.get(i).strip().substring("sha256:".length())));
    }
    return result;
  }

  /** Deletes second outputs: a killed run may have left some, which would be taken for new ones. */
  private static void deleteLeftovers(Preparation prepared, List<Derivation> derivations)
      throws IOException, InterruptedException {
    List<String> leftovers = new ArrayList<>();
    for (Derivation derivation : derivations) {
      for (String output : derivation.outputPaths()) {
        Path other = rebuilt(output);
        if (Files.exists(other, LinkOption.NOFOLLOW_LINKS)) {
          leftovers.add(other.toString());
        }
      }
    }
    if (!leftovers.isEmpty()) {
      List<String> arguments = new ArrayList<>(prepared.options().arguments());
      arguments.add("--delete");
      arguments.addAll(leftovers);
      prepared.nix().capture("nix-store", arguments);
    }
  }
}
