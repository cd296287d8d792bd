package io.github.nixmaven.builder.realise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.nix.NixFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The environment that the builder gives build scripts for {@code aarch64-apple-darwin}, taken from
 * a real build script's run, and the real crate cc in it. Where the facts about the target were
 * written by hand, with {@code env = "gnu"}, cc 1.2.40 to 1.2.44 refused it.
 */
@DisplayName("The environment of a build script for an Apple target")
class AppleEnvironmentTest {
  private static final String TARGET = "aarch64-apple-darwin";

  @TempDir private static Path folder;
  private static Map<String, String> given;

  @BeforeAll
  static void runBuildScript() throws Exception {
    Path crate = Files.createDirectories(folder.resolve("crate"));
    Files.writeString(crate.resolve("lib.rs"), "");
    Files.writeString(
        crate.resolve("build.rs"),
        """
        fn main() {
            let all: Vec<String> = std::env::vars().map(|(k, v)| format!("{k}={v}")).collect();
            let folder = std::env::var("OUT_DIR").unwrap();
            std::fs::write(folder + "/environment", all.join("\\0")).unwrap();
        }
        """);
    Path library = Path.of("../nix").toRealPath();
    String expression =
        """
        (import %s/rust (import %s/platform/debian.nix { sysroot = builtins.storePath "%s"; }) {
          crateName = "dump";
          version = "1.0.0";
          edition = "2021";
          build = "build.rs";
          libPath = "lib.rs";
          src = %s;
          path = ".";
          target = "%s";
        }).buildScript
        """
            .formatted(library, library, NixFixture.sysroot(), crate, TARGET);
    String derivation = NixFixture.instantiate(expression).get(0);
    NixFixture.realise(List.of(), List.of(derivation));
    Path output = Path.of(Derivation.read(derivation).outputPaths().get(0));
    given = new TreeMap<>();
    for (String variable : Files.readString(output.resolve("out/environment")).split("\0")) {
      given.put(
          variable.substring(0, variable.indexOf('=')),
          variable.substring(variable.indexOf('=') + 1));
    }
    // What cc asks of the machine: an archiver, a compiler, and Apple's SDK.
    program("fake-cc", "echo \"$@\" >> \"$CALLS\"; for last; do :; done; touch \"$last\"");
    program("fake-ar", "touch \"$2\"");
    Files.createDirectories(folder.resolve("MacOSX.sdk"));
  }

  private static void program(String name, String script) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  @DisplayName("has rustc's facts about the target, and none about this machine")
  void facts() {
    assertThat(given)
        .containsEntry("TARGET", TARGET)
        .containsEntry("HOST", "x86_64-unknown-linux-gnu")
        .containsEntry("CARGO_CFG_TARGET_OS", "macos")
        .containsEntry("CARGO_CFG_TARGET_VENDOR", "apple")
        .containsEntry("CARGO_CFG_TARGET_ENV", "")
        .containsEntry("CARGO_CFG_TARGET_ABI", "")
        .containsEntry("CARGO_CFG_TARGET_ARCH", "aarch64");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2.25", "1.2.39", "1.2.40", "1.2.43", "1.2.44", "1.2.45"})
  @DisplayName("is accepted by cc, which compiles for the target")
  void accepted(String version) throws Exception {
    Run run = compileWith(version, given);

    assertThat(run.status).as(run.output).isZero();
    assertThat(run.calls).contains("-arch arm64 -mmacosx-version-min=", "answer.c");
  }

  @Test
  @DisplayName("would not be accepted by cc 1.2.40 with a fact that is not rustc's")
  void wrongFact() throws Exception {
    Map<String, String> wrong = new TreeMap<>(given);
    wrong.put("CARGO_CFG_TARGET_ENV", "gnu");

    Run run = compileWith("1.2.40", wrong);

    assertThat(run.status).isNotZero();
    assertThat(run.output).contains("invalid Apple target OS");
  }

  /** What a build script with cc did: how it ended, what it printed, how it called the compiler. */
  private record Run(int status, String output, String calls) {}

  private static Run compileWith(String version, Map<String, String> environment) throws Exception {
    Path script = Files.createDirectories(folder.resolve("cc-" + version + "/src")).getParent();
    Files.writeString(
        script.resolve("Cargo.toml"),
        """
        [package]
        name = "script"
        version = "1.0.0"
        edition = "2021"
        [dependencies]
        cc = "=%s"
        """
            .formatted(version));
    Files.writeString(
        script.resolve("src/main.rs"),
        "fn main() { cc::Build::new().file(\"answer.c\").compile(\"answer\"); }");
    Files.writeString(script.resolve("answer.c"), "int answer(void) { return 42; }");
    Result built =
        run(
            script,
            null,
            List.of("cargo", "build", "--target-dir", folder.resolve("target").toString()));
    assertThat(built.status).as(built.output).isZero();
    Path calls = script.resolve("calls");
    Map<String, String> all = new TreeMap<>(environment);
    all.put("OUT_DIR", Files.createDirectories(script.resolve("out")).toString());
    all.put("PATH", "/usr/bin:/bin");
    all.put("CALLS", calls.toString());
    all.put("CC_aarch64_apple_darwin", folder.resolve("fake-cc").toString());
    all.put("AR_aarch64_apple_darwin", folder.resolve("fake-ar").toString());
    all.put("SDKROOT", folder.resolve("MacOSX.sdk").toString());
    Result ran = run(script, all, List.of(folder.resolve("target/debug/script").toString()));
    return new Run(ran.status, ran.output, Files.exists(calls) ? Files.readString(calls) : "");
  }

  private record Result(int status, String output) {}

  private static Result run(Path directory, Map<String, String> environment, List<String> command)
      throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command))
            .directory(directory.toFile())
            .redirectErrorStream(true);
    if (environment != null) {
      builder.environment().clear();
      builder.environment().putAll(environment);
    }
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), output);
  }
}
