package io.github.nixmaven.generator.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.generator.cargo.cfg.Cfg;
import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.resolve.Activation;
import io.github.nixmaven.generator.cargo.resolve.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Asks cargo for the units of workspaces that are made up: those of {@code testdata/workspaces},
 * those that a test varies, and random ones, which {@code -Dunits.seed=N} and {@code
 * -Dunits.count=N} choose.
 */
@DisplayName("In a workspace of local packages our units are cargo's units")
class WorkspaceUnitGraphTest {
  private static final Path WORKSPACES = Path.of("..", "testdata", "workspaces");

  @TempDir Path directory;

  /**
   * The commands of each file; a file without one means any member, without a target and for one.
   */
  static Stream<Arguments> files() throws IOException {
    List<Arguments> result = new ArrayList<>();
    try (Stream<Path> files = Files.list(WORKSPACES)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        List<String> commands =
            Files.readString(file)
                .lines()
                .filter(line -> line.startsWith(TextWorkspace.COMMAND))
                .map(line -> line.substring(TextWorkspace.COMMAND.length()))
                .toList();
        (commands.isEmpty() ? List.of("") : commands)
            .forEach(command -> result.add(Arguments.of(name, command)));
      }
    }
    return result.stream();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("files")
  @DisplayName("What testdata/workspaces holds")
  void file(String name, String command) throws Exception {
    String text = Files.readString(WORKSPACES.resolve(name));
    if (command.isEmpty()) {
      assertSame(text);
    } else {
      TextWorkspace.write(directory, text).assertSame(command.split(" "));
    }
  }

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
