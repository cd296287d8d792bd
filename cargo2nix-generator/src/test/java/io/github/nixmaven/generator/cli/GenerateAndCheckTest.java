package io.github.nixmaven.generator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.generator.cli.Cli.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("On the command line")
class GenerateAndCheckTest {
  @TempDir Path directory;

  @BeforeEach
  void workspace() throws Exception {
    Workspace.in(directory);
  }

  private Result run(String... arguments) throws Exception {
    return Cli.in(directory).run(arguments);
  }

  @Test
  @DisplayName("generate writes Cargo.nix here and says so once; check then finds it right")
  void generateAndCheck() throws Exception {
    assertThat(run("generate")).isEqualTo(new Result(0, "Wrote Cargo.nix: 3 crates\n", ""));
    assertThat(run("generate"))
        .isEqualTo(new Result(0, "Nothing changed: Cargo.nix pins 3 crates\n", ""));
    assertThat(run("check"))
        .isEqualTo(
            new Result(0, "Cargo.nix is up to date with Cargo.lock and the manifests\n", ""));
    assertThat(run("check", "--quiet")).isEqualTo(new Result(0, "", ""));
  }

  @Test
  @DisplayName("all commands look for Cargo.toml above, and take cargo's options for locks")
  void fromBelow() throws Exception {
    Path below = Files.createDirectories(directory.resolve("app/src/deep"));
    Path found = directory.toRealPath().resolve("app/Cargo.nix");
    assertThat(Cli.in(below).run("generate", "--locked", "--offline"))
        .isEqualTo(new Result(0, "Wrote " + found + ": 3 crates\n", ""));
    assertThat(Cli.in(below).run("check", "--frozen", "-q")).isEqualTo(new Result(0, "", ""));
    assertThat(Cli.in(below).run("graph", "--frozen").code()).isZero();
    assertThat(Cli.in(below).run("why", "lib", "--locked").code()).isZero();
    Path empty = Files.createTempDirectory("no-manifest");
    assertThat(Cli.in(empty).run("generate").err()).contains("Cargo.toml: no such file");
  }

  @Test
  @DisplayName("what goes to /dev/stdout is the file alone")
  void standardOutput() throws Exception {
    assertThat(run("generate").code()).isZero();
    Result result = run("generate", "-o", "/dev/stdout");
    assertThat(result)
        .isEqualTo(
            new Result(
                0,
                Files.readString(directory.resolve("Cargo.nix")),
                "Wrote /dev/stdout: 3 crates\n"));
  }

