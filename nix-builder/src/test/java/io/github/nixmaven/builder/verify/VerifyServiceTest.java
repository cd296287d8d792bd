package io.github.nixmaven.builder.verify;

import static io.github.nixmaven.builder.realise.HandMadeProject.natively;
import static io.github.nixmaven.builder.realise.HandMadeProject.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.realise.HandMadeProject;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.realise.Realisation;
import io.github.nixmaven.builder.verify.inspect.Note;
import io.github.nixmaven.builder.verify.inspect.Scan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VerifyServiceTest extends VerifyFixture {
  @Test
  @DisplayName(
      "a deterministic project is identical, and the report names every output with its hash")
  void clean() throws Exception {
    Preparation prepared =
        new HandMadeProject()
            .with("helper", unit("helper", "0.1.0", "library"), "echo helped > $out", "")
            .with("app", unit("app", "1.0.0", "product"), "cat $helper > $out", "inherit helper;")
            .member("app")
            .prepare();

    VerifyResult result = verify(prepared);

    assertThat(result.isIdentical()).isTrue();
    assertThat(console.lines())
        .contains("  built app 1.0.0 (2 of 2)")
        // Both are rebuilt at once.
        .anyMatch(line -> line.matches("  rebuilding app 1\\.0\\.0 \\([12] of 2\\)"))
        .anyMatch(
            line -> line.matches("2 crates rebuilt, 2 identical \\(2 derivations, \\d+\\.\\d s\\)"))
        .contains("Tried: " + result.tried() + ".");
    JsonNode report = report();
    assertThat(report.get("identical").asBoolean()).isTrue();
    assertThat(report.get("outputs")).hasSize(2);
    JsonNode app = report.get("outputs").get(1);
    Derivation derivation = prepared.project().members().get(natively("app"));
    assertThat(app.get("name").asText()).isEqualTo("app");
    assertThat(app.get("version").asText()).isEqualTo("1.0.0");
    assertThat(app.get("derivation").asText()).isEqualTo(derivation.path());
    assertThat(app.get("verdict").asText()).isEqualTo("identical");
    String output = derivation.outputPaths().get(0);
    assertThat(app.get("narSize").asText())
        .isEqualTo(NixFixture.nix().capture("nix-store", List.of("--query", "--size", output)));
    assertThat(app.get("narHash").asText()).startsWith("sha256-");
  }

  @Test
  @DisplayName(
      "of a chain only the crates that differ by themselves are blamed, with file, offset and command")
  void random() throws Exception {
    Preparation prepared =
        new HandMadeProject()
            .with("random", unit("random", "0.2.0", "script-run"), RANDOM, "")
            .with("middle", unit("middle", "0.2.0", "library"), RANDOM, "inherit random;")
            .with("app", unit("app", "1.0.0", "product"), "cp -r $middle $out", "inherit middle;")
            .member("app")
            .prepare();
    String output = prepared.project().closure().values().iterator().next().outputPaths().get(0);

    VerifyResult result = verify(prepared);

    assertThat(result.outputs())
        .extracting(OutputResult::verdict)
        .containsExactly(
            OutputResult.Verdict.DIFFERENT,
            OutputResult.Verdict.DIFFERENT,
            OutputResult.Verdict.IDENTICAL);
    Path copy = folder.resolve("target/nix/rebuilt").resolve(Path.of(output).getFileName());
    assertThat(console.lines())
        .anyMatch(line -> line.startsWith("3 crates rebuilt, 1 identical, 2 not (3 derivations"))
        .anyMatch(
            line ->
                line.matches(
                    "  different: random 0\\.2\\.0 \\(build script's run\\): depends on chance: b: differs from byte 500\\d on"))
        .contains("    To investigate: diffoscope " + output + " " + copy);
    assertThat(Files.mismatch(Path.of(output, "b"), copy.resolve("b"))).isBetween(5000L, 5007L);
    assertThat(copy.resolve("b")).isWritable();
    JsonNode first = report().get("outputs").get(0);
    assertThat(first.get("firstDifference").get("file").asText()).isEqualTo("b");
    assertThat(first.get("firstDifference").get("offset").asLong()).isBetween(5000L, 5007L);
    assertThat(first.get("rebuilt").get("narHash").asText())
        .isNotEqualTo(first.get("narHash").asText());
    assertThat(report().get("identical").asBoolean()).isFalse();
  }

  @Test
  @DisplayName("no second output and no build folder is left behind")
  void nothingIsLeft() throws Exception {
    Preparation prepared =
        HandMadeProject.one("random", unit("residue", "0.2.0", "product"), RANDOM);
    verify(prepared);

    String output = HandMadeProject.output(prepared, "random");
    assertThat(Path.of(output)).exists();
    assertThat(Path.of(output + ".check")).doesNotExist();
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(files).noneMatch(file -> file.toString().contains("rust-residue"));
    }
  }

  @Test
  @DisplayName("a second output that an earlier run left is not taken for a difference")
  void leftover() throws Exception {
    Preparation prepared =
        HandMadeProject.one("app", unit("leftover", "1.0.0", "product"), "echo > $out");
    verify(prepared);
    Files.writeString(Path.of(HandMadeProject.output(prepared, "app") + ".check"), "old");

    assertThat(verify(prepared).isIdentical()).isTrue();
  }

  @Test
  @DisplayName(
      "a crate that does not build a second time fails the verification, with Nix's reason")
  void failsTheSecondTime() throws Exception {
    Preparation prepared = HandMadeProject.app("echo > $out; [[ ! -e /probe ]]");
    verify(prepared);
    List<String> options = new ArrayList<>(prepared.options().arguments());
    int paths = options.indexOf("sandbox-paths") + 1;
    options.set(paths, options.get(paths) + " /probe=" + NixFixture.sysroot());
    Preparation other = with(prepared, prepared.nix(), NixFixture.options(options));

    OutputResult output = verify(other).outputs().get(0);

    assertThat(output.verdict()).isEqualTo(OutputResult.Verdict.FAILED);
    assertThat(output.reason()).contains("failed with exit code 1");
  }

  @Test
  @DisplayName("an output that was changed in the store is damaged, though its rebuild is right")
  void damaged() throws Exception {
    Preparation prepared = HandMadeProject.app("echo right > $out");
    verify(prepared);
    Path output = Path.of(HandMadeProject.output(prepared, "app"));
    Files.writeString(output, "wrong");

    assertThat(verify(prepared).outputs().get(0).verdict()).isEqualTo(OutputResult.Verdict.DAMAGED);
  }

  @Test
  @DisplayName("an output that was deleted is built first; what a download yields is not rebuilt")
  void deletedAndFixed() throws Exception {
    Preparation prepared =
        new HandMadeProject()
            .with(
                "source",
                "source",
                "echo fixed > $out",
                "outputHashMode = \"flat\"; outputHashAlgo = \"sha256\"; outputHash ="
                    + " builtins.hashString \"sha256\" \"fixed\\n\";")
            .with("app", unit("app", "1.0.0", "product"), "cat $source > $out", "inherit source;")
            .member("app")
            .prepare();
    assertThat(verify(prepared).outputs()).hasSize(1);
    String output = HandMadeProject.output(prepared, "app");
    NixFixture.nix()
        .capture(
            "nix-store",
            Stream.concat(prepared.options().arguments().stream(), Stream.of("--delete", output))
                .toList());

    VerifyResult result = verify(prepared);

    assertThat(result.isIdentical()).isTrue();
    assertThat(result.outputs()).extracting(OutputResult::output).containsExactly(output);
    assertThat(result.builds()).isEqualTo(1);
  }

  @Test
  @DisplayName("a crate that the policy allows may differ, with the reason said")
  void allowed() throws Exception {
    Preparation prepared = ofRandomParts();
    Path policy = policy(allow("random", "2026-12-01", "issue 7"));

    VerifyResult result = verify(prepared, Duration.ofMinutes(5), policy);

    assertThat(result.outcome()).isEqualTo(VerifyResult.Outcome.PASSED);
    assertThat(result.isIdentical()).isFalse();
    assertThat(console.lines())
        .anyMatch(line -> line.startsWith("  allowed until 2026-12-01: random 0.2.0"))
        .contains("    issue 7 (" + policy + ":2:1)");
    assertThat(report().get("outputs").get(0).get("allowed").get("reason").asText())
        .isEqualTo("issue 7");
    JsonNode entry = report().get("policy").get(0);
    assertThat(entry.get("package").asText()).isEqualTo("random");
    assertThat(entry.get("until").asText()).isEqualTo("2026-12-01");
    assertThat(entry.get("state").asText()).isEqualTo("needed");
  }

  @Test
  @DisplayName(
      "what has expired in the policy allows nothing, and what nothing needs fails the"
          + " verification, too")
  void refused() throws Exception {
    Preparation prepared =
        new HandMadeProject()
            .with("random", unit("random", "0.2.0", "script-run"), RANDOM, "")
            .with("calm", unit("calm", "1.0.0", "product"), "echo > $out", "inherit random;")
            .member("calm")
            .prepare();
    Path policy =
        policy(allow("random", "2026-11-01", "issue 7") + allow("calm", "2026-12-01", "issue 8"));

    VerifyResult result = verify(prepared, Duration.ofMinutes(5), policy);

    assertThat(result.outcome()).isEqualTo(VerifyResult.Outcome.FAILED);
    assertThat(result.headline()).isEqualTo("The build is not reproducible");
    assertThat(result.problems())
        .hasSize(3)
        .anyMatch(problem -> problem.startsWith("random 0.2.0"))
        .anyMatch(problem -> problem.startsWith(policy + ":2:1: `random` was allowed"))
        .anyMatch(
            problem ->
                problem.startsWith(
                    policy + ":6:1: `calm` is allowed to differ but is reproducible"));
    assertThat(console.lines())
        .anyMatch(line -> line.startsWith("  policy: " + policy + ":2:1: `random` was allowed"));
    assertThat(report().get("outcome").asText()).isEqualTo("failed");
    assertThat(report().get("policy").get(0).get("state").asText()).isEqualTo("expired");
    assertThat(report().get("policy").get(1).get("state").asText()).isEqualTo("not_needed");
  }

  @Test
  @DisplayName("a policy that does not fit fails a build in which nothing differs, and says so")
  void policyAlone() throws Exception {
    Preparation prepared =
        HandMadeProject.one("calm", unit("calm", "1.0.0", "product"), "echo > $out");
    Path policy = policy(allow("calm", "2026-12-01", "issue 8"));

    VerifyResult result = verify(prepared, Duration.ofMinutes(5), policy);

    assertThat(result.isIdentical()).isTrue();
    assertThat(result.outcome()).isEqualTo(VerifyResult.Outcome.FAILED);
    assertThat(result.headline()).isEqualTo("The policy does not fit the build");
  }

  @Test
  @DisplayName("a second store is built in and compared with where one is named")
  void secondStore() throws Exception {
    Preparation prepared = ofRandomParts();
    Path store = folder.resolve("store");

    VerifyResult result =
        verify(
            prepared,
            new VerifyRequest(
                HandMadeProject.settings(folder),
                folder.resolve("target/nix/verify.json"),
                null,
                Duration.ofMinutes(5),
                false,
                store));

    assertThat(result.tried()).contains("one build of everything in another store");
    assertThat(result.problems())
        .contains(
            "random 0.2.0 (build script's run): differs in "
                + store
                + ", although all inputs are identical");
    assertThat(report().get("otherStore").get("compared").asInt()).isEqualTo(2);
    assertThat(report().get("otherStore").get("differences").get(0).get("verdict").asText())
        .isEqualTo("root");
    assertThat(console.lines()).contains("2 outputs compared with " + store + ", 2 not");
  }

  @Test
  @DisplayName("times, build paths and the kernel's release in an output are noted, and no failure")
  void notes() throws Exception {
    Preparation prepared =
        HandMadeProject.app(
            "mkdir $out; echo \"made $(date +%F)\" > $out/date; echo $(date +%s) > $out/epoch;"
                + " echo from $PWD/source > $out/path; uname -r > $out/kernel; echo"
                + " /nix/store/x-build/build > $out/other");
    Realisation.realise(
        prepared, List.copyOf(prepared.project().closure().values()), console.plain());
    Path output = Path.of(HandMadeProject.output(prepared, "app"));

    List<Note> notes = Scan.of(output, Scan.hosts());

    assertThat(notes)
        .extracting(Note::file, Note::kind, Note::offset)
        .containsExactly(
            tuple("date", Note.Kind.TIME, 5L),
            tuple("epoch", Note.Kind.TIME, 0L),
            tuple("kernel", Note.Kind.HOST, 0L),
            tuple("path", Note.Kind.BUILD_PATH, 5L));
    assertThat(notes.get(3).text()).isEqualTo("from /build/source");
  }
}
