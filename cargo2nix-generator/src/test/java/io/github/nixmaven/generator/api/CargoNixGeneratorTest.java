package io.github.nixmaven.generator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.pin.CheckResult;
import io.github.nixmaven.generator.pin.GenerateResult;
import io.github.nixmaven.generator.pin.Generator;
import io.github.nixmaven.generator.pin.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Generating and checking Cargo.nix")
class CargoNixGeneratorTest extends ProjectFixture {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  // Same inputs, same bytes.

  @Test
  @DisplayName("The first file pins every package, and says so")
  void first() throws Exception {
    GenerateResult result = project.generate();

    assertThat(result)
        .isEqualTo(
            new GenerateResult(
                true,
                false,
                4,
                List.of("app 0.1.0", "cfg-if 1.0.0", "itoa 1.0.14", "tool 0.2.0"),
                List.of(),
                List.of()));
    assertThat(project.check()).isEqualTo(new CheckResult(true, List.of()));
  }

  @Test
  @DisplayName("The same workspace in another folder gives the same bytes")
  void otherFolder() throws Exception {
    Project other = Project.in(directory.resolve("some where/else"));

    project.generate();
    other.generate();

    assertThat(other.text()).isEqualTo(project.text()).doesNotContain(directory.toString());
  }

  @Test
  @DisplayName("Line ends, comments and the order of keys do not count")
  void layout() throws Exception {
    Project other = Project.in(directory.resolve("other"));
    other.write(
        "app/Cargo.toml",
        """
        # What the program needs.
        [dependencies]
        tool.path = "../tool"   # beside us
        itoa.version = "1.0"

        [package]
        edition = "2021"
        version = "0.1.0"
        name = 'app'
        """);
    for (String file : List.of("Cargo.toml", "app/Cargo.toml", "tool/Cargo.toml", "Cargo.lock")) {
      other.replace(file, "\n", "\r\n");
    }
    other.write("Cargo.lock", "# by hand\r\n" + Files.readString(other.file("Cargo.lock")));
    other.replace("app/Cargo.toml", "itoa.version = \"1.0\"", "itoa = \"1.0\"");

    project.generate();
    other.generate();

    assertThat(other.text()).isEqualTo(project.text());
  }

  @Test
  @DisplayName("Any member's manifest leads to the same file")
  void fromMember() throws Exception {
    project.generate();
    String text = project.text();
    Files.delete(project.output());

    TestGenerator.generate(CargoRequest.of(project.file("tool/Cargo.toml"), project.output()));

    assertThat(project.text()).isEqualTo(text);
  }

  @Test
  @DisplayName("When nothing changed the file is not touched")
  void unchanged() throws Exception {
    project.generate();
    Files.setLastModifiedTime(project.output(), LONG_AGO);

    assertThat(project.generate())
        .isEqualTo(new GenerateResult(false, false, 4, List.of(), List.of(), List.of()));
    assertThat(Files.getLastModifiedTime(project.output())).isEqualTo(LONG_AGO);
  }

  @Test
  @DisplayName("A checkout that turned the line ends of Cargo.nix leaves it valid")
  void turnedLineEnds() throws Exception {
    project.generate();
    project.replace("Cargo.nix", "\n", "\r\n");

    assertThat(project.check().upToDate()).isTrue();
    assertThat(project.generate().written()).isFalse();
  }

  @Test
  @DisplayName("Another target is another file")
  void otherTarget() throws Exception {
    project.generate();
    CargoRequest arm = project.request().withTargets(List.of("aarch64-unknown-linux-gnu"));

    assertThat(Generator.check(arm, TestContext.OWN).upToDate()).isFalse();
    assertThat(TestGenerator.generate(arm).written()).isTrue();
    assertThat(project.text()).contains("aarch64-unknown-linux-gnu");
  }

