package io.github.nixmaven.generator.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.cargo.manifest.Workspace;
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

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          an unclosed cfg; [target.'cfg(unix'.dependencies]; ; neither the name of a target; cfg expressions must start
          an optional dev-dependency; [dev-dependencies]; dep = { path = 'dep', optional = true }; not allowed to be optional; not allowed to be optional
          a dependency without a source; [dependencies]; dep = {}; without a local path; without providing a local path
          an optional dependency that no feature names; [dependencies]; 'dep = { path = "dep", optional = true }\n[features]\ndep = []'; not included in any feature; not included in any feature
          a feature that includes an unknown one; [features]; a = ['b']; which is no feature; neither a dependency nor another feature
          dep: and a slash; [dependencies]; 'dep = { path = "dep", optional = true }\n[features]\na = ["dep:dep/x"]'; two notations; with both `dep:` and `/`
          two slashes; [dependencies]; 'dep = { path = "dep" }\n[features]\na = ["dep/x/y"]'; two notations; multiple slashes
          a weak feature of a required dependency; [dependencies]; 'dep = { path = "dep" }\n[features]\na = ["dep?/x"]'; is not optional; not an optional dependency
          dep: in a dependency's features; [dependencies]; dep = { path = 'dep', features = ['dep:x'] }; not allowed; not allowed
          an artifact dependency; [dependencies]; dep = { path = 'dep', artifact = 'bin' }; unstable; requires `-Z bindeps`
          workspace = false; [dependencies]; dep = { workspace = false }; cannot be false; cannot be false
          an underscore in edition 2024; [dev_dependencies]; dep = { path = 'dep' }; unsupported as of the 2024; unsupported as of the 2024
          default_features in edition 2024; [dependencies]; dep = { path = 'dep', default_features = false }; unsupported as of the 2024; unsupported as of the 2024
          a hyphen in a library's name; [lib]; name = 'a-b'; hyphens; hyphens
          a macro that is also a library; [lib]; crate-type = ['proc-macro', 'lib']; cannot mix; cannot mix
          dylib and cdylib; [lib]; crate-type = ['dylib', 'cdylib']; both `dylib` and `cdylib`; both `dylib` and `cdylib`
          a binary with a crate type; [[bin]]; 'name = "x"\npath = "src/lib.rs"\ncrate-type = ["lib"]'; can't have any; can't have any
          a test without a file; [[test]]; name = 'absent'; no file; can't find
          a member without a manifest; [workspace]; members = ['empty/*']; has no Cargo.toml; failed to load manifest for workspace member
          a default member that is none; [workspace]; 'default-members = ["dep"]'; not a member; not a member
          git together with path; [dependencies]; dep = { path = 'dep', git = 'https://x.invalid/x' }; both `git` and `path`; Only one of `git` or `path`
          git together with a registry; [dependencies]; dep = { registry = 'x', git = 'https://x.invalid/x' }; both `git` and `registry`; Only one of `git` or `registry`
          a registry by name and by index; [dependencies]; dep = { version = '1', registry = 'x', registry-index = 'https://x.invalid' }; both `registry` and `registry-index`; Only one of `registry` or `registry-index`
          a branch and a tag; [dependencies]; dep = { git = 'https://x.invalid/x', branch = 'a', tag = 'b' }; both `branch` and `tag`; Only one of `branch`, `tag` or `rev`
          a branch of no repository; [dependencies]; dep = { path = 'dep', branch = 'a' }; has no `git`; key `branch` is ignored
          two sources of one dependency; [dependencies]; 'dep.path = "dep"\n[target."cfg(unix)".dependencies]\ndep = "1"'; different sources; different source paths
          a folder that is not there; [dependencies]; dep.path = 'nowhere'; has no Cargo.toml; failed to read
          a path to another package; [dependencies]; dep = { path = 'dep', package = 'other' }; no package `other` stands in; no matching package named `other`
          a path to another version; [dependencies]; dep = { path = 'dep', version = '2' }; not satisfied by version 1.0.0; didn't match: 1.0.0
          an optional workspace dependency; [workspace.dependencies]; dep = { path = 'dep', optional = true }; cannot be optional; cannot be optional
          default features taken away in edition 2024; [workspace.dependencies]; 'dep.path = "dep"\n[dependencies]\ndep = { workspace = true, default-features = false }'; cannot override; cannot override workspace's `default-features`
          the same where the workspace asks for them; [workspace.dependencies]; 'dep = { path = "dep", default-features = true }\n[dependencies]\ndep = { workspace = true, default-features = false }'; cannot override; cannot override workspace's `default-features`
          project in edition 2024; [project]; 'name = "app"\nversion = "1.0.0"'; not supported as of the 2024; not supported as of the 2024
          a pointer to no root; workspace = 'other'; ; no workspace's root; wasn't a root
          a root that points to one; workspace = 'other'; [workspace]; contradict each other; cannot configure both
          two resolvers; resolver = '2'; 'publish = false\n[workspace]\nresolver = "2"'; contradict each other; cannot specify `resolver` field in both
          a member that is a root; [workspace]; members = ['dep']; cannot be a workspace's root itself; multiple workspace roots
          a dependency that is a root; [workspace]; '[dependencies]\ndep.path = "dep"'; cannot be a workspace's root itself; multiple workspace roots
          members of one name; [workspace]; members = ['other', 'twin']; two packages of the workspace are called `other`; two packages named `other`
          a member that points elsewhere; [workspace]; members = ['pointing']; takes; wrong workspace
          links without a build script; links = 'z'; ; has no build script; does not have a custom build script
          four numbers; rust-version = '1.2.3.4'; ; not a version of Rust; expected a version like
          a requirement as a version of Rust; rust-version = '^1.85'; ; not a version of Rust; unexpected version requirement
          a beta; rust-version = '1.85.0-beta'; ; not a version of Rust; unexpected prerelease field
          a version of Rust older than the edition; rust-version = '1.84'; ; older than edition 2024; incompatible with the version (1.85.0)
          a version of Rust that is a number; rust-version = 1.85; ; must be a string; invalid type
          an unknown lint level; [lints.rust]; x = 'loud'; not a lint level; unknown variant `loud`
          an unknown lint level that no member uses; [workspace.lints.rust]; x = 'loud'; not a lint level; unknown variant `loud`
          a lint without a level; [lints.rust]; x = { priority = 1 }; `level` is missing; missing field `level`
          a priority that is no byte; [lints.rust]; x = { level = 'warn', priority = 128 }; not a priority; expected i8
          lints inherited and set; [workspace.lints.rust]; 'x = "warn"\n[lints]\nworkspace = true\nrust.y = "warn"'; cannot be set here; cannot override `workspace.lints`
          lints not inherited; [lints]; workspace = false; cannot be false; cannot be false
          lints inherited from nowhere; [workspace]; '[lints]\nworkspace = true'; defines none; was not defined
          a lint of another tool; [lints.rust]; "clippy::x" = 'warn'; not a lint of `rust`; try `lints.clippy.x`
          check-cfg that is no list; [lints.rust]; unexpected_cfgs = { level = 'warn', check-cfg = 'cfg(x)' }; must be an array; must be a list of string
          a patch that is not there; [patch.crates-io]; dep.path = 'nowhere'; has no Cargo.toml; failed to read
          a patch for another package; [patch.crates-io]; other.path = 'dep'; no package `other` stands in; does not contain packages matching `other`
          a patch of no version; [patch.crates-io]; dep = { path = 'dep', version = 'one' }; `one`; unexpected character
          a patch and a replacement; [patch.crates-io]; 'dep.path = "dep"\n[replace]\n"dep:1.0.0" = { path = "dep" }'; cannot specify both; cannot specify both
          a replacement of no version; [replace]; dep.path = 'dep'; does not say which version; must specify a version to replace
          a program to run that is none; default-run = 'x'; ; default-run target `x` not found; default-run target `x` not found
          a binary that is called like a folder of cargo's; [[bin]]; 'name = "deps"\npath = "src/lib.rs"'; cannot be called `deps`; is forbidden
          a library without a name; [lib]; name = ' '; cannot be empty; cannot be empty
          a feature with a space; [features]; '"a b" = []'; not the name of a feature; invalid character ` ` in feature name
          a feature with a slash; [features]; '"a/b" = []'; not the name of a feature; invalid character `/` in feature name
          a feature that begins with dep:; [features]; '"dep:a" = []'; not the name of a feature; not allowed to start with `dep:`
          a dependency with a space; [dependencies]; '"a b" = "1"'; cannot be called `a b`; invalid character ` ` in package name
          lib without artifact; [dependencies]; dep = { path = 'dep', lib = true }; unstable; cannot be used without an 'artifact
          a base; [dependencies]; dep = { path = 'dep', base = 'x' }; unstable; `path-bases` is required
          an opt-level that is none; [profile.release]; opt-level = 'x'; not an opt-level; must be `0`
          a level of debug information that is none; [profile.release]; debug = 3; not a level; expected a boolean, 0, 1, 2
          a way to panic that is none; [profile.release]; panic = 'x'; not a way to panic; not a valid setting
          lto in quotes; [profile.release]; lto = 'true'; should be true or false; not a valid setting
          panic for the build only; [profile.release.build-override]; panic = 'abort'; cannot be overridden; may not be specified
          lto for one package; [profile.release.package.dep]; lto = true; cannot be overridden; may not be specified
          an override in an override; [profile.release.package.dep.build-override]; opt-level = 1; cannot be overridden; cannot be nested
          a profile called debug; [profile.debug]; opt-level = 1; cannot be called `debug`; profile name `debug` is reserved
          a profile with a dot; [profile.'a.b']; inherits = 'dev'; cannot be called `a.b`; invalid character `.`
          a patch of neither an address nor a registry; [patch.nowhere]; dep.path = 'dep'; neither an address nor a registry; should be a URL or registry name
          a patch of no registry that is empty; [patch.'github.com/x/y']; ; neither an address nor a registry; should be a URL or registry name
          a patch of an address without a host; [patch.'https://']; dep.path = 'dep'; neither an address nor a registry; should be a URL or registry name
          an override for a name with a space; [profile.dev.package.'a b']; opt-level = 1; cannot be the name of a package; invalid character ` ` in package name
          an override for no name; [profile.dev.package.'@1']; opt-level = 1; cannot be the name of a package; package name cannot be empty
          an override for a requirement; [profile.dev.package.'dep@^1']; opt-level = 1; is not a version; expected a version like
          an override for a version cut short within a pre-release; [profile.dev.package.'dep:1-x']; opt-level = 1; is not a version; expected a version like
          an override for an address of another protocol; [profile.dev.package.'foo+https://x.invalid/y']; opt-level = 1; no sources called `foo`; unsupported source protocol: foo
          an override for an address with a query; [profile.dev.package.'https://x.invalid/y?z']; opt-level = 1; cannot have a query; cannot have a query string
          an override for an address without a name; [profile.dev.package.'https://x.invalid']; opt-level = 1; cannot be the name of a package; package name cannot be empty
          an override for an address with half a version; [profile.dev.package.'https://x.invalid/y#1a']; opt-level = 1; is not a version; expected a version like
          an override for a path that is none; [profile.dev.package.'path+http://x.invalid/y']; opt-level = 1; begins with `path+file:`; `path+http` is unsupported
          a replacement with a version; [replace]; '"dep:1.0.0" = { path = "dep", version = "1" }'; cannot have a version requirement; cannot specify a version requirement
          """)
  void manifest(String name, String section, String body, String ours, String cargos)
      throws Exception {
    write(section + "\n" + (body == null ? "" : body.replace("\\n", "\n")), false);
    assertThatThrownBy(() -> Cargo.unitGraph(directory, List.of("build")))
        .isInstanceOf(Cargo.Refused.class)
        .hasMessageContaining(cargos);
    assertThatThrownBy(() -> Workspace.load(directory.resolve("Cargo.toml")))
        .isInstanceOfSatisfying(
            InputException.class,
            e -> {
              assertThat(e.problem()).contains(ours);
              assertThat(e.remedy()).isNotBlank();
              assertThat(e.position()).isNotNull();
              assertThat(e.position().line()).isPositive();
            });
  }

  @ParameterizedTest(name = "--features {0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          none; does not contain this feature; does not contain this feature
          dep:dep; not allowed to use explicit; not allowed to use explicit
          dep/a/b; multiple slashes; multiple slashes
          dep/none; asks for feature `none`; does not have
          none/a; does not contain this feature; does not contain this feature
          hidden; does not contain this feature; does not have feature
          """)
  void featuresOfTheCommandLine(String features, String ours, String cargos) throws Exception {
    TextWorkspace workspace =
        write(
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
        write("[profile." + profile + "]\n" + settings.replace("\\n", "\n") + "\n", true);
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
          build --example folder; a folder is where example `folder` should be; is a directory, but a source file was expected
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
        write(
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
    write("[dependencies]\ndep.path = 'dep'\n", true);
    TextWorkspace workspace =
        write("[dependencies]\ndep = { path = 'dep', features = ['none'] }\n", false);
    List<String> command = List.of("build");
    assertThatThrownBy(() -> workspace.cargo(command)).hasMessageContaining("none");
    assertThatThrownBy(() -> workspace.plan(command))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("asks for feature `none` of dep 1.0.0");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          a lock without a package that it says is needed; '[[package]]\nname = "dep"\nversion = "1.0.0"\n'; ''; means no package; cannot update the lock file
          a lock without a dependency; 'dependencies = [\n "dep",\n]\n'; ''; does not say what needs it; cannot update the lock file
          another version of a dependency; 'name = "dep"\nversion = "1.0.0"'; 'name = "dep"\nversion = "1.0.1"'; no manifest of the workspace does; cannot update the lock file
          another version of the member; 'name = "app"\nversion = "1.0.0"'; 'name = "app"\nversion = "1.0.1"'; does not have app 1.0.0; cannot update the lock file
          a published package for one from a path; 'name = "dep"\nversion = "1.0.0"'; 'name = "dep"\nversion = "1.0.0"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "0000000000000000000000000000000000000000000000000000000000000000"'; does not satisfy `dep; cannot update the lock file
          a package that nothing needs; ' "dep",\n]\n'; ' "dep",\n]\n\n[[package]]\nname = "zed"\nversion = "1.0.0"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "0000000000000000000000000000000000000000000000000000000000000000"\n'; which nothing needs; cannot update the lock file
          a dependency that the manifest does not have; 'name = "dep"\nversion = "1.0.0"\n'; 'name = "dep"\nversion = "1.0.0"\ndependencies = [\n "app",\n]\n'; its manifest does not; cannot update the lock file
          a package twice; ' "dep",\n]\n'; ' "dep",\n]\n\n[[package]]\nname = "dep"\nversion = "1.0.0"\n'; twice; specified twice
          a version that is none; 'version = "1.0.0"'; 'version = "one"'; not a version; unexpected character
          a format of the future; version = 4; version = 9; lock format 9; lock file version `9`
          a conflict of git; version = 4; <<<<<<< HEAD; ; key with no value
          """)
  void lock(String name, String from, String to, String ours, String cargos) throws Exception {
    TextWorkspace workspace = write("[dependencies]\ndep.path = 'dep'\n", true);
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

  @Test
  @DisplayName("A lock without a patch that nothing uses")
  void lockWithoutUnusedPatch() throws Exception {
    TextWorkspace workspace = write("[patch.crates-io]\ndep.path = 'dep'\n", true);
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
          two packages that a lock cannot tell apart; twins; ; cannot tell them apart; package collision in the lockfile
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
    TextWorkspace workspace = write("", true);
    List<String> command = List.of("build", "--target", "x86_64-unknown-linux-gna");
    assertThatThrownBy(() -> workspace.cargo(command))
        .hasMessageContaining("could not find specification for target");
    assertThatThrownBy(() -> workspace.plan(command))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("rustc has no target named `x86_64-unknown-linux-gna`");
  }

  private TextWorkspace write(String more, boolean lock) throws Exception {
    String text =
        """
        ## src/lib.rs dep/src/lib.rs other/src/lib.rs empty/folder/keep
        ## other/Cargo.toml twin/Cargo.toml
        [package]
        name = "other"
        version = "1.0.0"
        ## twin/src/lib.rs pointing/src/lib.rs elsewhere/keep
        ## pointing/Cargo.toml
        [package]
        name = "pointing"
        version = "1.0.0"
        workspace = "../elsewhere"
        ## elsewhere/Cargo.toml
        [workspace]
        ## dep/Cargo.toml
        [package]
        name = "dep"
        version = "1.0.0"
        [workspace]
        ## Cargo.toml
        [package]
        name = "app"
        version = "1.0.0"
        edition = "2024"
        """
            + more;
    return lock ? TextWorkspace.write(directory, text) : TextWorkspace.unlocked(directory, text);
  }
}
