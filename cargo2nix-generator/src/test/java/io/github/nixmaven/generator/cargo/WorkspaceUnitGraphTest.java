package io.github.nixmaven.generator.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.generator.cargo.cfg.Cfg;
import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.resolve.Activation;
import io.github.nixmaven.generator.cargo.resolve.Explanation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Asks cargo for the units of workspaces that are made up. {@code -Dunits.seed=N} and {@code
 * -Dunits.count=N} choose the random ones.
 */
@DisplayName("In a workspace of local packages our units are cargo's units")
class WorkspaceUnitGraphTest {
  @TempDir Path directory;

  /** Any member, without a target and for one. */
  private void assertSame(String text) throws Exception {
    TextWorkspace workspace = TextWorkspace.write(directory, text);
    assertThat(workspace.members()).isNotEmpty();
    for (Manifest manifest : workspace.members()) {
      String member = manifest.name();
      for (String command : List.of("build", "test")) {
        workspace.assertSame(command, "--release", "-p", member);
        workspace.assertSame(
            command, "--release", "-p", member, "--target", "aarch64-apple-darwin");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3"})
  @DisplayName("Host and target, tests and platforms have features of their own from resolver 2 on")
  void resolvers(String resolver) throws Exception {
    assertSame(
        """
        ## Cargo.toml
        [workspace]
        resolver = "%s"
        members = ["app", "mac", "lib"]
        ## app/src/main.rs app/build.rs mac/src/lib.rs lib/src/lib.rs
        ## app/Cargo.toml
        [package]
        name = "app"
        version = "1.0.0"
        edition = "2021"
        [dependencies]
        lib = { path = "../lib", features = ["normal"] }
        mac.path = "../mac"
        [build-dependencies]
        lib = { path = "../lib", features = ["build"], default-features = false }
        [dev-dependencies]
        lib = { path = "../lib", features = ["dev"] }
        [target.'cfg(windows)'.dependencies]
        lib = { path = "../lib", features = ["windows"] }
        [target.'cfg(target_vendor = "apple")'.dependencies]
        lib = { path = "../lib", features = ["apple"] }
        ## mac/Cargo.toml
        [package]
        name = "mac"
        version = "1.0.0"
        edition = "2021"
        [lib]
        proc-macro = true
        [dependencies]
        lib = { path = "../lib", features = ["macro"] }
        ## lib/Cargo.toml
        [package]
        name = "lib"
        version = "1.0.0"
        edition = "2021"
        [features]
        default = []
        normal = []
        build = []
        dev = []
        windows = []
        apple = []
        macro = []
        """
            .formatted(resolver));
  }

  @Test
  @DisplayName("`package` makes the key the extern name, even where it repeats the package's name")
  void packageOfTheSameName() throws Exception {
    assertSame(
        """
        ## Cargo.toml
        [workspace]
        resolver = "2"
        members = ["app", "plain", "dep"]
        ## app/src/main.rs plain/src/main.rs dep/src/lib.rs
        ## app/Cargo.toml
        [package]
        name = "app"
        version = "1.0.0"
        edition = "2021"
        [dependencies]
        dep = { path = "../dep", package = "dep" }
        ## plain/Cargo.toml
        [package]
        name = "plain"
        version = "1.0.0"
        edition = "2021"
        [dependencies]
        dep = { path = "../dep" }
        ## dep/Cargo.toml
        [package]
        name = "dep"
        version = "1.0.0"
        edition = "2021"
        [lib]
        name = "other"
        """);
  }

  @Test
  @DisplayName("dep:, weak, strong and implicit features, renames and required features")
  void features() throws Exception {
    assertSame(
        """
        ## Cargo.toml
        [workspace]
        resolver = "2"
        members = ["app", "one", "two", "three"]
        ## app/src/main.rs app/src/bin/with.rs app/src/bin/without.rs
        ## one/src/lib.rs two/src/lib.rs three/src/lib.rs
        ## app/Cargo.toml
        [package]
        name = "app"
        version = "1.0.0"
        edition = "2021"
        [[bin]]
        name = "with"
        required-features = ["strong", "uno/x"]
        [[bin]]
        name = "without"
        required-features = ["uno/y"]
        [features]
        default = ["weak", "strong", "hidden", "three"]
        weak = ["two?/x"]
        strong = ["uno/x"]
        hidden = ["dep:two", "two?/y"]
        off = ["three?/x"]
        [dependencies]
        uno = { package = "one", path = "../one", optional = true }
        two = { path = "../two", optional = true }
        three = { path = "../three", optional = true, default-features = false }
        ## one/Cargo.toml
        [package]
        name = "one"
        version = "1.0.0"
        [features]
        x = ["y-two/x"]
        y = []
        [dependencies]
        y-two = { package = "two", path = "../two" }
        ## two/Cargo.toml
        [package]
        name = "two"
        version = "1.0.0"
        [features]
        x = []
        y = []
        ## three/Cargo.toml
        [package]
        name = "three"
        version = "1.0.0"
        [features]
        default = ["x"]
        x = []
        """);
  }

  @Test
  @DisplayName("Each dependency means the package at its path, however many share a name")
  void namesakes() throws Exception {
    assertSame(
        """
        ## Cargo.toml
        [workspace]
        resolver = "2"
        members = ["app"]
        exclude = ["old", "new"]
        ## app/src/main.rs old/src/lib.rs new/src/lib.rs
        ## app/Cargo.toml
        [package]
        name = "app"
        version = "1.0.0"
        [dependencies]
        same.path = "../old"
        same-new = { package = "same", path = "../new" }
        ## old/Cargo.toml
        [package]
        name = "same"
        version = "1.0.0"
        ## new/Cargo.toml
        [package]
        name = "same"
        version = "2.0.0"
        """);
  }

  @Test
  @DisplayName("Build scripts wait for those of the linked libraries they depend on")
  void links() throws Exception {
    assertSame(
        """
        ## Cargo.toml
        [workspace]
        resolver = "2"
        members = ["app", "sys", "sys2"]
        ## app/src/lib.rs app/src/main.rs app/build.rs
        ## sys/src/lib.rs sys/build.rs sys2/src/lib.rs sys2/build.rs
        ## app/Cargo.toml
        [package]
        name = "app"
        version = "1.0.0"
        [dependencies]
        sys.path = "../sys"
        [build-dependencies]
        sys2.path = "../sys2"
        ## sys/Cargo.toml
        [package]
        name = "sys"
        version = "1.0.0"
        links = "one"
        [dependencies]
        sys2.path = "../sys2"
        ## sys2/Cargo.toml
        [package]
        name = "sys2"
        version = "1.0.0"
        links = "two"
        """);
  }

  @Test
  @DisplayName("Profiles: overrides for packages and the build, and a root macro's profile")
  void profiles() throws Exception {
    assertSame(
        """
        ## Cargo.toml
        [workspace]
        resolver = "2"
        members = ["app", "mac", "lib"]
        exclude = ["out"]
        [profile.release]
        debug = true
        strip = "debuginfo"
        lto = "thin"
        panic = "abort"
        [profile.release.build-override]
        opt-level = 2
        [profile.release.package."*"]
        opt-level = "s"
        [profile.release.package.lib]
        codegen-units = 1
        debug = 1
        ## app/src/main.rs app/build.rs mac/src/lib.rs lib/src/lib.rs out/src/lib.rs
        ## app/Cargo.toml
        [package]
        name = "app"
        version = "1.0.0"
        [dependencies]
        lib.path = "../lib"
        mac.path = "../mac"
        [build-dependencies]
        lib.path = "../lib"
        ## mac/Cargo.toml
        [package]
        name = "mac"
        version = "1.0.0"
        [lib]
        proc-macro = true
        [dependencies]
        lib.path = "../lib"
        ## lib/Cargo.toml
        [package]
        name = "lib"
        version = "1.0.0"
        [dependencies]
        out.path = "../out"
        ## out/Cargo.toml
        [package]
        name = "out"
        version = "1.0.0"
        """);
  }

  @Test
  @DisplayName("A profile keeps the strip that it inherits, and an override's is its own")
  void inheritedStrip() throws Exception {
    TextWorkspace workspace =
        TextWorkspace.write(
            directory,
            """
            ## Cargo.toml
            [package]
            name = "app"
            version = "1.0.0"
            [profile.release]
            strip = "symbols"
            [profile.release.build-override]
            strip = "none"
            [profile.custom]
            inherits = "release"
            debug = 1
            [profile.custom.build-override]
            opt-level = 1
            ## src/lib.rs build.rs
            """);
    workspace.assertSame("build", "--profile", "custom");
    workspace.assertSame("bench");
  }

  @Test
  @DisplayName(
      "A library that build script and target need is one, though only one of them says strip")
  void sharedDespiteOpenStrip() throws Exception {
    TextWorkspace workspace =
        TextWorkspace.write(
            directory,
            """
            ## Cargo.toml
            [package]
            name = "app"
            version = "1.0.0"
            [workspace]
            [profile.test.build-override]
            strip = "none"
            [dependencies]
            lib.path = "lib"
            [build-dependencies]
            lib.path = "lib"
            ## src/lib.rs build.rs lib/src/lib.rs
            ## lib/Cargo.toml
            [package]
            name = "lib"
            version = "1.0.0"
            """);
    workspace.assertSame("test");
    workspace.assertSame("test", "--target", "x86_64-unknown-linux-gnu");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "inside the workspace, patches/dep, ",
    "inside and ignored by git, ignored/dep, ",
    "a member, members/dep, members = ['members/dep']",
    "outside the workspace, ../outside/dep, ",
  })
  @DisplayName("A patch puts a package from a path in the place of a published one")
  void patched(String name, String path, @Nullable String members) throws Exception {
    Path root = directory.resolve("workspace");
    TextWorkspace.unlocked(
        root,
        """
        ## .gitignore
        /ignored
        ## %1$s/src/lib.rs user/src/lib.rs unused/src/lib.rs
        ## %1$s/Cargo.toml
        [package]
        name = "dep"
        version = "1.2.0"
        [features]
        default = ["a"]
        a = []
        b = []
        [dependencies]
        absent = { path = "absent", optional = true }
        [dev-dependencies]
        missing.path = "missing"
        ## user/Cargo.toml
        [package]
        name = "user"
        version = "1.0.0"
        [dependencies]
        dep = { version = "1.1", features = ["b"] }
        ## unused/Cargo.toml
        [package]
        name = "unused"
        version = "1.0.0"
        """
            .formatted(path)
            .replace(members == null ? "" : "[dev-dependencies]\nmissing.path = \"missing\"\n", "")
            .replace(
                members == null ? "" : "absent = { path = \"absent\", optional = true }\n", ""));
    TextWorkspace workspace =
        TextWorkspace.write(
            root,
            """
            ## src/lib.rs
            ## Cargo.toml
            [package]
            name = "app"
            version = "1.0.0"
            edition = "2021"
            [dependencies]
            re-named = { version = "1", package = "dep", default-features = false }
            user.path = "user"
            [patch.crates-io]
            any-key = { path = "%s", package = "dep" }
            unused.path = "unused"
            [workspace]
            %s
            """
                .formatted(path, members == null ? "" : members));
    workspace.assertSame("build");
    workspace.assertSame("build", "--workspace", "--no-default-features");
    workspace.assertSame("test", "--workspace");
  }

  @Test
  @DisplayName("Of packages with one name and version, the lock's is the one that is needed")
  void namesakesOfOneVersion() throws Exception {
    TextWorkspace workspace =
        TextWorkspace.write(
            directory,
            """
            ## src/lib.rs a/src/lib.rs z/src/lib.rs middle/src/lib.rs
            ## Cargo.toml
            [package]
            name = "app"
            version = "1.0.0"
            [dependencies]
            middle.path = "middle"
            same.path = "a"
            [workspace]
            exclude = ["a", "z", "middle"]
            ## middle/Cargo.toml
            [package]
            name = "middle"
            version = "1.0.0"
            [dependencies]
            other = { path = "../z", package = "same", optional = true }
            ## a/Cargo.toml
            [package]
            name = "same"
            version = "1.0.0"
            [features]
            default = ["right"]
            right = []
            ## z/Cargo.toml
            [package]
            name = "same"
            version = "1.0.0"
            [features]
            default = ["wrong"]
            wrong = []
            """);
    workspace.assertSame("build");
  }

  @Test
  @DisplayName("A member may stand outside the root's folder where it points to the root")
  void pointingFromOutside() throws Exception {
    TextWorkspace.unlocked(
        directory,
        """
        ## outside/src/lib.rs near/src/lib.rs
        ## outside/Cargo.toml
        [package]
        name = "outside"
        version.workspace = true
        workspace = "../root"
        [features]
        default = ["near"]
        [dependencies]
        near = { path = "../near", optional = true }
        ## near/Cargo.toml
        [package]
        name = "near"
        version = "1.0.0"
        """);
    TextWorkspace workspace =
        TextWorkspace.write(
            directory.resolve("root"),
            """
            ## src/lib.rs
            ## Cargo.toml
            [package]
            name = "app"
            version = "1.0.0"
            [dependencies]
            outside.path = "../outside"
            [workspace.package]
            version = "3.0.0"
            [workspace]
            """);
    workspace.assertSame("build", "--workspace");
    workspace.assertSame("test", "-p", "outside");
    assertThat(workspace.members()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x86_64-unknown-linux-gnu",
        "aarch64-apple-darwin",
        "x86_64-pc-windows-msvc",
        "wasm32-wasip1",
        "thumbv7em-none-eabihf"
      })
  @DisplayName("cfg() asks for every key that rustc prints")
  void everyKey(String target) throws Exception {
    List<String> keys =
        TargetInfo.all().values().stream()
            .flatMap(info -> info.cfg().stream())
            .map(Cfg::key)
            .distinct()
            .sorted()
            .toList();
    StringBuilder text = new StringBuilder("## src/lib.rs\n");
    StringBuilder dependencies = new StringBuilder();
    for (String key : keys) {
      String condition =
          TargetInfo.of(target).cfg().stream()
              .filter(fact -> fact.key().equals(key))
              .map(Cfg::toString)
              .max(Comparator.naturalOrder())
              .orElse(key);
      for (String cfg : List.of(condition, "not(" + condition + ")")) {
        String name = (cfg.equals(condition) ? "is-" : "not-") + key;
        dependencies.append(
            "[target.'cfg(%s)'.dependencies]\n%2$s.path = \"%2$s\"\n".formatted(cfg, name));
        text.append("## %1$s/src/lib.rs\n## %1$s/Cargo.toml\n[package]\n".formatted(name))
            .append("name = \"" + name + "\"\n");
      }
    }
    text.append("## Cargo.toml\n[package]\nname = \"app\"\n").append(dependencies);
    TextWorkspace workspace = TextWorkspace.write(directory, text.toString());
    workspace.assertSame("build", "--target", target);
    assertThat(workspace.plan(List.of("build", "--target", target)).units())
        .hasSize(1 + keys.size());
  }

  @Test
  @DisplayName(
      "--features passes over a member whose dependency of that name is required somewhere")
  void hiddenAndRequired() throws Exception {
    TextWorkspace workspace =
        TextWorkspace.write(
            directory,
            """
            ## a/src/lib.rs b/src/lib.rs dep/src/lib.rs
            ## Cargo.toml
            [workspace]
            resolver = "2"
            members = ["a", "b", "dep"]
            ## a/Cargo.toml
            [package]
            name = "a"
            version = "1.0.0"
            [features]
            on = ["dep:dep"]
            [target.'cfg(windows)'.dev-dependencies]
            dep.path = "../dep"
            [dependencies]
            dep = { path = "../dep", optional = true }
            ## b/Cargo.toml
            [package]
            name = "b"
            version = "1.0.0"
            [dependencies]
            dep = { path = "../dep", optional = true }
            ## dep/Cargo.toml
            [package]
            name = "dep"
            version = "1.0.0"
            """);
    workspace.assertSame("build", "--workspace", "--features", "dep");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "build --bin one",
        "build --bin one --bin two",
        "build --bin t*",
        "build --bin [a-p]??",
        "build --bin one --bins",
        "build --bin gated --features gate",
        "build --lib --bin one --example show",
        "build --example show",
        "build --example gen*",
        "build --test it",
        "build --test i? --bench speed",
        "build --bench speed --all-targets",
        "build --tests --bin one",
        "build --workspace --bin one",
        "test --bin one",
        "test --lib",
        "test --lib --bins --examples",
        "test --example show",
        "test --test it --release",
        "test --benches",
        "test --doc",
        "test --doc --workspace --target aarch64-apple-darwin",
        "test --all-targets",
        "bench --bench speed",
        "bench --bin one --tests"
      })
  @DisplayName("Targets are chosen by kind, name and pattern")
  void targets(String command) throws Exception {
    TextWorkspace workspace =
        TextWorkspace.write(
            directory,
            """
            ## src/lib.rs src/bin/one.rs src/bin/two.rs src/bin/three.rs src/bin/gated.rs
            ## examples/show.rs examples/generate.rs tests/it.rs tests/other.rs
            ## benches/speed.rs benches/size.rs dep/src/lib.rs dep/src/main.rs no-docs/src/lib.rs
            ## Cargo.toml
            [package]
            name = "app"
            version = "1.0.0"
            edition = "2021"
            [features]
            gate = []
            [[bin]]
            name = "gated"
            required-features = ["gate"]
            [[example]]
            name = "generate"
            test = true
            crate-type = ["cdylib"]
            [[test]]
            name = "it"
            required-features = ["dep/default"]
            [dependencies]
            dep.path = "dep"
            [dev-dependencies]
            no-docs.path = "no-docs"
            [workspace]
            members = ["dep", "no-docs"]
            ## dep/Cargo.toml
            [package]
            name = "dep"
            version = "1.0.0"
            [features]
            default = []
            [lib]
            doctest = false
            ## no-docs/Cargo.toml
            [package]
            name = "no-docs"
            version = "1.0.0"
            [lib]
            crate-type = ["cdylib"]
            """);
    workspace.assertSame(command.split(" "));
  }

  @Test
  @DisplayName("Features may switch each other on in a circle")
  void featureCycle() throws Exception {
    TextWorkspace workspace =
        TextWorkspace.write(
            directory,
            """
            ## src/lib.rs dep/src/lib.rs
            ## Cargo.toml
            [package]
            name = "app"
            version = "1.0.0"
            [features]
            a = ["b"]
            b = ["c", "dep/x"]
            c = ["a"]
            [dependencies]
            dep.path = "dep"
            ## dep/Cargo.toml
            [package]
            name = "dep"
            version = "1.0.0"
            [features]
            x = ["y"]
            y = ["x"]
            """);
    workspace.assertSame("build", "--features", "c");
  }

  @Test
  @DisplayName("What was a path's package and is gone may stay in the lock")
  void goneFromLock() throws Exception {
    TextWorkspace workspace =
        TextWorkspace.write(
            directory,
            """
            ## src/lib.rs
            ## Cargo.toml
            [package]
            name = "app"
            version = "1.0.0"
            """);
    Path lock = directory.resolve("Cargo.lock");
    Files.writeString(
        lock,
        Files.readString(lock)
            + "dependencies = [\n \"gone\",\n]\n\n[[package]]\nname = \"gone\"\nversion = \"1.0.0\"\n");
    workspace.assertSame("build");
  }

  @Test
  @DisplayName("The explanation leads from a feature back to what was selected")
  void explanation() throws Exception {
    TextWorkspace workspace =
        TextWorkspace.write(
            directory,
            """
            ## Cargo.toml
            [package]
            name = "app"
            version = "1.0.0"
            [workspace]
            [features]
            default = ["lib/fast"]
            [dependencies]
            lib = { path = "lib", optional = true }
            ## src/lib.rs lib/src/lib.rs
            ## lib/Cargo.toml
            [package]
            name = "lib"
            version = "1.0.0"
            [features]
            fast = []
            """);
    Explanation explanation = workspace.plan(List.of("build")).explanation();
    Activation lib = explanation.packages("lib").get(0);
    Activation fast = explanation.feature(lib.node(), false, "fast").orElseThrow();
    Activation cause = Objects.requireNonNull(fast.cause());

    assertThat(fast).hasToString("lib 1.0.0/fast");
    assertThat(fast.via()).isEqualTo("lib/fast");
    assertThat(cause).hasToString("app 1.0.0/default");
    assertThat(cause.cause()).isNull();
    assertThat(explanation.dependency(cause.node(), false, "lib")).isPresent();
    assertThat(explanation.feature(lib.node(), false, "slow")).isEmpty();
    assertThat(
            workspace.plan(List.of("build", "--no-default-features")).explanation().packages("lib"))
        .isEmpty();
  }

  @Test
  @DisplayName("Random workspaces: any command, members, targets, features and platform")
  void random() throws Exception {
    RandomComparison.Result result =
        RandomComparison.run(
            directory, Long.getLong("units.seed", 1), Integer.getInteger("units.count", 450));
    System.out.println(result);
    assertThat(String.join("\n\n", result.differences())).isEmpty();
    assertThat(result.compared()).isGreaterThan(3 * result.refused());
  }

  @ParameterizedTest(name = "{0}, version {1}")
  @CsvSource({
    "dep, 1.2.3-beta+a",
    "dep@1, 1.2.3",
    "dep:1.2, 1.2.3+a",
    "dep@1.2.3, 1.2.3+a",
    "dep@1.2.3+a, 1.2.3+a",
    "dep@1.2.3+b, 1.2.3+a",
    "dep@1, 1.2.3-beta",
    "dep@1.2.3, 1.2.3-beta",
    "dep@1.2.3-beta, 1.2.3-beta+a",
    "dep@1.2.3-bet, 1.2.3-beta",
    "dep@2, 1.2.3",
    "dep@1.20, 1.2.3",
    "de, 1.2.3",
    "dep::x, 1.2.3",
  })
  @DisplayName("An override of a profile holds for the packages that its key means")
  void packageSpecification(String spec, String version) throws Exception {
    TextWorkspace.write(
            directory,
            """
            ## src/lib.rs dep/src/lib.rs
            ## Cargo.toml
            [package]
            name = "app"
            version = "1.0.0"
            edition = "2021"
            [dependencies]
            dep.path = "dep"
            [profile.dev.package."%s"]
            opt-level = 2
            ## dep/Cargo.toml
            [package]
            name = "dep"
            version = "%s"
            edition = "2021"
            """
                .formatted(spec, version))
        .assertSame("build");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file://DEP#dep",
        "path+file://DEP#1.0",
        "path+file://DEP/#dep",
        "file://DEP",
        "file:///elsewhere/dep#dep@1.0.0",
        "git+file://DEP#dep",
        "git+file://DEP?branch=main#dep",
        "https://example.com/index#dep",
      })
  @DisplayName("An address in an override's key must be the package's own")
  void packageAddress(String spec) throws Exception {
    String key = spec.replace("DEP", directory.toRealPath().resolve("dep").toString());
    TextWorkspace.write(
            directory,
            """
            ## src/lib.rs dep/src/lib.rs
            ## Cargo.toml
            [package]
            name = "app"
            version = "1.0.0"
            edition = "2021"
            [dependencies]
            dep.path = "dep"
            [profile.dev.package."%s"]
            opt-level = 2
            ## dep/Cargo.toml
            [package]
            name = "dep"
            version = "1.0.0"
            edition = "2021"
            """
                .formatted(key))
        .assertSame("build");
  }
}
