package io.github.nixmaven.generator.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.generator.cargo.git.GitRepositories;
import io.github.nixmaven.generator.cargo.git.TestRepository;
import io.github.nixmaven.generator.cargo.registry.CrateFiles;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.source.Pin;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks cargo for the units of workspaces with git dependencies. */
@DisplayName("With dependencies from git our units are cargo's units")
class GitUnitGraphTest {
  @TempDir Path temporary;
  private Path workspace;

  @BeforeEach
  void makeWorkspace() {
    workspace = temporary.resolve("workspace");
  }

  /** Compares the units of {@code app}, and yields where each package's source is. */
  private Map<String, Pin.Commit> assertSame(String manifest) throws Exception {
    write("Cargo.toml", manifest);
    write("src/main.rs", "fn main() {}\n");
    Cargo.lockGit(workspace);
    CargoProject project = CargoProject.load(workspace.resolve("Cargo.toml"), System.getenv());
    Path cache = temporary.resolve("cache");
    PackageGraph graph =
        project.graph(
            new PackageSources(
                new CrateFiles(
                    PublishedCrate.CACHE,
                    Optional.empty(),
                    Optional.empty(),
                    new Downloader(Duration.ofMinutes(2), 8, System.getenv()),
                    false),
                new GitRepositories(cache, Optional.empty(), false, System.getenv())),
            Progress.NONE);
    for (String target : List.of("x86_64-unknown-linux-gnu", "aarch64-apple-darwin")) {
      for (String subcommand : List.of("build", "test")) {
        List<String> command = List.of(subcommand, "--target", target);
        UnitComparison.assertSame(
            manifest,
            CargoCommand.parse(command).plan(project, graph),
            Cargo.unitGraph(workspace, command));
      }
    }
    Map<String, Pin.Commit> result = new TreeMap<>();
    for (PackageGraph.Node node : graph.nodes()) {
      if (node.pin() instanceof Pin.Commit commit) {
        result.put(node.locked().label() + " " + commit.commit().substring(0, 7), commit);
      }
    }
    return result;
  }

