package io.github.nixmaven.generator.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What cargo refuses is refused, for the same reason")
class RefusalTest {
  @TempDir Path directory;

  @ParameterizedTest(name = "--features {0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          none; does not contain this feature; does not contain this feature
          dep:dep; not allowed to use explicit; not allowed to use explicit
          dep/a/b; multiple slashes; multiple slashes
          dep/none; needs feature `none`; does not have
          none/a; does not contain this feature; does not contain this feature
          hidden; does not contain this feature; does not have feature
          """)
  void featuresOfTheCommandLine(String features, String ours, String cargos) throws Exception {
    TextWorkspace workspace =
        RefusedWorkspace.write(
            directory,
            "[dependencies]\ndep.path = 'dep'\n"
                + "hidden = { package = 'dep', path = 'dep', optional = true }\n"
                + "[features]\non = ['dep:hidden']\n",
            true);
    List<String> command = List.of("build", "--features", features);
    assertThatThrownBy(() -> workspace.cargo(command)).hasMessageContaining(cargos);
    assertThatThrownBy(() -> workspace.plan(command))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(ours);
  }

  @ParameterizedTest(name = "cargo {0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          build --bin none; no bin target named `none` in package `app`; no bin target named `none`
          build --bin n*; no bin target matches pattern `n*`; no bin target matches pattern `n*`
          build --workspace --example none; no example target named `none`; no example target named `none`
          build --test none; no test target named `none`; no test target named `none`
          bench --bench none --bins; no bench target named `none`; no bench target named `none`
          build --lib; no library targets found in package `app`; no library targets found in package `app`
          test --doc; no library targets found in package `app`; no library targets found in package `app`
          build --bin gated; requires the features: `gate`; requires the features: `gate`
          test --test weak; not allowed in the required-features; optional dependency with `?` is not allowed
          test --test hidden; not allowed in the required-features; `dep:` prefixed feature values are not allowed
          """)
  void targetsOfTheCommandLine(String arguments, String ours, String cargos) throws Exception {
    TextWorkspace workspace =
        TextWorkspace.write(
            directory,
            """
            ## src/main.rs src/bin/gated.rs tests/weak.rs tests/hidden.rs dep/src/lib.rs
            ## dep/Cargo.toml
            [package]
            name = "dep"
            version = "1.0.0"
            ## Cargo.toml
            [package]
            name = "app"
            version = "1.0.0"
            edition = "2021"
            [features]
            gate = []
            [dependencies]
            dep = { path = "dep", optional = true }
            [[bin]]
            name = "gated"
            required-features = ["gate"]
            [[test]]
            name = "weak"
            required-features = ["dep?/x"]
            [[test]]
            name = "hidden"
            required-features = ["dep:dep"]
            """);
    List<String> command = List.of(arguments.split(" "));
    assertThatThrownBy(() -> workspace.cargo(command)).hasMessageContaining(cargos);
    assertThatThrownBy(() -> workspace.plan(command))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(ours);
  }

  @ParameterizedTest(name = "[profile.{0}] {1}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          mine; opt-level = 1; does not say what it inherits from; missing an `inherits` directive
          mine; inherits = 'none'; `none` is not defined; inherits from `none`, but that profile is not defined
          test; inherits = 'none'; `none` is not defined; inherits from `none`, but that profile is not defined
          mine; 'inherits = "yours"\n[profile.yours]\ninherits = "mine"'; inherits from itself; inheritance loop
          dev; inherits = 'release'; profile `dev` cannot inherit; must not be specified in root profile `dev`
          release; inherits = 'dev'; profile `release` cannot inherit; must not be specified in root profile `release`
          """)
  void unusedProfile(String profile, String settings, String ours, String cargos) throws Exception {
    TextWorkspace workspace =
        RefusedWorkspace.write(
            directory, "[profile." + profile + "]\n" + settings.replace("\\n", "\n") + "\n", true);
    for (String command : List.of("build", "build --release")) {
      List<String> arguments = List.of(command.split(" "));
      assertThatThrownBy(() -> workspace.cargo(arguments)).hasMessageContaining(cargos);
      assertThatThrownBy(() -> workspace.plan(arguments))
          .isInstanceOfSatisfying(
              InputException.class,
              e -> {
                assertThat(e.problem()).contains(ours);
                assertThat(e.position()).isNotNull();
                assertThat(e.position().line()).isPositive();
              });
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          publish = true; requires `package.version`
          publish = ['mine']; requires `package.version`
          publish.workspace = true; requires `package.version`
          publish = false;
          publish = [];
          description = 'x';
          """)
  @DisplayName("A package without a version, and whether it is to be published")
  void publishWithoutVersion(String line, String cargos) throws Exception {
    TextWorkspace workspace =
        TextWorkspace.unlocked(
            directory,
            """
            ## src/lib.rs
            ## Cargo.lock
            version = 4

            [[package]]
            name = "app"
            version = "0.0.0"
            ## Cargo.toml
            [workspace.package]
            publish = true
            [package]
            name = "app"
            edition = "2021"
            """
                + line
                + "\n");
    List<String> command = List.of("build");
    if (cargos == null) {
      workspace.assertSame("build");
    } else {
      assertThatThrownBy(() -> workspace.cargo(command)).hasMessageContaining(cargos);
      assertThatThrownBy(() -> workspace.plan(command))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("a package without a version cannot be published");
    }
  }

