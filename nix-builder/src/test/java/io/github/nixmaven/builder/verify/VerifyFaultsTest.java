package io.github.nixmaven.builder.verify;

import static io.github.nixmaven.builder.realise.HandMadeProject.natively;
import static io.github.nixmaven.builder.realise.HandMadeProject.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.language.Cause;
import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.realise.HandMadeProject;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.realise.SmallDisk;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Faults of Nix, of the machine and of the disk, which are not verdicts. */
class VerifyFaultsTest extends VerifyFixture {
  @Test
  @DisplayName("a check that Nix calls good without having rebuilt anything is not believed")
  void silentPass() throws Exception {
    Preparation prepared = HandMadeProject.app("echo > $out");
    verify(prepared);
    Preparation silent =
        with(prepared, new Command(nixWhoseChecksDoNothing(), System.getenv()), prepared.options());

    VerifyResult result = verify(silent);

    assertThat(result.outcome()).isEqualTo(VerifyResult.Outcome.CANNOT_TELL);
    assertThat(result.isIdentical()).isFalse();
    assertThat(result.outputs()).isEmpty();
    assertThat(result.problems())
        .contains(
            "a derivation that depends on the clock passes although that is varied:"
                + " Nix did not report a rebuild");
    assertThat(report().get("outcome").asText()).isEqualTo("cannot_tell");
    assertThat(console.lines()).contains("Cannot tell whether the build is reproducible:");
  }