  @Test
  @DisplayName("generate takes crate2nix's names of options")
  void crate2nixNames() throws Exception {
    Path other = Files.createDirectory(directory.resolve("elsewhere"));
    assertThat(Cli.in(other).run("generate", "-f", "../Cargo.toml", "-o", "./x.nix").code())
        .isZero();
    assertThat(
            Cli.in(other).run("generate", "--cargo-toml", "../Cargo.toml", "--output=y.nix").code())
        .isZero();
    assertThat(other.resolve("x.nix")).hasSameTextualContentAs(other.resolve("y.nix"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "--nixpkgs-path=x, pass `pkgs` to Cargo.nix",
    "-h, crate-hashes.json beside the output",
    "--format=json, a Nix expression",
  })
  @DisplayName("generate says what replaces an option of crate2nix, and writes nothing")
  void crate2nixOptions(String option, String instead) throws Exception {
    Result result = run("generate", option, "value");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("is an option of crate2nix\n  ").contains(instead);
    assertThat(directory.resolve("Cargo.nix")).doesNotExist();
  }

  @Test
  @DisplayName("generate takes cargo's options for features, and several hosts and targets")
  void scope() throws Exception {
    assertThat(run("generate", "--all-features").code()).isZero();
    assertThat(run("check", "--selection", "all").code()).isZero();
    assertThat(run("generate", "--no-default-features", "-F", "fancy").code()).isZero();
    assertThat(run("check", "--selection", "fancy").code()).isZero();
    String arm = "aarch64-apple-darwin";
    assertThat(
            run("generate", "--features", "fancy", "--selection", "default", "--host", arm).code())
        .isZero();
    assertThat(directory.resolve("Cargo.nix"))
        .content()
        .containsPattern("selections = \\[\\s+\"default\"\\s+\"default,fancy\"\\s+];")
        .contains("hosts = [ \"" + arm + "\" ];");
    assertThat(run("check").err())
        .contains("cargo2nix-generator generate`")
        .contains("Cargo.nix is not up to date");
    assertThat(run("check", "--host", arm, "--selection", "default,fancy").err())
        .contains(
            "`cargo2nix-generator generate --host aarch64-apple-darwin --selection default,fancy`");
  }

  @Test
  @DisplayName("check names what changed, and the command that mends it works as it is printed")
  void stale() throws Exception {
    assertThat(run("generate", "--output", "out put.nix").code()).isZero();
    Path manifest = directory.resolve("lib/Cargo.toml");
    Files.writeString(manifest, Files.readString(manifest) + "more = []\n");

    Result stale = run("check", "--output", "out put.nix", "-q");
    assertThat(stale.code()).isEqualTo(1);
    assertThat(stale.out()).isEmpty();
    assertThat(stale.err())
        .isEqualTo(
            """
            out put.nix is not up to date with Cargo.lock and the manifests:
              lib 1.0.0: its manifest
              Run `cargo2nix-generator generate --output 'out put.nix'` and commit the result.
            """);

    assertThat(run("generate", "--output", "out put.nix"))
        .isEqualTo(
            new Result(
                0, "Wrote out put.nix: 3 crates\n  changed lib 1.0.0: another manifest\n", ""));
    assertThat(run("check", "--output", "out put.nix").code()).isZero();
  }

  @Test
  @DisplayName("check names the settings of cargo's configuration that changed, and no others")
  void configuration() throws Exception {
    Path file = Files.createDirectories(directory.resolve(".cargo")).resolve("config.toml");
    Files.writeString(
        file, "[env]\nA = \"1\"\nB = \"1\"\nC = \"1\"\n[build]\nrustflags = \"-g\"\n");
    assertThat(run("generate").code()).isZero();
    Files.writeString(
        file,
        "[env]\nC = \"1\"\nA = \"2\"\nD = \"1\"\n[profile.release]\nlto = false\n"
            + "[build]\nrustflags = \"-g\"\n[term]\nquiet = true\n");

    Path place = directory.toRealPath().resolve(".cargo/config.toml");
    assertThat(run("check").err().lines().skip(1).limit(4))
        .containsExactly(
            "  " + place + ":3:1: `env.A`",
            "  " + place + ":4:1: `env.D`",
            "  " + place + ":5:1: `profile.release`",
            "  `env.B` is not set any more");
    assertThat(run("generate").code()).isZero();
    assertThat(run("check").code()).isZero();
  }

  @Test
  @DisplayName("Targets are those of cargo's configuration, unless some are named")
  void configuredTargets() throws Exception {
    Path file = Files.createDirectories(directory.resolve(".cargo")).resolve("config.toml");
    Files.writeString(file, "[build]\ntarget = \"wasm32-unknown-unknown\"\n");
    assertThat(run("generate")).isEqualTo(new Result(0, "Wrote Cargo.nix: 3 crates\n", ""));
    assertThat(directory.resolve("Cargo.nix"))
        .content()
        .contains("targets = [ \"wasm32-unknown-unknown\" ];");
    assertThat(run("check").code()).isZero();

    Files.writeString(file, "[build]\ntarget = [\"wasm32-wasip1\"]\n");
    Path place = directory.toRealPath().resolve(".cargo/config.toml");
    assertThat(run("check").err())
        .contains("\n  " + place + ":2:1: `build.target`\n")
        .contains("`cargo2nix-generator generate`");
    assertThat(Cli.in(directory).with("CARGO_BUILD_TARGET", "x86_64-apple-darwin").run("generate"))
        .isEqualTo(new Result(0, "Wrote Cargo.nix: 3 crates\n", ""));
    assertThat(directory.resolve("Cargo.nix"))
        .content()
        .containsPattern("targets = \\[\\s+\"wasm32-wasip1\"\\s+\"x86_64-apple-darwin\"\\s+];");

    assertThat(run("generate", "--target", "x86_64-unknown-linux-gnu").code()).isZero();
    assertThat(run("check").err()).contains(place + ":2:1: `build.target`");
    assertThat(run("check", "--target", "x86_64-unknown-linux-gnu").code()).isZero();

    Files.writeString(file, "[build]\ntarget = \"my-board.json\"\n");
    assertThat(run("generate").err())
        .startsWith(place + ":2:1: rustc has no target named `my-board.json`");
  }

  @Test
  @DisplayName("A relative path that leads out of the directory of Cargo.nix is refused")
  void outside() throws Exception {
    Path file = Files.createDirectories(directory.resolve(".cargo")).resolve("config.toml");
    Files.writeString(file, "[env]\nTOOLS = { value = \"../tools\", relative = true }\n");
    Result result = run("generate");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains(".cargo/config.toml:2:1: `env.TOOLS` is " + directory.toRealPath().getParent());
    assertThat(directory.resolve("Cargo.nix")).doesNotExist();
  }

  @Test
  @DisplayName("A missing Cargo.nix is stale")
  void missing() throws Exception {
    Result result = run("check");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("Cargo.nix does not exist").contains("generate`");
  }

  @Test
  @DisplayName("A user's mistake is one message with its place and the way out, and no stack trace")
  void mistakes() throws Exception {
    Path lock = directory.resolve("Cargo.lock");
    Files.writeString(directory.resolve("lib/Cargo.toml"), "[package\n");
    Result garbage = run("generate");
    assertThat(garbage.code()).isEqualTo(2);
    assertThat(garbage.out()).isEmpty();
    assertThat(garbage.err().lines().toList()).hasSize(2);
    assertThat(garbage.err())
        .startsWith(directory.toRealPath().resolve("lib/Cargo.toml") + ":1:")
        .contains("not valid TOML");

    Workspace.in(directory);
    Files.delete(lock);
    Result unlocked = run("generate");
    assertThat(unlocked.code()).isEqualTo(2);
    assertThat(unlocked.err()).contains("Cargo.lock: no such file").doesNotContain("\tat ");

    Result nowhere = run("check", "--manifest-path", "nowhere/Cargo.toml");
    assertThat(nowhere.code()).isEqualTo(2);
    assertThat(nowhere.err()).contains("no such file").contains("--manifest-path");
  }

  @Test
  @DisplayName("A target that rustc does not know is a mistake; near ones are named")
  void target() throws Exception {
    Result result = run("generate", "--target", "x86_64-unknown-linux");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("`x86_64-unknown-linux-gnu`");
  }

  @Test
  @DisplayName("A disk that cannot be written is a fault, not a mistake")
  void fault() throws Exception {
    Files.writeString(directory.resolve("file"), "");
    Result result = run("generate", "--output", "file/Cargo.nix");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.err()).contains("file").doesNotContain("\tat ");
  }

