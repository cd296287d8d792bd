package io.github.nixmaven.builder.testing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.language.TestCase;
import io.github.nixmaven.builder.language.TestCase.Outcome;
import io.github.nixmaven.builder.language.TestOutput;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.realise.Member;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.realise.Project;
import io.github.nixmaven.builder.realise.Realisation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.inject.Named;
import javax.inject.Singleton;

/**
 * Builds and runs the tests of members in Nix's sandbox, and tells what came of them.
 *
 * <p>A test program's run is a derivation, so it is run again only when something it depends on has
 * changed.
 */
@Named
@Singleton
public final class TestService {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An entry of {@code results.json}, which the builder writes. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Entry(
      @JsonProperty("package") String packageName,
      String version,
      String kind,
      String name,
      String path,
      boolean harness,
      String folder) {}

  /**
   * Runs tests and writes reports. A failing test is not an error.
   *
   * @throws BuildFailedException when something does not build
   * @throws io.github.nixmaven.generator.text.InputException when something the user gave is wrong,
   *     or the sandbox does not hold
   */
  public TestResult test(TestRequest request, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    Preparation prepared =
        Preparation.prepare(
            request.settings().natively(),
            Project.Output.TEST_RESULTS,
            request.arguments(),
            console);
    return test(request, prepared, Instant.now(), console);
  }

  TestResult test(TestRequest request, Preparation prepared, Instant start, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    Realisation.Counts counts =
        Realisation.realise(prepared, prepared.project().members().values(), console);
    List<TestProgram> programs = new ArrayList<>();
    List<String> untested = new ArrayList<>();
    Language language = prepared.project().language();
    for (Map.Entry<Member, Derivation> member : prepared.project().members().entrySet()) {
      Derivation results = member.getValue();
      int known = programs.size();
      for (String output : results.outputPaths()) {
        programs.addAll(read(language, Path.of(output)));
      }
      if (programs.size() == known) {
        untested.add(member.getKey().label());
      }
    }
    TestResult result = new TestResult(List.copyOf(programs));
    SurefireReports.write(result, request.reports());
    print(result, untested, counts, Duration.between(start, Instant.now()), console);
    List<String> others =
        request.settings().build().targets().stream()
            .filter(target -> !target.equals(language.tools().nativeTarget()))
            .toList();
    if (!others.isEmpty()) {
      console.info(
          "Not run: tests for " + String.join(", ", others) + ", which this machine cannot run");
    }
    return result;
  }

  private static List<TestProgram> read(Language language, Path results) throws IOException {
    List<TestProgram> programs = new ArrayList<>();
    for (Entry entry :
        JSON.readValue(
            results.resolve("results.json").toFile(), new TypeReference<List<Entry>>() {})) {
      Path folder = results.resolve(entry.folder());
      programs.add(
          program(
              language,
              entry,
              Integer.parseInt(text(folder.resolve("status")).strip()),
              text(folder.resolve("stdout")),
              text(folder.resolve("stderr"))));
    }
    return programs;
  }

  private static TestProgram program(
      Language language, Entry entry, int status, String printed, String errors) {
    List<TestCase> cases = new ArrayList<>();
    double seconds = 0;
    if (entry.harness()) {
      TestOutput output = language.tests(printed);
      cases.addAll(output.cases());
      seconds = output.seconds();
      boolean explained =
          output.complete() && cases.stream().anyMatch(test -> test.outcome() == Outcome.FAILED);
      if (status != 0 && !explained) {
        cases.add(ended(entry, status, printed, errors));
      }
    } else {
      cases.add(
          status == 0
              ? new TestCase(entry.name(), Outcome.PASSED, "", "")
              : ended(entry, status, printed, errors));
    }
    return new TestProgram(
        language.testSuite(entry.packageName(), entry.kind(), entry.name()),
        language.testLabel(entry.packageName(), entry.kind(), entry.path()),
        entry.packageName(),
        entry.version(),
        entry.kind(),
        entry.name(),
        entry.path(),
        status,
        seconds,
        List.copyOf(cases),
        printed,
        errors);
  }

  /** The program itself as a test that failed. */
  private static TestCase ended(Entry entry, int status, String printed, String errors) {
    return new TestCase(
        entry.name(),
        Outcome.FAILED,
        // A shell says of a killed program 128 and the signal's number.
        status > 128
            ? "the program was killed by signal " + (status - 128)
            : "the program exited with status " + status,
        (printed.strip() + "\n" + errors.strip()).strip());
  }

  /** What a program printed, which need not be UTF-8. */
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private static void print(
      TestResult result,
      List<String> untested,
      Realisation.Counts counts,
      Duration duration,
      Console console) {
    for (TestProgram program : result.programs()) {
      if (!program.cases().isEmpty()) {
        console.info("  " + program.label() + ": " + summary(program, console));
      }
    }
    untested.forEach(member -> console.info("  " + member + ": nothing to test"));
    for (TestProgram program : result.programs()) {
      for (TestCase test : program.cases()) {
        if (test.outcome() == Outcome.FAILED) {
          console.info("");
          console.info(console.bad("failed") + ": " + program.label() + ": " + test.name());
          if (!test.output().contains(test.message())) {
            console.info("    " + test.message());
          }
          test.output().lines().forEach(line -> console.info("    " + line));
        }
      }
    }
    console.info(
        "Tests: "
            + result.count(Outcome.PASSED)
            + " passed, "
            + failed(result.count(Outcome.FAILED), console)
            + ", "
            + result.count(Outcome.IGNORED)
            + " ignored ("
            + (counts.built() == 0
                ? "nothing that they depend on has changed since they ran"
                : Console.elapsed(duration))
            + ")");
    if (result.programs().stream().allMatch(program -> program.cases().isEmpty())) {
      console.warn(
          "No test was run: "
              + (result.programs().isEmpty()
                  ? "there is no test program. A target whose required-features are off has none."
                  : "the test programs contain none, or the arguments filter all of them out."));
    }
  }

  private static String summary(TestProgram program, Console console) {
    int ignored = program.count(Outcome.IGNORED);
    return program.count(Outcome.PASSED)
        + " passed, "
        + failed(program.count(Outcome.FAILED), console)
        + (ignored == 0 ? "" : ", " + ignored + " ignored");
  }

  private static String failed(int count, Console console) {
    String text = count + " failed";
    return count == 0 ? text : console.bad(text);
  }
}
