package io.github.nixmaven.generator.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What cargo's configuration says of profiles counts as it does in cargo")
class ConfiguredProfilesTest {
  private static final List<String> RELEASE = List.of("build", "--release", "--workspace");

  private static final GenerationMatrix SCOPE =
      GenerationMatrix.of(
          List.of("x86_64-unknown-linux-gnu"),
          List.of("x86_64-unknown-linux-gnu"),
          List.of("default"),
          true);

  @TempDir Path parent;
  private Path directory;
  private Path home;
  private final Map<String, String> environment = new HashMap<>(System.getenv());

  @BeforeEach
  void writeWorkspace() throws Exception {
    directory = Files.createDirectories(parent.resolve("outer/inner"));
    home = Files.createDirectories(parent.resolve("home"));
    environment.put("CARGO_HOME", home.toString());
    TextWorkspace.write(
        directory,
        """
        ## Cargo.toml
        [workspace]
        resolver = "2"
        members = ["app", "dep"]
        [profile.release]
        lto = "thin"
        debug = 1
        strip = true
        [profile.release.package.dep]
        opt-level = 1
        codegen-units = 7
        [profile.fast]
        inherits = "release"
        opt-level = 2
        ## app/src/main.rs app/build.rs dep/src/lib.rs
        ## app/Cargo.toml
        [package]
        name = "app"
        version = "1.0.0"
        edition = "2021"
        [dependencies]
        dep.path = "../dep"
        [build-dependencies]
        dep.path = "../dep"
        ## dep/Cargo.toml
        [package]
        name = "dep"
        version = "1.0.0"
        edition = "2021"
        """);
  }

  private void write(Path file, String text) throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void assertSame(List<String> command) throws Exception {
    UnitComparison.assertSame(
        String.join(" ", command),
        CargoCommand.parse(command).plan(load(), TextWorkspace.graph(load())),
        Cargo.unitGraph(directory, environment, command));
  }

  private CargoProject load() throws Exception {
    return CargoProject.load(directory.resolve("Cargo.toml"), environment);
  }

  /** That the configuration makes a difference at all is seen in the first unit's profile. */
  private String optLevels() throws Exception {
    StringBuilder result = new StringBuilder();
    CargoCommand.parse(RELEASE).plan(load(), TextWorkspace.graph(load())).units().stream()
        .map(unit -> unit.node().locked().name() + unit.profile().optLevel() + " ")
        .distinct()
        .sorted()
        .forEach(result::append);
    return result.toString();
  }

  @Test
  @DisplayName("The nearest file wins, setting by setting, and all win over the manifest")
  void files() throws Exception {
    String before = optLevels();
    write(
        directory.resolve(".cargo/config.toml"),
        """
        [profile.release]
        lto = true
        [profile.release.package.dep]
        opt-level = "z"
        [profile.release.build-override]
        opt-level = 2
        """);
    write(
        parent.resolve("outer/.cargo/config.toml"),
        """
        [profile.release]
        lto = "off"
        debug = "line-tables-only"
        panic = "abort"
        [profile.release.package.dep]
        opt-level = "s"
        overflow-checks = true
        [profile.fast]
        strip = "none"
        """);
    write(
        home.resolve("config.toml"),
        """
        [profile.release]
        debug = 2
        codegen-units = 3
        [profile.release.package."*"]
        incremental = true
        [profile.mine]
        inherits = "fast"
        rpath = true
        """);
    assertThat(optLevels()).isNotEqualTo(before).contains("depz");
    assertSame(RELEASE);
    assertSame(List.of("build", "--profile", "fast", "--workspace"));
    assertSame(List.of("build", "--profile", "mine", "--workspace"));
    assertSame(List.of("test", "--workspace"));
  }

  @Test
  @DisplayName("A file without an extension wins over one with it, as in old cargo")
  void withoutExtension() throws Exception {
    write(directory.resolve(".cargo/config"), "[profile.release]\nopt-level = 1\n");
    write(directory.resolve(".cargo/config.toml"), "[profile.release]\nopt-level = 2\n");
    assertThat(optLevels()).contains("app1");
    assertSame(RELEASE);
  }

  @Test
  @DisplayName("A file wins over what it includes, and a later include over an earlier one")
  void includes() throws Exception {
    write(
        directory.resolve(".cargo/config.toml"),
        """
        include = ["one.toml", { path = "more/two.toml" }, { path = "absent.toml", optional = true }]
        [profile.release]
        lto = false
        """);
    write(
        directory.resolve(".cargo/one.toml"),
        "[profile.release]\nlto = true\nopt-level = 1\ncodegen-units = 5\n");
    write(
        directory.resolve(".cargo/more/two.toml"),
        "include = [\"three.toml\"]\n[profile.release]\nopt-level = 2\n");
    write(
        directory.resolve(".cargo/more/three.toml"),
        "[profile.release]\nopt-level = 0\ncodegen-units = 6\n");
    assertThat(optLevels()).contains("app2");
    assertSame(RELEASE);
  }

