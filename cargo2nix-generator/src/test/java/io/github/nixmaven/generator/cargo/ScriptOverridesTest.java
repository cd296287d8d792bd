package io.github.nixmaven.generator.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.cargo.config.CargoConfig;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A table of cargo's configuration takes the place of a build script")
class ScriptOverridesTest {
  private static final String HOST = "x86_64-unknown-linux-gnu";

  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void writeWorkspace() throws Exception {
    directory = Files.createDirectories(temporary.toRealPath().resolve("outer/inner"));
    TextWorkspace.write(
        directory,
        """
        ## Cargo.toml
        [package]
        name = "app"
        version = "1.0.0"
        edition = "2021"
        links = "thing"
        ## src/lib.rs build.rs
        fn main() {}
        """);
    Cargo.generateLockfile(directory);
  }

  private Path write(String folder, String table) throws Exception {
    Path file = Files.createDirectories(directory.resolve(folder)).resolve("config.toml");
    Files.writeString(file, "[target." + HOST + ".thing]\n" + table);
    return file;
  }

  private List<String> output() throws Exception {
    return CargoConfig.load(directory, Map.of("CARGO_HOME", "/none")).scriptOutput(HOST, "thing");
  }

  @Test
  @DisplayName("It says what the script would print; of two files arrays are joined")
  void lines() throws Exception {
    write(
        ".cargo",
        """
        rustc-link-search = ["native=/inner"]
        rustc-flags = "-l inner"
        rustc-env = { A = "inner", B = "b=c" }
        version = "inner"
        """);
    write(
        "../.cargo",
        """
        rustc-link-search = ["/outer"]
        rustc-flags = "-l outer"
        rustc-env.A = "outer"
        rustc-cfg = ['found="x"', "plain"]
        rustc-cdylib-link-arg = ["-s"]
        """);
    assertThat(output())
        .containsExactly(
            "cargo::rustc-cdylib-link-arg=-s",
            "cargo::rustc-cfg=found=\"x\"",
            "cargo::rustc-cfg=plain",
            "cargo::rustc-env=A=inner",
            "cargo::rustc-env=B=b=c",
            "cargo::rustc-flags=-l inner",
            "cargo::rustc-link-search=/outer",
            "cargo::rustc-link-search=native=/inner",
            "cargo::metadata=version=inner");
    assertThat(CargoConfig.load(directory, Map.of()).scriptOutput(HOST, "other")).isNull();
  }

  @Test
  @DisplayName("An empty table replaces a script, too")
  void empty() throws Exception {
    write(".cargo", "");
    assertThat(output()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rustc-link-lib = 'm'",
        "rustc-link-search = [3]",
        "rustc-flags = ['-lm']",
        "rustc-flags = '-z foo'",
        "rustc-flags = '-L a -l'",
        "rustc-cfg = 'a'",
        "rustc-env = ['a']",
        "rustc-env = { A = 3 }",
        "warning = 'x'",
        "rerun-if-changed = 'x'",
        "rerun-if-env-changed = 'x'",
        "include = 3",
        "include = ['a']",
        "rustc-link-arg-bin = ['app=-s']",
      })
  @DisplayName("What cargo refuses is refused with its place")
  void refused(String line) throws Exception {
    Path file = write(".cargo", line + "\n");
    assertThatThrownBy(() -> Cargo.run(directory, Map.of(), List.of("check", "--offline")))
        .isInstanceOf(Cargo.Refused.class);
    assertThatThrownBy(this::output)
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ":2:");
  }
}
