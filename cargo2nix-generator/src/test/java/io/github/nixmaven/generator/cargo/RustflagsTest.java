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
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The rustflags of a project's configuration are those that cargo takes")
class RustflagsTest {
  private static final String HOST = "x86_64-unknown-linux-gnu";

  @TempDir Path parent;
  private Path directory;
  private Path home;
  private final Map<String, String> environment = new HashMap<>(System.getenv());

  @BeforeEach
  void writeWorkspace() throws Exception {
    directory = Files.createDirectories(parent.resolve("outer/inner"));
    home = Files.createDirectories(parent.resolve("home"));
    environment.put("CARGO_HOME", home.toString());
    environment.put("CARGO_TARGET_DIR", parent.resolve("target").toString());
    TextWorkspace.write(
        directory,
        """
        ## Cargo.toml
        [workspace]
        resolver = "2"
        members = ["app", "dep"]
        ## app/Cargo.toml
        [package]
        name = "app"
        version = "1.0.0"
        edition = "2021"
        [target.'cfg(chosen = "yes")'.dependencies]
        dep.path = "../dep"
        ## app/build.rs
        fn main() {
            std::fs::write("seen", std::env::var("CARGO_ENCODED_RUSTFLAGS").unwrap()).unwrap();
        }
        ## app/src/lib.rs dep/src/lib.rs
        ## dep/Cargo.toml
        [package]
        name = "dep"
        version = "1.0.0"
        edition = "2021"
        """);
  }

  private static void write(Path file, String text) throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<String> ours(String target) throws Exception {
    return project().workspace().config().rustflags().of(target);
  }

  private CargoProject project() throws Exception {
    return CargoProject.load(directory.resolve("Cargo.toml"), environment);
  }

  /** What cargo tells a build script. */
  private List<String> cargos() throws Exception {
    Cargo.run(directory, environment, List.of("check", "--offline", "--package", "app"));
    return List.of(Files.readString(directory.resolve("app/seen")).split("\u001f"));
  }

  @Test
  @DisplayName("Of `build` the arrays of all files are joined, the nearest last")
  void build() throws Exception {
    write(
        directory.resolve(".cargo/config.toml"),
        "[build]\nrustflags = [\"-C\", \"target-feature=+avx\"]\n");
    write(
        parent.resolve("outer/.cargo/config.toml"),
        "[build]\nrustflags = [\"--cfg\", \"outer=\\\"two words\\\"\"]\n");

    assertThat(ours(HOST))
        .isEqualTo(cargos())
        .containsExactly("--cfg", "outer=\"two words\"", "-C", "target-feature=+avx");
  }

  @Test
  @DisplayName("Those of a target and of conditions that hold for it take the place of `build`'s")
  void targets() throws Exception {
    write(
        directory.resolve(".cargo/config.toml"),
        """
        [build]
        rustflags = ["--cfg", "never"]
        [target.'cfg(unix)']
        rustflags = "--cfg  of_unix"
        [target.'cfg(target_arch = "x86_64")']
        rustflags = ["--cfg", "of_the_processor"]
        [target.'cfg(windows)']
        rustflags = ["--cfg", "of_windows"]
        [target.x86_64-unknown-linux-gnu]
        rustflags = ["--cfg", "named"]
        [target.wasm32-unknown-unknown]
        linker = "none"
        """);

    assertThat(ours(HOST))
        .isEqualTo(cargos())
        .containsExactly("--cfg", "named", "--cfg", "of_the_processor", "--cfg", "of_unix");
    assertThat(ours("wasm32-unknown-unknown")).containsExactly("--cfg", "never");
  }

  @Test
  @DisplayName("Those for rustdoc are the target's, or else the build's, never a condition's")
  void documentation() throws Exception {
    Path file = directory.resolve(".cargo/config.toml");
    String conditional = "[target.'cfg(unix)']\nrustdocflags = ['-c']\n";
    write(file, "[build]\nrustdocflags = '-a  -b'\n" + conditional);
    write(
        parent.resolve("outer/.cargo/config.toml"),
        "[target.wasm32-wasip1]\nrustdocflags = ['-d']\n");

    assertThat(project().workspace().config().rustflags().documentation(HOST))
        .containsExactly("-a", "-b");
    assertThat(project().workspace().config().rustflags().documentation("wasm32-wasip1"))
        .containsExactly("-d");
    assertThat(project().workspace().config().ignored(List.of(HOST), List.of()))
        .filteredOn(note -> note.contains("rustdocflags"))
        .singleElement()
        .asString()
        .startsWith(file + ":4:1: `target.'cfg(unix)'.rustdocflags`");
  }