  @Test
  @DisplayName("The environment wins over all files")
  void environment() throws Exception {
    write(
        directory.resolve(".cargo/config.toml"),
        """
        [profile.release]
        lto = true
        [profile.release.package.dep]
        opt-level = "z"
        [profile.my-own]
        inherits = "release"
        """);
    environment.put("CARGO_PROFILE_RELEASE_LTO", "fat");
    environment.put("CARGO_PROFILE_RELEASE_DEBUG", "true");
    environment.put("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "2");
    environment.put("CARGO_PROFILE_RELEASE_STRIP", "none");
    environment.put("CARGO_PROFILE_RELEASE_BUILD_OVERRIDE_OPT_LEVEL", "1");
    environment.put("CARGO_PROFILE_RELEASE_PACKAGE_dep_OPT_LEVEL", "s");
    environment.put("CARGO_PROFILE_MY_OWN_OPT_LEVEL", "1");
    assertThat(optLevels()).contains("deps");
    assertSame(RELEASE);
    assertSame(List.of("build", "--profile", "my-own", "--workspace"));
  }

  @Test
  @DisplayName("A profile that only the environment has is one")
  void environmentOnly() throws Exception {
    environment.put("CARGO_PROFILE_TINY_INHERITS", "release");
    environment.put("CARGO_PROFILE_TINY_OPT_LEVEL", "z");
    assertSame(List.of("build", "--profile", "tiny", "--workspace"));
  }

  @Test
  @DisplayName("CARGO_INCREMENTAL, CARGO_BUILD_INCREMENTAL and build.incremental hold for all")
  void incremental() throws Exception {
    write(directory.resolve(".cargo/config.toml"), "[build]\nincremental = true\n");
    assertSame(RELEASE);
    environment.put("CARGO_BUILD_INCREMENTAL", "false");
    assertSame(List.of("build", "--workspace"));
    environment.put("CARGO_INCREMENTAL", "1");
    assertSame(RELEASE);
  }

  @Test
  @DisplayName("What a profile is configured to is part of the digest of the inputs")
  void digest() throws Exception {
    String before = InputsDigest.of(load(), SCOPE, directory);
    write(home.resolve("config.toml"), "[profile.release]\nopt-level = 1\n");
    String after = InputsDigest.of(load(), SCOPE, directory);
    assertThat(after).isNotEqualTo(before);
  }

  private void assertBothRefuse(String ours, String cargos) {
    assertThatThrownBy(() -> CargoCommand.parse(RELEASE).plan(load(), TextWorkspace.graph(load())))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(ours);
    assertThatThrownBy(() -> Cargo.unitGraph(directory, environment, RELEASE))
        .isInstanceOf(Cargo.Refused.class)
        .hasMessageContaining(cargos);
  }

  @Test
  @DisplayName("A loop of includes is an error at the file that closes it")
  void includeLoop() throws Exception {
    write(directory.resolve(".cargo/config.toml"), "include = [\"one.toml\"]\n");
    write(directory.resolve(".cargo/one.toml"), "include = [\"config.toml\"]\n");
    assertBothRefuse(".cargo/config.toml: the file is included twice", "cycle");
  }

  @Test
  @DisplayName("A file that is included must be there, unless it is optional")
  void includeMissing() throws Exception {
    write(directory.resolve(".cargo/config.toml"), "include = [\"one.toml\"]\n");
    assertBothRefuse(".cargo/one.toml: no such file", "one.toml");
  }

  @Test
  @DisplayName("Patterns are not included")
  void includePattern() throws Exception {
    write(directory.resolve(".cargo/config.toml"), "include = [\"*.toml\"]\n");
    assertBothRefuse("config.toml:1:12: `*.toml` cannot be included", "glob");
  }

  @Test
  @DisplayName("A setting of the wrong type is an error at its place")
  void wrongType() throws Exception {
    write(directory.resolve(".cargo/config.toml"), "[profile]\nrelease = 1\n");
    assertBothRefuse("config.toml:2:1: `release` must be a table", "profile.release");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "opt-level = \"7\"          | `7` is not an opt-level          | opt-level",
        "debug = \"some\"           | is not a level of debug          | debug",
        "lto = \"true\"             | is a string, but must be         | lto",
        "panic = \"maybe\"          | is not a panic strategy          | panic",
        "dir-name = \"x\"           | `dir-name` is not allowed        | dir-name",
        "package.dep.lto = true     | `lto` cannot be overridden       | lto",
        "build-override.rpath = true| `rpath` cannot be overridden     | rpath",
        "package.\"a b\".debug = true | is not a valid package spec    | character",
      })
  @DisplayName("A setting that would be refused in the manifest is refused here")
  void invalid(String setting, String ours, String cargos) throws Exception {
    write(home.resolve("config.toml"), "[profile.release]\n" + setting + "\n");
    assertBothRefuse(ours, cargos);
  }

  @Test
  @DisplayName("A file that is no TOML is an error at its place")
  void notToml() throws Exception {
    write(home.resolve("config.toml"), "[profile\n");
    assertBothRefuse("config.toml:1:", "could not parse TOML");
  }
}