  @ParameterizedTest(name = "cargo {0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          build; there is no file for bin `absent`; can't find bin `absent` at path
          build --bin absent; there is no file for bin `absent`; can't find bin `absent` at path
          build --example folder; there is a directory instead of a file for example `folder`; is a directory, but a source file was expected
          test --test gone; there is no file for test `gone`; can't find integration-test `gone` at path
          build -p gone; there is no file for lib `gone`; can't find lib `gone` at path
          build --lib; ;
          build --bin app; ;
          """)
  @DisplayName("A file that is not there matters only where its target is asked for")
  void absentSourceFile(String arguments, String ours, String cargos) throws Exception {
    TextWorkspace workspace =
        TextWorkspace.write(
            directory,
            """
            ## src/lib.rs src/main.rs
            ## gone/Cargo.toml
            [package]
            name = "gone"
            version = "1.0.0"
            edition = "2021"
            [lib]
            path = "nowhere.rs"
            ## Cargo.toml
            [workspace]
            members = ["gone"]
            [package]
            name = "app"
            version = "1.0.0"
            edition = "2021"
            [dependencies]
            gone.path = "gone"
            [[bin]]
            name = "app"
            path = "src/main.rs"
            [[bin]]
            name = "absent"
            path = "src/absent.rs"
            [[example]]
            name = "folder"
            path = "src"
            [[test]]
            name = "gone"
            path = "tests/gone.rs"
            """);
    List<String> command = List.of(arguments.split(" "));
    if (cargos == null) {
      workspace.assertSame(arguments.split(" "));
      return;
    }
    assertThatThrownBy(() -> workspace.cargo(command)).hasMessageContaining(cargos);
    assertThatThrownBy(() -> workspace.plan(command))
        .isInstanceOfSatisfying(
            InputException.class,
            e -> {
              assertThat(e.problem()).contains(ours);
              assertThat(e.position()).isNotNull();
            });
  }

  @Test
  @DisplayName("Two overrides of a profile, one of them inherited, that mean one package")
  void ambiguousOverride() throws Exception {
    TextWorkspace workspace =
        RefusedWorkspace.write(
            directory,
            """
            [dependencies]
            dep.path = 'dep'
            [profile.dev.package.dep]
            debug = 1
            [profile.test.package."dep@1.0.0"]
            debug = 2
            """,
            true);
    List<String> command = List.of("build");
    String problem = "multiple package overrides in profile `test` match package";
    assertThatThrownBy(() -> workspace.cargo(command)).hasMessageContaining(problem);
    assertThatThrownBy(() -> workspace.plan(command))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(problem);
  }

  @Test
  @DisplayName("A dependency's feature that does not exist")
  void missingFeature() throws Exception {
    RefusedWorkspace.write(directory, "[dependencies]\ndep.path = 'dep'\n", true);
    TextWorkspace workspace =
        RefusedWorkspace.write(
            directory, "[dependencies]\ndep = { path = 'dep', features = ['none'] }\n", false);
    List<String> command = List.of("build");
    assertThatThrownBy(() -> workspace.cargo(command)).hasMessageContaining("none");
    assertThatThrownBy(() -> workspace.plan(command))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("needs feature `none` of dep 1.0.0");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          a lock without a package that it says is needed; '[[package]]\nname = "dep"\nversion = "1.0.0"\n'; ''; matches no package; cannot update the lock file
          a lock without a dependency; 'dependencies = [\n "dep",\n]\n'; ''; does not say which package needs it; cannot update the lock file
          another version of a dependency; 'name = "dep"\nversion = "1.0.0"'; 'name = "dep"\nversion = "1.0.1"'; but the workspace does not; cannot update the lock file
          another version of the member; 'name = "app"\nversion = "1.0.0"'; 'name = "app"\nversion = "1.0.1"'; does not have app 1.0.0; cannot update the lock file
          a published package for one from a path; 'name = "dep"\nversion = "1.0.0"'; 'name = "dep"\nversion = "1.0.0"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "0000000000000000000000000000000000000000000000000000000000000000"'; does not satisfy `dep; cannot update the lock file
          a package that nothing needs; ' "dep",\n]\n'; ' "dep",\n]\n\n[[package]]\nname = "zed"\nversion = "1.0.0"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "0000000000000000000000000000000000000000000000000000000000000000"\n'; but nothing needs it; cannot update the lock file
          a dependency that the manifest does not have; 'name = "dep"\nversion = "1.0.0"\n'; 'name = "dep"\nversion = "1.0.0"\ndependencies = [\n "app",\n]\n'; its manifest does not; cannot update the lock file
          a package twice; ' "dep",\n]\n'; ' "dep",\n]\n\n[[package]]\nname = "dep"\nversion = "1.0.0"\n'; twice; specified twice
          a version that is none; 'version = "1.0.0"'; 'version = "one"'; not a version; unexpected character
          a format of the future; version = 4; version = 9; lock format 9; lock file version `9`
          a conflict of git; version = 4; <<<<<<< HEAD; ; key with no value
          """)
  void lock(String name, String from, String to, String ours, String cargos) throws Exception {
    TextWorkspace workspace =
        RefusedWorkspace.write(directory, "[dependencies]\ndep.path = 'dep'\n", true);
    Path lock = directory.resolve("Cargo.lock");
    String whole = Files.readString(lock);
    String changed = whole.replace(from.replace("\\n", "\n"), to.replace("\\n", "\n"));
    assertThat(changed).isNotEqualTo(whole);
    Files.writeString(lock, changed);
    List<String> command = List.of("build");
    assertThatThrownBy(() -> workspace.cargo(command)).hasMessageContaining(cargos);
    assertThatThrownBy(() -> workspace.plan(command))
        .isInstanceOfSatisfying(
            InputException.class,
            e -> {
              assertThat(e.problem()).contains(ours == null ? "" : ours);
              assertThat(e.remedy()).isNotBlank();
              assertThat(e.position()).isNotNull();
              assertThat(e.position().line()).isPositive();
            });
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          an optional dependency that is off; dep; far; optional and off
          a development dependency of a package that is not a member; dep; near; the workspace does not
          a package that the manifest does not name; app; far; does not say which package needs it
          a package that only tests of a dependency need; ; near; the workspace does not
          """)
  void superfluousInLock(String name, String from, String to, String ours) throws Exception {
    TextWorkspace workspace =
        TextWorkspace.write(
            directory.resolve("app"),
            """
            ## src/lib.rs ../dep/src/lib.rs ../far/src/lib.rs ../near/src/lib.rs
            ## ../far/Cargo.toml
            [package]
            name = "far"
            version = "1.0.0"
            ## ../near/Cargo.toml
            [package]
            name = "near"
            version = "1.0.0"
            ## ../dep/Cargo.toml
            [package]
            name = "dep"
            version = "1.0.0"
            [features]
            off = ["dep:far"]
            on = []
            [dependencies]
            far = { path = "../far", optional = true }
            [dev-dependencies]
            near.path = "../near"
            ## Cargo.toml
            [package]
            name = "app"
            version = "1.0.0"
            [dependencies]
            dep = { path = "../dep", features = ["on"] }
            """);
    List<String> command = List.of("build");
    workspace.assertSame("build");
    Path lock = directory.resolve("app/Cargo.lock");
    String whole = Files.readString(lock);
    if (from != null) {
      String start = "name = \"" + from + "\"\nversion = \"1.0.0\"\n";
      String listed = from.equals("app") ? " \"dep\",\n" : "";
      String old = listed.isEmpty() ? "" : "dependencies = [\n" + listed + "]\n";
      whole =
          whole.replace(
              start + old, start + "dependencies = [\n" + listed + " \"" + to + "\",\n]\n");
    }
    Files.writeString(lock, whole + "\n[[package]]\nname = \"" + to + "\"\nversion = \"1.0.0\"\n");
    assertThatThrownBy(() -> workspace.cargo(command))
        .hasMessageContaining("cannot update the lock file");
    assertThatThrownBy(() -> workspace.plan(command))
        .isInstanceOfSatisfying(
            InputException.class,
            e -> {
              assertThat(e.problem()).contains(ours);
              assertThat(e.position().line()).isPositive();
            });
  }

  @Test
  @DisplayName("A lock without a patch that nothing uses")
  void lockWithoutUnusedPatch() throws Exception {
    TextWorkspace workspace =
        RefusedWorkspace.write(directory, "[patch.crates-io]\ndep.path = 'dep'\n", true);
    List<String> command = List.of("build");
    assertThat(workspace.plan(command).units()).hasSize(1);
    Path lock = directory.resolve("Cargo.lock");
    String whole = Files.readString(lock);
    Files.writeString(lock, whole.substring(0, whole.indexOf("[[patch.unused]]")));
    assertThatThrownBy(() -> workspace.cargo(command))
        .hasMessageContaining("cannot update the lock file");
    assertThatThrownBy(() -> workspace.plan(command))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("does not have the patch dep 1.0.0");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          packages that need each other; [dependencies]; [dependencies]; depends on itself: app 1.0.0 needs dep 1.0.0; cyclic package dependency
          a build script that needs what needs its package; [build-dependencies]; [dependencies]; depends on itself; cyclic package dependency
          the same on another platform; [dependencies]; [target.'cfg(windows)'.build-dependencies]; depends on itself; cyclic package dependency
          the same by a feature; [dependencies]; 'feature'; depends on itself; cyclic package dependency
          a native library linked twice; links; links; both link to the native library `z`; more than one crate with links=z
          two packages that a lock cannot tell apart; twins; ; which a lock cannot tell apart; package collision in the lockfile
          """)
  void together(String name, String here, String there, String ours, String cargos)
      throws Exception {
    boolean twins = here.equals("twins");
    boolean links = here.equals("links");
    TextWorkspace workspace =
        TextWorkspace.unlocked(
            directory,
            """
            ## src/lib.rs build.rs dep/src/lib.rs dep/build.rs old/src/lib.rs
            ## Cargo.toml
            [package]
            name = "app"
            version = "1.0.0"
            edition = "2021"
            %s
            dep.path = "dep"
            %s
            [workspace]
            %s
            ## dep/Cargo.toml
            [package]
            name = "dep"
            version = "1.0.0"
            edition = "2021"
            %s
            ## old/Cargo.toml
            [package]
            name = "dep"
            version = "1.0.0"
            [workspace]
            ## Cargo.lock
            version = 4

            [[package]]
            name = "app"
            version = "1.0.0"
            dependencies = [
             "dep",
            ]

            [[package]]
            name = "dep"
            version = "1.0.0"
            %s
            """
                .formatted(
                    links ? "links = 'z'\n[dependencies]" : twins ? "[dependencies]" : here,
                    twins ? "old = { path = 'old', package = 'dep' }" : "",
                    twins ? "exclude = ['old', 'dep']" : "",
                    links
                        ? "links = 'z'"
                        : twins
                            ? "[workspace]"
                            : there.equals("feature")
                                ? "[dependencies]\napp = { path = '..', optional = true }"
                                : there + "\napp.path = '..'",
                    links || twins ? "" : "dependencies = [\n \"app\",\n]"));
    List<String> command = List.of("build");
    assertThatThrownBy(() -> workspace.cargo(command)).hasMessageContaining(cargos);
    assertThatThrownBy(() -> workspace.plan(command))
        .isInstanceOfSatisfying(
            InputException.class,
            e -> {
              assertThat(e.problem()).contains(ours);
              assertThat(e.position()).isNotNull();
              assertThat(e.position().line()).isPositive();
            });
  }

  @Test
  @DisplayName("A target that rustc does not know")
  void unknownTarget() throws Exception {
    TextWorkspace workspace = RefusedWorkspace.write(directory, "", true);
    List<String> command = List.of("build", "--target", "x86_64-unknown-linux-gna");
    assertThatThrownBy(() -> workspace.cargo(command))
        .hasMessageContaining("could not find specification for target");
    assertThatThrownBy(() -> workspace.plan(command))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("rustc has no target named `x86_64-unknown-linux-gna`");
  }
}