  @Test
  @DisplayName("Hosts, targets and selections are inputs, in whatever order they are written")
  void scope() throws Exception {
    CargoRequest many =
        project
            .request()
            .withTargets(List.of("x86_64-unknown-linux-gnu", "wasm32-unknown-unknown"))
            .withSelections(List.of("default", "all"));
    TestGenerator.generate(many);

    assertThat(project.check().upToDate()).isFalse();
    assertThat(
            Generator.check(
                    many.withTargets(List.of("wasm32-unknown-unknown", "x86_64-unknown-linux-gnu"))
                        .withSelections(List.of("all", "default", "default")),
                    TestContext.OWN)
                .upToDate())
        .isTrue();
  }

  @Test
  @DisplayName("What differs between targets and selections is written once, the rest not again")
  void shared() throws Exception {
    project.write(
        "app/Cargo.toml",
        """
        [package]
        name = "app"
        version = "0.1.0"
        edition = "2021"

        [features]
        extra = []

        [dependencies]
        tool = { path = "../tool" }

        [target.'cfg(not(target_family = "wasm"))'.dependencies]
        itoa = "1.0"
        """);
    TestGenerator.generate(
        project
            .request()
            .withTargets(
                List.of(
                    "x86_64-unknown-linux-gnu",
                    "aarch64-unknown-linux-gnu",
                    "wasm32-unknown-unknown"))
            .withSelections(List.of("default", "all")));

    assertThat(project.text().replaceAll("\\s+", " "))
        .contains(
            "nodes = { \"app 0.1.0\" = {"
                + " dependencies = { itoa = \"itoa 1.0.14\"; tool = \"tool 0.2.0\"; };"
                + " otherwise = ["
                + " { when = { targets = [ \"wasm32-unknown-unknown\" ]; };"
                + " dependencies = { itoa = null; }; }"
                + " { when = { selections = [ \"all\" ]; }; features = [ \"extra\" ]; }"
                + " ]; };"
                + " \"cfg-if 1.0.0\" = { };"
                + " \"itoa 1.0.14\" = { };"
                + " \"tool 0.2.0\" = { dependencies = { cfg_if = \"cfg-if 1.0.0\"; }; };"
                + " };");
    assertThat(
            evaluate(
                    "map (rootFeatures: map (target: builtins.attrNames (import "
                        + project.output()
                        + " (ARGS // { inherit rootFeatures; stdenv.hostPlatform.config = target;"
                        + " })).workspaceMembers.app.build.externs) [ \"wasm32-unknown-unknown\""
                        + " \"aarch64-unknown-linux-gnu\" ]) [ [ \"default\" ] [ \"all\" ] ]")
                .toString())
        .isEqualTo("[[[\"tool\"],[\"itoa\",\"tool\"]],[[\"tool\"],[\"itoa\",\"tool\"]]]");
  }

  // What a change does.