  @Test
  @DisplayName("Wrong arguments are a mistake; near ones are named")
  void usage() throws Exception {
    assertThat(run()).matches(result -> result.code() == 2 && result.err().contains("Usage:"));
    assertThat(run("genrate").err()).startsWith("there is no `genrate`; did you mean `generate`?");
    Result option = run("check", "--outpt", "x");
    assertThat(option.code()).isEqualTo(2);
    assertThat(option.err())
        .isEqualTo(
            "there is no `--outpt`; did you mean `--output`?\n"
                + "  See `cargo2nix-generator check --help`.\n");
  }

  @Test
  @DisplayName("Help, version and a completion script go to the standard output")
  void help() throws Exception {
    assertThat(run("--help").out()).contains("generate", "check", "graph", "why", "Exit codes");
    assertThat(run("generate", "--help").out()).contains("--manifest-path", "--cargo-toml");
    assertThat(run("--version").out()).startsWith("cargo2nix-generator ");
    Path script = directory.resolve("completion");
    Files.writeString(script, run("generate-completion").out());
    assertThat(new ProcessBuilder("bash", "-n", script.toString()).start().waitFor()).isZero();
  }

  @Test
  @DisplayName("Colours are for terminals that want them")
  void colours() throws Exception {
    assertThat(run("check").err()).doesNotContain("\u001b");
    assertThat(Cli.in(directory).runOnTerminal("check"))
        .matches(result -> result.code() == 1)
        .matches(result -> result.out().contains("\u001b[1;31mCargo.nix is not up to date"));
    assertThat(Cli.in(directory).with("NO_COLOR", "1").runOnTerminal("check").out())
        .doesNotContain("\u001b");
    assertThat(Cli.in(directory).with("TERM", "dumb").runOnTerminal("check").out())
        .doesNotContain("\u001b");
  }
}
