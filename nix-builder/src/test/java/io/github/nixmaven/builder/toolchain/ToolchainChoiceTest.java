package io.github.nixmaven.builder.toolchain;

import static io.github.nixmaven.builder.rust.TestCrate.crate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.rust.Rust;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The toolchain of a project")
class ToolchainChoiceTest {
  private static final String TAKES = ". The plugin has 1.85.1 and 1.97.1, and takes ";
  private static final String PINS = ". `mvn nix:toolchain` pins another";

  @TempDir Path root;
  private Path project;

  @BeforeEach
  void project() throws Exception {
    project = Files.createDirectories(root.resolve("a/b"));
  }

  private ToolchainChoice choose(String... compilers) throws Exception {
    return ToolchainChoice.of(
        null,
        Rust.LANGUAGE,
        project,
        Arrays.stream(compilers).map(one -> crate("c", one)).toList());
  }

  private static String release(ToolchainChoice choice) {
    return Rust.LANGUAGE.tools().compiler(choice.lock().versions()).orElseThrow();
  }

  @Test
  @DisplayName("is the oldest shipped one if nothing asks for more, and nothing is said")
  void oldest() throws Exception {
    for (ToolchainChoice choice :
        List.of(choose(), choose((String) null), choose("1.56", "1.85", "1.85.1"))) {
      assertThat(choice.lock()).isEqualTo(ToolchainLock.standard());
      assertThat(choice.reason()).isEmpty();
    }
  }

  @Test
  @DisplayName("is the oldest one that all packages can be built with, or the newest")
  void packages() throws Exception {
    ToolchainChoice newer = choose("1.88", "1.60", "1.97.1");
    assertThat(release(newer)).isEqualTo("1.97.1");
    assertThat(newer.reason())
        .contains(
            "Compiler 1.97.1, because of what packages require: c 1.0.0 (1.88), c 1.0.0 (1.97.1)");
    assertThat(release(choose("1.86"))).isEqualTo("1.97.1");
    assertThat(release(choose("1.85.2"))).isEqualTo("1.97.1");
    assertThat(release(choose("1.200"))).isEqualTo("1.97.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.85 | 1.85.1 | ",
        "1.85.1 | 1.85.1 | ",
        "1.97 | 1.97.1 | ",
        "1.97.1 | 1.97.1 | ",
        "1 | 1.97.1 | the newest",
        "1.70 | 1.85.1 | the oldest that is not older",
        "1.85.0 | 1.85.1 | the oldest that is not older",
        "1.90 | 1.97.1 | the oldest that is not older",
        "1.97.2 | 1.97.1 | the newest",
        "1.200.0 | 1.97.1 | the newest",
        "stable | 1.97.1 | the newest",
        "nightly-2026-01-01 | 1.97.1 | the newest",
        "1.90.0-beta.1 | 1.97.1 | the newest",
      })
  @DisplayName(
      "is what its rust-toolchain.toml asks for, whatever packages require, or comes close")
  void file(String channel, String release, String takes) throws Exception {
    Path file = project.resolve("rust-toolchain.toml");
    Files.writeString(file, "[toolchain]\nchannel = \"" + channel + "\"\n");

    ToolchainChoice choice = choose("1.96");

    assertThat(release(choice)).isEqualTo(release);
    assertThat(choice.reason())
        .contains(
            "Compiler "
                + release
                + ": "
                + file
                + ":2:1 asks for "
                + channel
                + (takes == null ? "" : TAKES + takes + PINS));
  }

  @Test
  @DisplayName("is by the nearest file, and by rust-toolchain where there are both")
  void nearest() throws Exception {
    Files.writeString(root.resolve("rust-toolchain.toml"), "[toolchain]\nchannel = \"1.97\"\n");
    assertThat(release(choose())).isEqualTo("1.97.1");

    Files.writeString(root.resolve("a/rust-toolchain"), "1.85\n");
    assertThat(choose().reason())
        .contains("Compiler 1.85.1: " + root.resolve("a/rust-toolchain") + ":1:1 asks for 1.85");

    Files.writeString(project.resolve("rust-toolchain.toml"), "[toolchain]\nchannel = \"1.85\"\n");
    Files.writeString(project.resolve("rust-toolchain"), "[toolchain]\nchannel = \"1.97\"\n");
    assertThat(release(choose())).isEqualTo("1.97.1");
  }

  @Test
  @DisplayName("is by packages if the file names components only")
  void noChannel() throws Exception {
    Files.writeString(
        project.resolve("rust-toolchain.toml"), "[toolchain]\ncomponents = [\"clippy\"]\n");

    assertThat(choose().reason()).isEmpty();
    assertThat(release(choose("1.90"))).isEqualTo("1.97.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | : the file names no toolchain",
        "channel = '1.85' | : the file has no [toolchain]",
        "[toolchain | :1:",
        "toolchain.channel = 1.85 | :1:1: `channel` must be a string",
      })
  @DisplayName("is refused where the file is not one that rustup reads")
  void broken(String text, String problem) throws Exception {
    Path file = project.resolve("rust-toolchain.toml");
    Files.writeString(file, text);

    assertThatThrownBy(() -> choose())
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(problem);
  }

  @Test
  @DisplayName("is that of its own lock if it has one, whatever it asks for")
  void own() throws Exception {
    Files.writeString(project.resolve("rust-toolchain"), "1.97");
    Path lock = project.resolve("nix-toolchain.lock.json");
    ToolchainLock.standard().write(lock);

    ToolchainChoice choice =
        ToolchainChoice.of(lock, Rust.LANGUAGE, project, List.of(crate("c", "1.90")));

    assertThat(choice.lock()).isEqualTo(ToolchainLock.standard());
    assertThat(choice.reason()).isEmpty();
  }
}
