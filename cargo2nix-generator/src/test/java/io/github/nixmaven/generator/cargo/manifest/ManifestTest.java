package io.github.nixmaven.generator.cargo.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nixmaven.generator.cargo.Cargo;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A manifest means what cargo takes it to mean")
class ManifestTest {
  private static final Path CORPUS = Path.of("../../shared/corpus");

  @TempDir Path directory;

  // Real workspaces. A corpus folder has the manifests; the sources are listed, not kept.

  @ParameterizedTest
  @CsvSource({"aura, 22", "theater, 20"})
  @DisplayName("Members, targets, features and dependencies of real workspaces are cargo's")
  void corpus(String name, int atLeast) throws Exception {
    Path source = CORPUS.resolve(name);
    for (String file : Files.readAllLines(source.resolve("rust-files.txt"))) {
      write(file, "");
    }
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(f -> f.endsWith("Cargo.toml")).toList()) {
        write(source.relativize(file).toString(), Files.readString(file));
      }
    }

    assertThat(workspace().members()).hasSizeGreaterThanOrEqualTo(atLeast);
    assertSame();
  }

  // Small cases. Each is compared with what cargo says.

  @ParameterizedTest
  @ValueSource(strings = {"2015", "2018", "2021", "2024"})
  @DisplayName("Targets are inferred from files in every edition")
  void inferred(String edition) throws Exception {
    manifest("[package]\nname = \"my-pkg\"\nversion = \"1.0.0\"\nedition = \"" + edition + "\"");
    for (String file :
        List.of(
            "src/lib.rs",
            "src/main.rs",
            "src/bin/one.rs",
            "src/bin/two/main.rs",
            "src/bin/two/more.rs",
            "src/bin/.hidden.rs",
            "src/other.rs",
            "examples/ex.rs",
            "examples/dir/main.rs",
            "examples/no/other.rs",
            "tests/t-1.rs",
            "benches/b.rs",
            "build.rs")) {
      write(file, "");
    }
    assertSame();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2015", "2018"})
  @DisplayName("A [[bin]] switches inference off in edition 2015 only")
  void explicitBinary(String edition) throws Exception {
    manifest(
        """
        [package]
        name = "p"
        version = "1.0.0"
        edition = "%s"
        [[bin]]
        name = "one"
        required-features = ["f"]
        [[example]]
        name = "lib-example"
        path = "examples/x.rs"
        crate-type = ["staticlib"]
        [features]
        f = []
        """
            .formatted(edition));
    write("src/main.rs", "");
    write("src/bin/one.rs", "");
    write("src/bin/two.rs", "");
    write("examples/x.rs", "");
    write("examples/y.rs", "");
    assertSame();
  }

  @Test
  @DisplayName("Edition 2015 finds a library and programs in the places of old")
  void legacyPlaces() throws Exception {
    manifest(
        """
        [package]
        name = "p"
        version = "1.0.0"
        [lib]
        name = "old"
        [[bin]]
        name = "p"
        [[test]]
        name = "t"
        """);
    write("src/old.rs", "");
    write("src/main.rs", "");
    write("tests/t.rs", "");
    assertSame();
  }

  @Test
  @DisplayName("autobins and its like switch inference off, and their opposite on")
  void auto() throws Exception {
    manifest(
        """
        [package]
        name = "p"
        version = "1.0.0"
        edition = "2021"
        autobins = false
        autoexamples = false
        autotests = false
        autobenches = false
        build = "scripts/make.rs"
        [lib]
        path = "lib/here.rs"
        crate-type = ["cdylib", "rlib"]
        [[bin]]
        name = "only"
        path = "./src/./only.rs"
        """);
    for (String file :
        List.of(
            "lib/here.rs",
            "src/only.rs",
            "src/bin/b.rs",
            "tests/t.rs",
            "examples/e.rs",
            "benches/b.rs",
            "scripts/make.rs",
            "build.rs")) {
      write(file, "");
    }
    assertSame();
  }

  @Test
  @DisplayName("Old spellings with an underscore count")
  void underscores() throws Exception {
    manifest(
        """
        [package]
        name = "p"
        version = "1.0.0"
        edition = "2018"
        build = false
        [lib]
        proc_macro = true
        [dev_dependencies]
        d = { path = "d" }
        [build_dependencies]
        d = { path = "d", default_features = false }
        """);
    write("src/lib.rs", "");
    write("build.rs", "");
    write("d/Cargo.toml", "[package]\nname = \"d\"\nversion = \"1.0.0\"\nedition = \"2018\"");
    write("d/src/lib.rs", "");
    assertSame();
  }

  @Test
  @DisplayName("What a member inherits is the workspace's, with what it adds")
  void inheritance() throws Exception {
    manifest(
        """
        [workspace]
        members = ["m*"]
        resolver = "2"
        [workspace.package]
        version = "3.2.1"
        edition = "2021"
        authors = ["A <a@example.org>", "B"]
        description = "d"
        license = "MIT"
        homepage = "h"
        repository = "r"
        readme = "docs/READ.md"
        rust-version = "1.70"
        [workspace.dependencies]
        x = { path = "x", version = "1", default-features = false, features = ["one"] }
        "y.z" = { package = "x", path = "x" }
        """
            .replace("\"y.z\"", "y-z"));
    write(
        "m1/Cargo.toml",
        """
        [package]
        name = "m1"
        version.workspace = true
        edition.workspace = true
        authors.workspace = true
        description.workspace = true
        license.workspace = true
        homepage.workspace = true
        repository.workspace = true
        readme.workspace = true
        rust-version.workspace = true
        [dependencies]
        x = { workspace = true, features = ["two"], optional = true }
        [target.'cfg(windows)'.dependencies]
        y-z.workspace = true
        [build-dependencies]
        x = { workspace = true, default-features = true }
        """);
    write("m1/src/lib.rs", "");
    write("m2/Cargo.toml", "[package]\nname = \"m2\"\nversion = \"1.0.0\"\nedition = \"2024\"");
    write("m2/src/lib.rs", "");
    write("m2/README.txt", "");
    write(
        "x/Cargo.toml",
        "[package]\nname = \"x\"\nversion = \"1.0.0\"\nedition = \"2021\"\n[features]\none = []\n"
            + "two = []\ndefault = [\"one\"]");
    write("x/src/lib.rs", "");
    write("docs/READ.md", "");
    assertSame();
  }

  @Test
  @DisplayName("Globs, exclude, and path dependencies make the members that cargo sees")
  void members() throws Exception {
    manifest(
        """
        [workspace]
        resolver = "2"
        members = ["crates/*", "extra"]
        exclude = ["crates/out", "outside"]
        """);
    for (String folder : List.of("crates/a", "crates/b", "crates/out", "extra", "outside", "dep")) {
      String name = folder.substring(folder.indexOf('/') + 1);
      write(
          folder + "/Cargo.toml",
          "[package]\nname = \""
              + name
              + "\"\nversion = \"1.0.0\"\nedition = \"2021\"\n"
              + (name.equals("a")
                  ? "[dependencies]\ndep.path = \"../../dep\"\noutside.path = \"../../outside\""
                  : ""));
      write(folder + "/src/lib.rs", "");
    }
    write("crates/readme.txt", "");
    assertSame();
  }

  @Test
  @DisplayName("Lints become rustc's arguments in cargo's order")
  void lints() throws Exception {
    manifest(
        """
        [workspace]
        [workspace.lints.rust]
        unsafe_code = "forbid"
        unused = { level = "warn", priority = -1 }
        dead_code = "allow"
        unexpected_cfgs = { level = "deny", check-cfg = ['cfg(fuzzing)', 'cfg(x, values("y"))'] }
        [workspace.lints.clippy]
        all = { level = "warn", priority = -1 }
        [workspace.lints.rustdoc]
        bare_urls = "deny"
        [package]
        name = "p"
        version = "1.0.0"
        edition = "2021"
        [lints]
        workspace = true
        """);
    write("src/lib.rs", "");

    // What `cargo rustc -v` runs is cargo's own answer. clippy's lints reach clippy only.
    List<String> arguments = Cargo.rustcArguments(directory);
    List<String> ours = new ArrayList<>(workspace().rootPackage().lintFlags());

    assertThat(
            ours.stream()
                .filter(
                    f ->
                        f.contains("=")
                            && !f.startsWith("cfg(")
                            && !f.contains("clippy::")
                            && !f.contains("rustdoc::")))
        .containsExactlyElementsOf(
            arguments.stream()
                .filter(
                    a ->
                        a.matches("--(forbid|deny|warn|allow)=.*")
                            && !a.contains("clippy::")
                            && !a.contains("rustdoc::"))
                .toList())
        .hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[package]\\nversion = \"1.0.0\"                            | 1:1: `name` is missing",
        "[package]\\nname = \"p\"\\nversion = \"1\"                 | 3:1: ",
        "[package]\\nname = \"p\"\\nedition = \"2030\"              | 3:1: `2030` is not a supported edition",
        "[package]\\nname = \"p\"\\nversion.workspace = true        | 3:1: `version` is inherited",
        "[package]\\nname = \"p\"\\n[dependencies]\\na.workspace = true | 4:1: `a` is inherited",
        "[package]\\nname = \"p\"\\n[dependencies]\\na = \"x.y\"    | 4:1: ",
        "[package]\\nname = \"p\"\\n[target.'cfg(all(x)'.dependencies]| 3:1: ",
        "[package]\\nname = \"p\"\\n[features]\\na = [\"b\"]        | 4:1: feature `a` enables `b`",
        "[package]\\nname = \"p\"\\n[features]\\na = [\"dep:b\"]    | 4:1: feature `a` enables `dep:b`",
        "[package]\\nname = \"p\"\\n[features]\\na = [\"a\"]        | 4:1: feature `a` enables itself",
        "[package]\\nname = \"p\"\\n[[bin]]\\nname = \"none\"       | 4:1: there is no file for bin `none`",
        "[package]\\nname = 1                                       | 2:1: `name` must be a string",
        "dependencies = 1\\n[package]\\nname = \"p\"                | 1:1: `dependencies` must be a table",
      })
  @DisplayName("A mistake is reported with its place and a remedy; cargo refuses it too")
  void mistakes(String content, String message) throws Exception {
    manifest(content.replace("\\n", "\n"));
    write("src/lib.rs", "");

    assertThatThrownBy(this::workspace)
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(directory.resolve("Cargo.toml") + ":" + message);
    assertThatThrownBy(() -> Cargo.generateLockfile(directory)).isInstanceOf(Cargo.Refused.class);
  }

  private void manifest(String content) throws IOException {
    write("Cargo.toml", content);
  }

  private void write(String path, String content) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private Workspace workspace() throws IOException {
    return Workspace.load(directory.resolve("Cargo.toml"), System.getenv());
  }

  private void assertSame() throws IOException {
    Set<String> onlyOurs = ours();
    Set<String> onlyCargos = cargos();
    assertThat(onlyCargos).isNotEmpty();
    onlyOurs.removeAll(cargos());
    onlyCargos.removeAll(ours());
    assertThat(onlyOurs).as("only ours").isEmpty();
    assertThat(onlyCargos).as("only cargo's").isEmpty();
  }

  private TreeSet<String> ours() throws IOException {
    TreeSet<String> result = new TreeSet<>();
    for (Manifest manifest : workspace().members()) {
      TreeSet<String> parts = new TreeSet<>();
      for (Target target : manifest.targets()) {
        parts.add(
            String.join(
                " ",
                "target",
                target.kind().toString(),
                target.name(),
                String.valueOf(manifest.directory().resolve(target.path()).normalize()),
                target.crateTypes().toString(),
                target.requiredFeatures().toString(),
                target.edition(),
                String.valueOf(target.tested())));
      }
      manifest.features().forEach((name, values) -> parts.add("feature " + name + " " + values));
      for (Dependency dependency : manifest.dependencies()) {
        parts.add(
            String.join(
                " ",
                "dependency",
                dependency.kind().toString(),
                dependency.packageName(),
                dependency.isRenamed() ? dependency.nameInToml() : "null",
                String.valueOf(dependency.optional()),
                String.valueOf(dependency.defaultFeatures()),
                dependency.features().stream().sorted().toList().toString(),
                String.valueOf(dependency.path()),
                dependency.platform() == null ? "everywhere" : "somewhere"));
      }
      manifest.metadata().forEach((key, value) -> parts.add("metadata " + key + " = " + value));
      parts.add("authors " + manifest.authors());
      parts.add("links " + manifest.links());
      parts.add(manifest.version() + " " + manifest.edition());
      parts.forEach(part -> result.add(manifest.name() + ": " + part));
    }
    return result;
  }

  private TreeSet<String> cargos() {
    TreeSet<String> result = new TreeSet<>();
    for (JsonNode manifest : Cargo.metadata(directory).get("packages")) {
      TreeSet<String> parts = new TreeSet<>();
      for (JsonNode target : manifest.get("targets")) {
        String kind = target.get("kind").get(0).asText();
        parts.add(
            String.join(
                " ",
                "target",
                switch (kind) {
                  case "custom-build" -> "CUSTOM_BUILD";
                  case "bin" -> "BIN";
                  case "example" -> "EXAMPLE";
                  case "test" -> "TEST";
                  case "bench" -> "BENCH";
                  default ->
                      target.get("src_path").asText().contains("/examples/") ? "EXAMPLE" : "LIB";
                },
                target.get("name").asText(),
                target.get("src_path").asText(),
                strings(target.get("crate_types")).toString(),
                target.has("required-features")
                    ? strings(target.get("required-features")).toString()
                    : "[]",
                target.get("edition").asText(),
                target.get("test").asText()));
      }
      manifest
          .get("features")
          .properties()
          .forEach(f -> parts.add("feature " + f.getKey() + " " + strings(f.getValue())));
      for (JsonNode dependency : manifest.get("dependencies")) {
        parts.add(
            String.join(
                " ",
                "dependency",
                switch (dependency.get("kind").asText()) {
                  case "build" -> "BUILD";
                  case "dev" -> "DEVELOPMENT";
                  default -> "NORMAL";
                },
                dependency.get("name").asText(),
                dependency.get("rename").asText(),
                dependency.get("optional").asText(),
                dependency.get("uses_default_features").asText(),
                strings(dependency.get("features")).stream()
                    .distinct()
                    .sorted()
                    .toList()
                    .toString(),
                dependency.has("path") ? dependency.get("path").asText() : "null",
                dependency.get("target").isNull() ? "everywhere" : "somewhere"));
      }
      for (String key : List.of("description", "homepage", "license", "readme", "repository")) {
        if (!manifest.get(key).isNull()) {
          parts.add("metadata " + key + " = " + manifest.get(key).asText());
        }
      }
      if (!manifest.get("license_file").isNull()) {
        parts.add("metadata license-file = " + manifest.get("license_file").asText());
      }
      if (!manifest.get("rust_version").isNull()) {
        parts.add("metadata rust-version = " + manifest.get("rust_version").asText());
      }
      parts.add("authors " + strings(manifest.get("authors")));
      parts.add("links " + manifest.get("links").asText());
      parts.add(manifest.get("version").asText() + " " + manifest.get("edition").asText());
      parts.forEach(part -> result.add(manifest.get("name").asText() + ": " + part));
    }
    return result;
  }

  private static List<String> strings(JsonNode array) {
    List<String> result = new ArrayList<>();
    array.forEach(element -> result.add(element.asText()));
    return result;
  }
}
