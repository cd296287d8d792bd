package io.github.nixmaven.builder.realise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.pin.Generator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the evaluation says of derivations whose names would mislead a parser. */
class UnitsTest {
  private static final String CHECKSUM = "1".repeat(64);

  @TempDir private Path workspace;

  @BeforeEach
  void makeProject() throws Exception {
    NixFixture.sysroot();
    write(
        "Cargo.toml",
        """
        [package]
        name = "app"
        version = "1.0.0-build"
        edition = "2021"
        [workspace]
        members = ["macros"]
        [dependencies]
        macros = { path = "macros" }
        [build-dependencies]
        published-lib = "=1.0.0-test"
        """);
    write("build.rs", "fn main() {}\n");
    write("src/lib.rs", "\n");
    for (String binary : List.of("smoke-test", "dry-run", "x-build")) {
      write("src/bin/" + binary + ".rs", "fn main() {}\n");
    }
    write("tests/a-post.rs", "#[test] fn nothing() {}\n");
    write("examples/of-lib.rs", "fn main() {}\n");
    write("benches/bench-test.rs", "fn main() {}\n");
    write(
        "macros/Cargo.toml",
        "[package]\nname = \"macros\"\nversion = \"0.1.0\"\n[lib]\nproc-macro = true\n");
    write("macros/src/lib.rs", "\n");
    write(
        "Cargo.lock",
        """
        version = 4

        [[package]]
        name = "app"
        version = "1.0.0-build"
        dependencies = [
         "macros",
         "published-lib",
        ]

        [[package]]
        name = "macros"
        version = "0.1.0"

        [[package]]
        name = "published-lib"
        version = "1.0.0-test+2-run"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "%s"
        """
            .formatted(CHECKSUM));
    write(
        ".cargo/config.toml",
        """
        [source.crates-io]
        replace-with = "vendored-sources"
        [source.vendored-sources]
        directory = "vendor"
        """);
    write(
        "vendor/published-lib/Cargo.toml",
        "[package]\nname = \"published-lib\"\nversion = \"1.0.0-test+2-run\"\n");
    write("vendor/published-lib/build.rs", "fn main() {}\n");
    write("vendor/published-lib/src/lib.rs", "\n");
    write(
        "vendor/published-lib/.cargo-checksum.json",
        "{\"files\":{},\"package\":\"" + CHECKSUM + "\"}");
    Generator.generate(
        CargoRequest.of(workspace.resolve("Cargo.toml"), workspace.resolve("Cargo.nix")),
        NixFixture.CONTEXT.withOffline(true));
  }

  private void write(String path, String content) throws Exception {
    Path file = workspace.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private Project project(Project.Output output) throws Exception {
    return Preparation.prepare(
            HandMadeProject.settings(workspace), output, List.of(), new RecordingConsole().plain())
        .project();
  }

  private static List<String> labels(Project project) {
    List<String> labels = new ArrayList<>();
    for (Derivation derivation : project.closure().values()) {
      if (!derivation.isFixedOutput()) {
        labels.add(project.unit(derivation).label());
      }
    }
    return labels;
  }

  @Test
  @DisplayName("tells programs, runs of build scripts, macros and published crates by no name")
  void members() throws Exception {
    Project project = project(Project.Output.MEMBERS);

    assertThat(labels(project))
        .containsExactlyInAnyOrder(
            "app 1.0.0-build",
            "app 1.0.0-build",
            "app 1.0.0-build (binary smoke-test)",
            "app 1.0.0-build (binary dry-run)",
            "app 1.0.0-build (binary x-build)",
            "app 1.0.0-build (build script's run)",
            "macros 0.1.0",
            "macros 0.1.0",
            "macros 0.1.0",
            "published-lib 1.0.0-test+2-run",
            "rust-target-x86_64-unknown-linux-gnu");
    Map<String, String> parts = new TreeMap<>();
    for (Unit unit : project.units().values()) {
      parts.merge(
          unit.packageId() + " " + unit.part(), String.valueOf(unit.script()), (one, other) -> one);
    }
    assertThat(parts)
        .containsEntry("published-lib 1.0.0-test+2-run library", "build-script")
        .containsEntry("app 1.0.0-build script-run", "")
        .containsEntry("app 1.0.0-build library", "null")
        .containsEntry("macros 0.1.0 macro", "null");
  }

  @Test
  @DisplayName("tells tests from their runs, and both from programs of such names")
  void tests() throws Exception {
    assertThat(labels(project(Project.Output.TEST_RESULTS)))
        .contains(
            "app 1.0.0-build (unit tests)",
            "app 1.0.0-build (running lib app)",
            "app 1.0.0-build (unit tests of bin smoke-test)",
            "app 1.0.0-build (running binary smoke-test)",
            "app 1.0.0-build (unit tests of bin dry-run)",
            "app 1.0.0-build (running binary dry-run)",
            "app 1.0.0-build (binary dry-run)",
            "app 1.0.0-build (test a-post)",
            "app 1.0.0-build (running test a-post)",
            "app 1.0.0-build (example of-lib)",
            "app 1.0.0-build (documentation tests)",
            "app 1.0.0-build (test results)");
  }
}