  @Test
  @DisplayName("A bump is reported, and changes that crate's lines and the digests only")
  void bump() throws Exception {
    project.generate();
    List<String> before = project.text().lines().toList();
    project.write("Cargo.lock", Project.lock("1.0.15", Project.ITOA_15));

    CheckResult drift = project.check();
    GenerateResult result = project.generate();

    assertThat(drift.differences()).containsExactly("itoa 1.0.14: the lock has 1.0.15");
    assertThat(result.changed()).containsExactly("itoa 1.0.14 -> 1.0.15");
    assertThat(result.added()).isEmpty();
    assertThat(result.removed()).isEmpty();
    List<String> after = project.text().lines().toList();
    assertThat(after).hasSameSizeAs(before);
    List<String> changed = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).equals(after.get(i))) {
        changed.add(after.get(i).strip());
      }
    }
    assertThat(changed)
        .hasSize(7)
        .allMatch(
            line ->
                line.startsWith("# inputs ")
                    || line.startsWith("# content ")
                    || line.contains("1.0.15")
                    || line.contains(Project.ITOA_15));
  }

  @Test
  @DisplayName("A dependency that comes or goes is reported")
  void addedAndRemoved() throws Exception {
    project.generate();
    project.replace("app/Cargo.toml", "itoa = \"1.0\"\n", "");
    project.replace("Cargo.lock", " \"itoa\",\n", "");
    String lock = Files.readString(project.file("Cargo.lock"));
    int start = lock.indexOf("[[package]]\nname = \"itoa\"");
    project.write(
        "Cargo.lock",
        lock.substring(0, start) + lock.substring(lock.indexOf("[[package]]", start + 1)));

    CheckResult drift = project.check();
    GenerateResult gone = project.generate();
    project.write("app/Cargo.toml", Project.APP);
    project.write("Cargo.lock", Project.lock("1.0.15", Project.ITOA_15));
    GenerateResult back = project.generate();

    assertThat(drift.differences())
        .contains("itoa 1.0.14 is not in the lock", "app 0.1.0: its manifest");
    assertThat(gone.removed()).containsExactly("itoa 1.0.14");
    assertThat(back.added()).containsExactly("itoa 1.0.15");
  }

  @Test
  @DisplayName("Of a new dependency the check names the manifest that asks for it, and the crate")
  void addedIsDrift() throws Exception {
    project.write("app/Cargo.toml", Project.APP.replace("itoa = \"1.0\"\n", ""));
    String lock = Project.lock("1.0.14", Project.ITOA_14).replace(" \"itoa\",\n", "");
    int start = lock.indexOf("[[package]]\nname = \"itoa\"");
    project.write(
        "Cargo.lock",
        lock.substring(0, start) + lock.substring(lock.indexOf("[[package]]", start + 1)));
    project.generate();
    project.write("app/Cargo.toml", Project.APP);
    project.write("Cargo.lock", Project.lock("1.0.14", Project.ITOA_14));

    assertThat(project.check().differences())
        .containsExactly("app 0.1.0: its manifest", "itoa 1.0.14: in the lock, not in Cargo.nix");
  }

  @Test
  @DisplayName("A comment in a manifest is no drift, a setting is")
  void manifestDrift() throws Exception {
    project.generate();

    project.replace("tool/Cargo.toml", "[dependencies]", "# nothing else\n\n[dependencies]");
    assertThat(project.check()).isEqualTo(new CheckResult(true, List.of()));

    project.replace("tool/Cargo.toml", "edition = \"2021\"", "edition = \"2018\"");
    assertThat(project.check())
        .isEqualTo(new CheckResult(false, List.of("tool 0.2.0: its manifest")));
    assertThat(project.generate().changed()).containsExactly("tool 0.2.0: another manifest");
  }

  @Test
  @DisplayName("A crate that a member has come to need is named, unless it is for another platform")
  void addedDrift() throws Exception {
    String full = Project.lock("1.0.14", Project.ITOA_14);
    int start = full.indexOf("[[package]]\nname = \"cfg-if\"");
    String without =
        full.substring(0, start) + full.substring(full.indexOf("[[package]]\nname = \"itoa\""));
    project.write("tool/Cargo.toml", Project.TOOL.replace("cfg-if = \"1\"\n", ""));
    project.write("Cargo.lock", without.replace("dependencies = [\n \"cfg-if\",\n]\n", ""));
    project.generate();

    project.write("Cargo.lock", full);
    project.write(
        "tool/Cargo.toml",
        Project.TOOL.replace("[dependencies]", "[target.'cfg(windows)'.dependencies]"));
    assertThat(project.check().differences()).containsExactly("tool 0.2.0: its manifest");

    project.write("tool/Cargo.toml", Project.TOOL);
    assertThat(project.check().differences())
        .containsExactly("tool 0.2.0: its manifest", "cfg-if 1.0.0: in the lock, not in Cargo.nix");
    assertThat(project.generate().added()).containsExactly("cfg-if 1.0.0");
    assertThat(project.check().upToDate()).isTrue();
  }

  @Test
  @DisplayName("A profile of the root manifest is drift")
  void profileDrift() throws Exception {
    project.generate();
    project.write("Cargo.toml", Project.ROOT + "\n[profile.release]\nlto = true\n");

    assertThat(project.check())
        .isEqualTo(
            new CheckResult(
                false,
                List.of(
                    "the workspace's manifest, the dependencies in the lock, or the file's `scope`")));
  }

  @Test
  @DisplayName("A new program is drift: cargo infers it from its file")
  void newProgram() throws Exception {
    project.generate();
    project.write("app/src/bin/second.rs", "fn main() {}\n");

    assertThat(project.check().differences()).containsExactly("app 0.1.0: its manifest");
    project.generate();
    assertThat(project.text()).contains("src/bin/second.rs");
  }

  @Test
  @DisplayName("A module is no drift: it is not generated")
  void newModule() throws Exception {
    project.generate();
    project.write("app/src/module.rs", "");
    project.write("app/src/deep/er.rs", "");

    assertThat(project.check()).isEqualTo(new CheckResult(true, List.of()));
  }

  @Test
  @DisplayName("A new file of tests is drift: what is tested is generated")
  void newTest() throws Exception {
    project.generate();
    project.write("app/tests/behaviour.rs", "");

    assertThat(project.check().differences()).containsExactly("app 0.1.0: its manifest");
    project.generate();
    assertThat(project.text()).contains("\"test behaviour\"", "tests/behaviour.rs");
  }

  @Test
  @DisplayName("Without tests, what only they need is left out, and the file says how to get it")
  void withoutTests() throws Exception {
    project.write("app/tests/behaviour.rs", "");
    project.generate();
    String full = project.text();

    TestGenerator.generate(project.request().withTests(false));

    assertThat(project.check().upToDate()).isFalse();
    assertThat(project.text())
        .hasSizeLessThan(full.length())
        .contains("tests = null;")
        .doesNotContain("behaviour");
  }

  @Test
  @DisplayName("What a member is built with beside its folder is written relative to Cargo.nix")
  void sources() throws Exception {
    String table = "\n[package.metadata.nix]\nsources = %s\n";
    String manifest = Files.readString(project.file("tool/Cargo.toml"));
    project.write("notes.md", "");
    project.write("assets/a.txt", "");
    project.write(
        "tool/Cargo.toml", manifest + table.formatted("[\"../notes.md\", \"./../assets\"]"));
    project.generate();
    assertThat(project.text()).containsPattern("sources = \\[\\s+\"assets\"\\s+\"notes.md\"\\s+];");

    project.write("tool/Cargo.toml", manifest + table.formatted("[\"../absent.md\"]"));
    assertThatThrownBy(project::generate)
        .hasMessageContaining("tool lists the source ../absent.md, which does not exist");

    project.write("tool/Cargo.toml", manifest + table.formatted("[\"../..\"]"));
    assertThatThrownBy(project::generate).hasMessageContaining("which is outside of");

    project.write("tool/Cargo.toml", manifest + table.formatted("[\"/etc\"]"));
    assertThatThrownBy(project::generate).hasMessageContaining("`/etc` is an absolute path");
  }

  @Test
  @DisplayName("A first readme is drift: cargo hands its name to the compiler")
  void readme() throws Exception {
    project.generate();
    project.write("tool/README.md", "");

    assertThat(project.check().differences()).containsExactly("tool 0.2.0: its manifest");
  }

  // No process.

  @Test
  @DisplayName("Generating and checking start no process, and a recording would show one")
  void noProcess() throws Exception {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ProcessStart");
      recording.start();
      project.generate();
      project.write("Cargo.lock", Project.lock("1.0.15", Project.ITOA_15));
      project.check();
      project.generate();
      assertThat(processes(recording)).isEmpty();

      Nix.run("true");
      assertThat(processes(recording)).hasSize(1).first().asString().contains("true");
    }
  }

  private List<String> processes(Recording recording) throws IOException {
    Path file = Files.createTempFile(directory, "recording", ".jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals("jdk.ProcessStart"))
        .map((RecordedEvent event) -> event.getString("command"))
        .toList();
  }
}