  @Test
  @DisplayName("a check that ends in a way that says nothing is a fault, not a verdict")
  void brokenCheck() throws Exception {
    Preparation prepared = HandMadeProject.app("echo > $out");
    verify(prepared);
    List<String> options = new ArrayList<>(prepared.options().arguments());
    options.addAll(List.of("--option", "build-users-group", "no-such-group"));
    Preparation broken = with(prepared, prepared.nix(), NixFixture.options(options));

    assertThatThrownBy(() -> verify(broken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot tell whether the build is reproducible")
        .hasMessageContaining("no-such-group");
  }

  @Test
  @DisplayName("a rebuild that does not end is ended, its processes with it, and counts as failed")
  void stuck() throws Exception {
    String sleep = "sleep 61" + (System.nanoTime() % 1000);
    Preparation prepared =
        new HandMadeProject()
            .with(
                "app",
                unit("app", "1.0.0", "product"),
                "[[ $PWD == /build ]] || " + sleep + "; echo > $out",
                "")
            .with("calm", unit("calm", "1.0.0", "product"), "echo > $out", "")
            .member("app")
            .member("calm")
            .prepare();

    VerifyResult result = verify(prepared, Duration.ofSeconds(15), null);

    assertThat(result.outcome()).isEqualTo(VerifyResult.Outcome.FAILED);
    OutputResult app = output(result, "app");
    assertThat(app.verdict()).isEqualTo(OutputResult.Verdict.FAILED);
    assertThat(app.causes()).containsExactly(Cause.PATH);
    assertThat(app.reason())
        .isEqualTo("nix-store took longer than 15 s and was stopped (depends on the build path)");
    assertThat(output(result, "calm").verdict()).isEqualTo(OutputResult.Verdict.IDENTICAL);
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(each -> each.info().commandLine().orElse("").contains(sleep));
  }

  @Test
  @DisplayName("a rebuild whose log outgrows Nix's limit has failed, and is not taken for equal")
  void fullLog() throws Exception {
    Preparation prepared = HandMadeProject.app("[[ $PWD == /build ]] || seq 100000; echo > $out");
    Preparation limited =
        with(prepared, prepared.nix(), prepared.options().with("max-build-log-size", "10000"));

    OutputResult app = output(verify(limited), "app");

    assertThat(app.verdict()).isEqualTo(OutputResult.Verdict.FAILED);
    assertThat(app.reason()).contains("more than 10000 bytes of log output");
  }

  @Test
  @DisplayName(
      "where Nix is configured to build on other machines, rebuilds are made here all the same")
  void remoteBuilders() throws Exception {
    Preparation prepared =
        HandMadeProject.one("random", unit("random", "0.2.0", "product"), RANDOM);
    Preparation remote =
        with(
            prepared,
            prepared
                .nix()
                .in(
                    List.of(),
                    Map.of(
                        "NIX_CONFIG",
                        "builders = ssh://nowhere.invalid x86_64-linux\nmax-jobs = 0\n"),
                    Duration.ofMinutes(5)),
            prepared.options());

    assertThat(output(verify(remote), "random").causes()).containsExactly(Cause.RANDOM);
  }

  @Test
  @DisplayName("a report that could not be written is refused before anything is built")
  void noPlaceForTheReport() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    VerifyRequest request = request(file.resolve("verify.json"), Duration.ofMinutes(5), null);

    assertThatThrownBy(() -> new VerifyService().verify(request, console.plain()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            file.resolve("verify.json")
                + ": the file cannot be written: "
                + file
                + " is not a directory");
    assertThat(console.lines()).isEmpty();
  }

  @Test
  @DisplayName(
      "a disk that fills with what differs fails with its place; an earlier report stays, and no"
          + " part of a copy")
  void noRoomForCopies() throws Exception {
    Preparation prepared = HandMadeProject.app("head -c 3000000 /dev/urandom > $out");
    Path output = Path.of(HandMadeProject.output(prepared, "app"));
    Path work = folder.resolve("target/nix");
    try (SmallDisk disk = SmallDisk.mount(work, "2m")) {
      Files.writeString(work.resolve("verify.json"), "earlier");

      assertThatThrownBy(() -> verify(prepared))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(
              "cannot keep the other build of " + output + " in " + work.resolve("rebuilt"))
          .hasMessageContaining("No space left on device");
      assertThat(work.resolve("verify.json")).hasContent("earlier");
      assertThat(work.resolve("rebuilt")).doesNotExist();
    }
    assertThat(output).exists();
    assertThat(Path.of(output + ".check")).doesNotExist();
  }

  @Test
  @DisplayName("a rebuild that finds its disk full is a fault of the machine, not of the crate")
  void noRoomForTheRebuild() throws Exception {
    Preparation prepared =
        HandMadeProject.app(
            "[[ $PWD == /build ]] || head -c 3000000 /dev/zero > /dev/shm/large; echo > $out");
    Preparation small =
        with(prepared, prepared.nix(), prepared.options().with("sandbox-dev-shm-size", "1m"));

    assertThatThrownBy(() -> verify(small))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot tell whether the build is reproducible: No space left")
        .hasMessageContaining(prepared.project().members().get(natively("app")).path());
    assertThat(folder.resolve("target/nix/verify.json")).doesNotExist();
  }

  @Test
  @DisplayName("a disk without room for the report fails with its name; an earlier one stays")
  void noRoomForTheReport() throws Exception {
    Preparation prepared =
        HandMadeProject.one("random", unit("random", "0.2.0", "product"), RANDOM);
    Path place = folder.resolve("disk");
    try (SmallDisk disk = SmallDisk.mount(place, "64k")) {
      Path report = Files.writeString(place.resolve("verify.json"), "earlier");
      disk.fill();

      assertThatThrownBy(() -> verify(prepared, request(report, Duration.ofMinutes(5), null)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot write " + report + ": No space left on device");
      assertThat(report).hasContent("earlier");
      try (Stream<Path> files = Files.list(place)) {
        assertThat(files).hasSize(2);
      }
    }
    assertThat(folder.resolve("target/nix/rebuilt")).doesNotExist();
  }

  @Test
  @DisplayName(
      "a canary that cannot differ makes the result worthless, however equal everything else is")
  void deafCanary() throws Exception {
    Preparation prepared = HandMadeProject.app("echo > $out");
    verify(prepared);
    // As where nix.conf or a daemon has the last word on where builds run.
    Preparation fixed =
        with(prepared, new Command(nixThatBuildsIn("/build"), System.getenv()), prepared.options());

    VerifyResult result = verify(fixed);

    assertThat(result.outcome()).isEqualTo(VerifyResult.Outcome.CANNOT_TELL);
    assertThat(console.lines()).anyMatch(line -> line.contains("`trusted-users = root "));
    assertThat(result.problems())
        .containsExactly(
            "a derivation that depends on the build path passes although that is varied: its"
                + " rebuild was identical");
  }
}
