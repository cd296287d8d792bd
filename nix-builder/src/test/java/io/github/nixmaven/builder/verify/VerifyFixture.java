package io.github.nixmaven.builder.verify;

import static io.github.nixmaven.builder.realise.HandMadeProject.unit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.nix.HermeticOptions;
import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.realise.HandMadeProject;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.realise.RecordingConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Something that was built, and a service to rebuild it. */
abstract class VerifyFixture {
  static final String RANDOM =
      "mkdir $out; echo same > $out/a; head -c 5000 /dev/zero > $out/b; head -c 8 /dev/urandom >> $out/b";

  final RecordingConsole console = new RecordingConsole();
  @TempDir Path folder;

  static OutputResult output(VerifyResult result, String crate) {
    return result.outputs().stream()
        .filter(each -> crate.equals(each.unit().packageName()))
        .findFirst()
        .orElseThrow();
  }

  /** What differs, and what is made of it. */
  static Preparation ofRandomParts() throws Exception {
    return new HandMadeProject()
        .with("random", unit("random", "0.2.0", "script-run"), RANDOM, "")
        .with("app", unit("app", "1.0.0", "product"), "cp -r $random $out", "inherit random;")
        .member("app")
        .prepare();
  }

  Path policy(String entries) throws Exception {
    return Files.writeString(folder.resolve("reproducibility.toml"), entries);
  }

  static String allow(String crate, String until, String reason) {
    return "[[allow]]\ncrate = \"%s\"\nuntil = \"%s\"\nreason = \"%s\"\n"
        .formatted(crate, until, reason);
  }

  static Preparation with(Preparation prepared, Command nix, HermeticOptions options) {
    return new Preparation(
        nix,
        options,
        prepared.library(),
        prepared.sysroot(),
        prepared.project(),
        prepared.directory(),
        prepared.warning(),
        NixFixture.CONTEXT);
  }

  /** Real Nix but for checks, which succeed at once, as they do with a remote builder. */
  Path nixWhoseChecksDoNothing() throws IOException {
    return nixThat("case \" $* \" in *\" --check \"*) exit 0;; esac", "");
  }

  /** Real Nix but for the folder of builds. */
  Path nixThatBuildsIn(String folder) throws IOException {
    return nixThat("", "--option sandbox-build-dir " + folder);
  }

  Path nixThat(String first, String options) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String command : List.of("nix-instantiate", "nix-store")) {
      Path script = bin.resolve(command);
      Files.writeString(
          script, "#!/bin/sh\n" + first + "\nexec " + command + " \"$@\" " + options + "\n");
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }
    return bin;
  }

  VerifyResult verify(Preparation prepared) throws Exception {
    return verify(prepared, Duration.ofMinutes(5), null);
  }

  VerifyResult verify(Preparation prepared, Duration limit, Path policy) throws Exception {
    return verify(prepared, request(folder.resolve("target/nix/verify.json"), limit, policy));
  }

  VerifyResult verify(Preparation prepared, VerifyRequest request) throws Exception {
    return new VerifyService()
        .verify(
            request,
            Policy.read(request.policy(), "crate", LocalDate.parse("2026-11-21")),
            prepared,
            console.plain());
  }

  VerifyRequest request(Path report, Duration limit, Path policy) {
    return new VerifyRequest(HandMadeProject.settings(folder), report, policy, limit, false, null);
  }

  JsonNode report() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("target/nix/verify.json").toFile());
  }
}
