package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.language.Cause;
import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.nix.PathInfo;
import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.realise.OutputFile;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.realise.Realisation;
import io.github.nixmaven.builder.verify.inspect.Scan;
import io.github.nixmaven.builder.verify.rebuild.Canaries;
import io.github.nixmaven.builder.verify.rebuild.Canary;
import io.github.nixmaven.builder.verify.rebuild.Laboratory;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.text.DirectoryTree;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.inject.Named;
import javax.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds everything a project is made of in other conditions, compares, and finds out what makes
 * a difference.
 *
 * <p>Each derivation is rebuilt by {@code nix-store --realise --check} with the inputs that are in
 * the store, so that a package whose input differs is not blamed for it. Nix calls a check good
 * that it never made when it builds on another machine, which is why only rebuilds that it reported
 * count, and why builders are turned off.
 */
@Named
@Singleton
public final class VerifyService {
  /**
   * Rebuilds and compares; builds first what is not in the store.
   *
   * @throws BuildFailedException when something does not build at all
   * @throws InputException when something the user gave is wrong, the policy among it, the sandbox
   *     does not hold, or the report may not be written
   * @throws IOException when a disk is full, or fails; an earlier report still stands
   */
  public VerifyResult verify(VerifyRequest request, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    OutputFile.requireReport(request.report());
    Policy policy =
        Policy.read(
            request.policy(),
            request.settings().build().language().packageNoun(),
            LocalDate.now(ZoneId.systemDefault()));
    return verify(request, policy, Preparation.prepare(request.settings(), console), console);
  }

  // One at a time: modules of one build share packages, and Nix has one place for a second output.
  synchronized VerifyResult verify(
      VerifyRequest request, Policy policy, Preparation prepared, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    List<Derivation> derivations =
        prepared.project().closure().values().stream()
            .filter(derivation -> !derivation.isFixedOutput())
            .toList();
    policy.requirePackages(derivations.stream().map(prepared.project()::unit).toList());
    Path work = request.settings().workDirectory().toAbsolutePath();
    Realisation.realise(prepared, derivations, work, console);
    Path copies = work.resolve("rebuilt");
    DirectoryTree.delete(copies);
    Instant start = Instant.now();
    VerifyResult result;
    try (Laboratory laboratory =
        Laboratory.open(prepared, request.settings().cores(), request.limit())) {
      List<Canary> canaries = Canaries.ask(laboratory);
      if (canaries.stream().allMatch(Canary::good)) {
        result =
            compare(request, policy, prepared, derivations, laboratory, canaries, copies, console);
      } else {
        result =
            new VerifyResult(
                laboratory.availability(),
                canaries,
                0,
                List.of(),
                null,
                policy.results(List.of(), null));
      }
      Report.write(result, request.report());
    } catch (IOException | InterruptedException | BuildFailedException | InputException e) {
      // No report leads to them, and they may be what fills the disk.
      DirectoryTree.delete(copies);
      throw e;
    }
    Summary.print(
        prepared.project().packageNoun(),
        result,
        Duration.between(start, Instant.now()),
        request.report(),
        console);
    return result;
  }

  private static VerifyResult compare(
      VerifyRequest request,
      Policy policy,
      Preparation prepared,
      List<Derivation> derivations,
      Laboratory laboratory,
      List<Canary> canaries,
      Path copies,
      Console console)
      throws IOException, InterruptedException, BuildFailedException {
    Map<String, DerivationResult> judged =
        new Rebuilds(laboratory, prepared.project(), derivations, copies, console)
            .judge(laboratory.slots(request.settings().maxJobs()));
    Map<String, Hash> registered = registered(prepared, derivations);
    Advice advice = new Advice(prepared.project(), judged);
    List<byte[]> hosts = Scan.hosts();
    Diffoscope diffoscope =
        new Diffoscope(request.diffoscope(), prepared.nix().onSearchPath(), console);
    List<OutputResult> outputs = new ArrayList<>();
    for (Derivation derivation : derivations) {
      DerivationResult judgement = Objects.requireNonNull(judged.get(derivation.path()));
      for (String output : derivation.outputPaths()) {
        OutputResult.Rebuilt rebuilt = judgement.evidence().get(output);
        outputs.add(
            output(
                prepared.project().unit(derivation),
                derivation,
                output,
                judgement,
                Objects.requireNonNull(registered.get(output)),
                rebuilt == null ? null : diffoscope.show(output, rebuilt),
                advice,
                hosts,
                policy));
      }
    }
    int rebuilds = judged.values().stream().mapToInt(DerivationResult::rebuilds).sum();
    StoreComparison other =
        request.otherStore() == null
            ? null
            : new OtherStore(prepared, request.otherStore(), console).compare(derivations, policy);
    return new VerifyResult(
        laboratory.availability(),
        canaries,
        rebuilds,
        List.copyOf(outputs),
        other,
        policy.results(outputs, other));
  }

  private static OutputResult output(
      Unit unit,
      Derivation derivation,
      String output,
      DerivationResult judgement,
      Hash registered,
      OutputResult.@Nullable Rebuilt rebuilt,
      Advice advice,
      List<byte[]> hosts,
      Policy policy)
      throws IOException {
    Nar.Digest digest = Nar.digest(Path.of(output));
    OutputResult.Verdict verdict = judgement.verdict();
    String reason =
        switch (verdict) {
          case IDENTICAL, DAMAGED -> "";
          case DIFFERENT -> differs(judgement, rebuilt);
          case FAILED ->
              judgement.failure()
                  + (judgement.causes().isEmpty() ? "" : " (depends on " + causes(judgement) + ")");
          case UNKNOWN -> "Nix did not report a rebuild";
        };
    if (verdict == OutputResult.Verdict.IDENTICAL && !digest.hash().equals(registered)) {
      verdict = OutputResult.Verdict.DAMAGED;
      reason = "the path in the store was changed after it was built";
    }
    return new OutputResult(
        unit,
        derivation.path(),
        output,
        digest,
        verdict,
        judgement.causes(),
        judgement.rebuilds(),
        reason,
        advice.of(
            derivation.path(), judgement, rebuilt == null ? null : rebuilt.difference().path()),
        rebuilt,
        Scan.of(Path.of(output), hosts),
        verdict == OutputResult.Verdict.DIFFERENT ? policy.of(unit) : null);
  }

  private static String differs(
      DerivationResult judgement, OutputResult.@Nullable Rebuilt rebuilt) {
    String text = "depends on " + causes(judgement);
    if (rebuilt == null) {
      return text + ", but Nix kept no second output";
    }
    text += ": " + rebuilt.difference();
    return rebuilt.place().isEmpty() ? text : text + ", " + rebuilt.place();
  }

  private static String causes(DerivationResult judgement) {
    return judgement.causes().stream().map(Cause::label).collect(Collectors.joining(" and "));
  }

  /** Nix's registrations of the outputs. */
  private static Map<String, Hash> registered(Preparation prepared, List<Derivation> derivations)
      throws IOException, InterruptedException {
    List<String> outputs =
        derivations.stream().flatMap(each -> each.outputPaths().stream()).toList();
    return PathInfo.of(prepared.nix(), outputs).stream()
        .collect(Collectors.toMap(PathInfo::path, PathInfo::narHash, (one, same) -> one));
  }
}