  @Test
  @DisplayName("Conditions of dependencies and of other flags see what a flag sets")
  void conditions() throws Exception {
    write(
        directory.resolve(".cargo/config.toml"),
        """
        [target.x86_64-unknown-linux-gnu]
        rustflags = ['--cfg=chosen="yes"']
        [target.'cfg(chosen = "yes")']
        rustflags = ["--cfg", "then"]
        """);
    Cargo.generateLockfile(directory);

    assertThat(ours(HOST))
        .isEqualTo(cargos())
        .containsExactly("--cfg=chosen=\"yes\"", "--cfg", "then");
    List<String> command = List.of("build", "-p", "app");
    UnitComparison.assertSame(
        "with a dependency that a flag asks for",
        CargoCommand.parse(command).plan(project(), TextWorkspace.graph(project())),
        Cargo.unitGraph(directory, environment, command));
  }

  @Test
  @DisplayName("What belongs to one user or one run does not count, other than for cargo")
  void ofTheUser() throws Exception {
    write(home.resolve("config.toml"), "[build]\nrustflags = [\"--cfg\", \"of_the_user\"]\n");
    environment.put("RUSTFLAGS", "--cfg of_the_run");

    assertThat(cargos()).containsExactly("--cfg", "of_the_run");
    assertThat(ours(HOST)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86-64", "x86-64-v3", "znver4", "nocona", "skylake-avx512"})
  @DisplayName("A processor decides conditions, as rustc says of it")
  void processor(String name) throws Exception {
    write(
        directory.resolve("app/Cargo.toml"),
        Files.readString(directory.resolve("app/Cargo.toml"))
            .replace("chosen = \"yes\"", "target_feature = \"avx2\""));
    write(
        directory.resolve(".cargo/config.toml"),
        "[build]\nrustflags = ['-C', 'target-cpu=nehalem', '-Ctarget-cpu=" + name + "']\n");
    Cargo.generateLockfile(directory);
    for (List<String> command :
        List.of(List.of("build", "-p", "app"), List.of("build", "-p", "app", "--target", HOST))) {
      UnitComparison.assertSame(
          name,
          CargoCommand.parse(command).plan(project(), TextWorkspace.graph(project())),
          Cargo.unitGraph(directory, environment, command));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'-C', 'target-feature=+avx2'",
        "'-Ctarget-feature=+fma', '--codegen', 'target-feature=-sse4.2'",
        "'-Ctarget-cpu=x86-64-v3', '--codegen=target-feature=-avx'",
        "'-Ctarget-feature=-avx2', '-C', 'target-cpu=x86-64-v3'",
        "'--cfg', 'x=\"target-feature=+avx2\"'",
      })
  @DisplayName("Features decide conditions, with all that they bring")
  void features(String flags) throws Exception {
    write(
        directory.resolve("app/Cargo.toml"),
        Files.readString(directory.resolve("app/Cargo.toml"))
            .replace("chosen = \"yes\"", "target_feature = \"avx\""));
    write(directory.resolve(".cargo/config.toml"), "[build]\nrustflags = [" + flags + "]\n");
    Cargo.generateLockfile(directory);
    List<String> command = List.of("build", "-p", "app");
    UnitComparison.assertSame(
        flags,
        CargoCommand.parse(command).plan(project(), TextWorkspace.graph(project())),
        Cargo.unitGraph(directory, environment, command));
  }

  @Test
  @DisplayName("A processor that the target does not have is refused with its place")
  void unknownProcessor() throws Exception {
    Path file = directory.resolve(".cargo/config.toml");
    write(file, "[target.'cfg(unix)']\nrustflags = '-Ctarget-cpu=z80'\n");
    assertThatThrownBy(() -> project().workspace().config().rustflags().facts(HOST))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            file + ":2:1: the target " + HOST + " has no processor named `z80`");
  }
}