  private void write(String path, String content) throws IOException {
    Path file = workspace.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static String app(String dependencies) {
    return "[package]\nname = \"app\"\nversion = \"1.0.0\"\nedition = \"2021\"\n" + dependencies;
  }

  private static String override(String spec, int level) {
    return "[profile.dev.package.\"" + spec + "\"]\nopt-level = " + level + "\n";
  }

  private TestRepository library() throws IOException {
    TestRepository repository = TestRepository.create(temporary.resolve("library"));
    repository
        .write(
            "Cargo.toml",
            """
            [workspace]
            members = ["crates/*"]
            resolver = "2"
            [workspace.package]
            version = "0.4.0"
            edition = "2018"
            rust-version = "1.60"
            license = "MIT"
            readme = "ABOUT.md"
            [workspace.dependencies]
            derive = { path = "crates/derive" }
            inner = { path = "crates/inner", default-features = false }
            [workspace.lints.rust]
            unused = "deny"
            """)
        .write("ABOUT.md", "")
        .write(
            "crates/outer/Cargo.toml",
            """
            [package]
            name = "outer"
            version.workspace = true
            edition.workspace = true
            license.workspace = true
            readme.workspace = true
            [lib]
            name = "other_name"
            [features]
            default = ["std"]
            std = ["inner/std"]
            extra = ["dep:optional"]
            [dependencies]
            derive.workspace = true
            inner = { workspace = true, features = ["alloc"] }
            optional = { path = "../optional", optional = true }
            [target.'cfg(target_os = "macos")'.dependencies]
            mac = { path = "../mac" }
            [build-dependencies]
            inner = { path = "../inner" }
            [dev-dependencies]
            absent = { path = "../absent" }
            [lints]
            workspace = true
            [profile.release]
            opt-level = 1
            """)
        .write("crates/outer/build.rs", "fn main() {}\n")
        .write("crates/outer/src/lib.rs", "")
        .write("crates/outer/src/main.rs", "fn main() {}\n")
        .write("crates/outer/examples/show.rs", "fn main() {}\n")
        .writePackage("crates/inner", "inner", "[features]\ndefault = []\nstd = []\nalloc = []\n")
        .writePackage("crates/derive", "derive", "[lib]\nproc-macro = true\n")
        .writePackage("crates/optional", "optional", "")
        .writePackage("crates/mac", "mac", "")
        .writePackage("crates/absent", "absent", "");
    return repository;
  }

  @Test
  @DisplayName("of a virtual workspace in a repository, with its inheritance and path dependencies")
  void inheritance() throws Exception {
    TestRepository library = library();
    library.commit();
    Map<String, Pin.Commit> pins =
        assertSame(
            app(
                "[dependencies]\nouter = { git = \""
                    + library.url()
                    + "\", features = [\"extra\"] }\n[profile.release]\nlto = true\n"));
    assertThat(pins.values())
        .extracting(Pin.Commit::folder)
        .contains("crates/outer", "crates/inner", "crates/derive", "crates/optional", "crates/mac");
  }

  @Test
  @DisplayName(
      "by branch, tag, revision and abbreviated revision, at two commits of one repository")
  void references() throws Exception {
    TestRepository library = library();
    String first = library.commit();
    library.git("tag", "v1");
    library.git("checkout", "--quiet", "-b", "next");
    library.writePackage(
        "crates/inner", "inner", "[features]\ndefault = [\"std\"]\nstd = []\nalloc = []\n");
    String second = library.commit();
    library.git("checkout", "--quiet", "main");
    String git = "git = \"" + library.url() + "\"";
    Map<String, Pin.Commit> pins =
        assertSame(
            app(
                "[dependencies]\n"
                    + ("outer = { " + git + ", branch = \"next\" }\n")
                    + ("old = { " + git + ", tag = \"v1\", package = \"inner\" }\n")
                    + ("new = { "
                        + git
                        + ", branch = \"next\", package = \"inner\", features = [\"std\"] }\n")
                    + ("short = { "
                        + git
                        + ", rev = \""
                        + second.substring(0, 8)
                        + "\", package = \"mac\" }\n")
                    + ("full = { " + git + ", rev = \"" + first + "\", package = \"mac\" }\n")
                    + override("git+" + library.url() + "?branch=next#inner", 1)
                    + override("git+" + library.url() + "#inner", 3)
                    + override(library.url() + "#outer", 2)
                    + override("git+" + library.url() + "?rev=" + first + "#mac", 3)));
    assertThat(pins)
        .containsKeys(
            "inner 0.1.0 " + first.substring(0, 7),
            "inner 0.1.0 " + second.substring(0, 7),
            "mac 0.1.0 " + first.substring(0, 7),
            "mac 0.1.0 " + second.substring(0, 7));
  }

  @Test
  @DisplayName("put in the place of a crate of crates.io by [patch]")
  void patch() throws Exception {
    TestRepository fork = TestRepository.create(temporary.resolve("fork"));
    fork.write("src/lib.rs", "")
        .write(
            "Cargo.toml",
            "[package]\nname = \"cfg-if\"\nversion = \"1.0.99\"\nedition = \"2018\"\n");
    fork.commit();
    Map<String, Pin.Commit> pins =
        assertSame(
            app(
                "[dependencies]\ncfg-if = \"1\"\n[patch.crates-io]\ncfg-if = { git = \""
                    + fork.url()
                    + "\" }\n"));
    assertThat(pins).hasSize(1);
  }

  @Test
  @DisplayName("from a submodule by path, and in the root of a repository that is named otherwise")
  void submodule() throws Exception {
    TestRepository.create(temporary.resolve("vendored")).writePackage("", "vendored", "").commit();
    TestRepository outer = TestRepository.create(temporary.resolve("outer-repo.git"));
    outer.writePackage("", "rooted", "[dependencies]\nvendored.path = \"third/vendored\"\n");
    outer.submodule("../vendored", "third/vendored");
    outer.commit();
    Map<String, Pin.Commit> pins =
        assertSame(app("[dependencies]\nrooted.git = \"" + outer.url() + "\"\n"));
    assertThat(pins.values())
        .extracting(Pin.Commit::folder)
        .containsExactlyInAnyOrder("", "third/vendored");
  }
}
