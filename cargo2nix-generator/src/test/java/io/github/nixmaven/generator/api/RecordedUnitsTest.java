package io.github.nixmaven.generator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.generator.cargo.Cargo;
import io.github.nixmaven.generator.cargo.CargoProject;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.cargo.CargoSources;
import io.github.nixmaven.generator.cargo.FeatureSelection;
import io.github.nixmaven.generator.cargo.PublishedCrate;
import io.github.nixmaven.generator.cargo.TextWorkspace;
import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.graph.UnitGraphJson;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.Selection;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.pin.TestContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What builders get is compared with what cargo says it builds. What Nix makes of it stays in
 * {@code target/recordings}, for scripts/nix-versions to ask other versions of Nix the same.
 */
@DisplayName("Each derivation gets exactly what cargo's units hold")
class RecordedUnitsTest {
  private static final Path RECORDINGS = Path.of("target/recordings").toAbsolutePath();
  private static final String LINUX = "x86_64-unknown-linux-gnu";
  private static final String WASM = "wasm32-unknown-unknown";
  private static final String APPLE = "aarch64-apple-darwin";
  private static final String WINDOWS = "x86_64-pc-windows-msvc";

  @ParameterizedTest
  @ValueSource(strings = {"ripgrep 14.1.1", "bat 0.24.0", "gitui 0.26.3"})
  @DisplayName("Published programs, under every selection, for several hosts and targets")
  void program(String label) throws Exception {
    String name = label.substring(0, label.indexOf(' '));
    Path directory = PublishedCrate.unpack(name, label.substring(name.length() + 1));
    Files.deleteIfExists(directory.resolve("Cargo.nix"));

    int builds =
        new Scope(
                List.of(LINUX, APPLE),
                List.of(LINUX, APPLE, WINDOWS),
                List.of("default", "no-default", "all"))
            .compare(directory, name);

    assertThat(builds).isGreaterThan(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3"})
  @DisplayName("A workspace with all that tells units apart, under every resolver")
  void workspace(String resolver) throws Exception {
    Path directory = fresh("workspace-" + resolver);
    TextWorkspace.unlocked(directory, WORKSPACE.replace("RESOLVER", resolver));
    Cargo.run(directory, Map.of(), List.of("generate-lockfile"));
    Files.createDirectories(directory.resolve("app/target"));
    Files.writeString(directory.resolve("app/target/left-behind"), "by a build");

    int builds =
        new Scope(
                List.of(LINUX, APPLE),
                List.of(LINUX, WASM, WINDOWS),
                List.of("default", "no-default", "all", "extra,loud", "default,extra"))
            .compare(directory, "workspace-" + resolver);

    assertThat(builds).isGreaterThan(30);
  }

  @Test
  @DisplayName("A real workspace, theater: each of its members, and all of them together")
  void theater() throws Exception {
    Path corpus = Path.of("../../shared/corpus/theater");
    Path directory = fresh("theater");
    for (String file : Files.readAllLines(corpus.resolve("rust-files.txt"))) {
      write(directory.resolve(file), "");
    }
    try (Stream<Path> files = Files.walk(corpus)) {
      for (Path file : files.filter(f -> f.endsWith("Cargo.toml")).toList()) {
        write(directory.resolve(corpus.relativize(file).toString()), Files.readString(file));
      }
    }
    Files.copy(Path.of("../conformance/locks/theater.Cargo.lock"), directory.resolve("Cargo.lock"));

    int builds =
        new Scope(List.of(LINUX), List.of(LINUX), List.of("default")).compare(directory, "theater");

    assertThat(builds).isGreaterThan(400);
  }

  private static Path fresh(String name) throws IOException {
    Path directory = RECORDINGS.resolve(name).resolve("sources");
    if (Files.exists(directory)) {
      io.github.nixmaven.generator.text.DirectoryTree.delete(directory);
    }
    return Files.createDirectories(directory);
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private record Scope(List<String> hosts, List<String> targets, List<String> selections) {

    /** Compares everything, and returns the number of different things that are built. */
    int compare(Path directory, String name) throws Exception {
      TestGenerator.generate(
          CargoRequest.of(directory.resolve("Cargo.toml"), directory.resolve("Cargo.nix"))
              .withHosts(hosts)
              .withTargets(targets)
              .withSelections(selections));
      Path recordings = Files.createDirectories(RECORDINGS.resolve(name));
      JsonNode exact = record(recordings, directory, "exact");
      JsonNode nixpkgs = record(recordings, directory, "nixpkgs");

      Set<Path> packages = new HashSet<>();
      for (JsonNode unit : exact.get("units")) {
        if (unit.has("path")) {
          packages.add(directory.resolve(unit.get("path").asText()).normalize());
        }
      }
      UnitRecording ours = new UnitRecording(directory, exact.get("units"), true, packages);
      UnitRecording theirs = new UnitRecording(directory, nixpkgs.get("units"), false, packages);
      Units units = new Units(directory);
      for (int i = 0; i < exact.get("contexts").size(); i++) {
        JsonNode context = exact.get("contexts").get(i);
        JsonNode same = nixpkgs.get("contexts").get(i);
        String host = context.get("host").asText();
        String target = context.get("target").asText();
        String selection = context.get("selection").asText();
        if (context.get("resolution").asText().equals("workspace")) {
          JsonNode graph = units.of(host, target, selection, "--workspace");
          ours.assertSame(roots(context), graph, host, target);
          theirs.assertSame(roots(same), graph, host, target);
        } else {
          for (PackageGraph.Node member : units.graph.members()) {
            String of = member.locked().name();
            JsonNode graph = units.of(host, target, selection, of);
            ours.assertSame(only(of, roots(context)), graph, host, target);
            theirs.assertSame(only(of, roots(same)), graph, host, target);
          }
        }
      }
      assertThat(ours.met()).hasSize(exact.get("units").size());
      assertThat(theirs.met()).hasSize(nixpkgs.get("units").size());
      return exact.get("units").size();
    }

    private JsonNode record(Path recordings, Path directory, String builder) throws Exception {
      Path expression = recordings.resolve(builder + ".nix");
      Files.writeString(
          expression,
          "import "
              + Path.of("src/test/resources/io/github/nixmaven/generator/api/record.nix")
                  .toAbsolutePath()
              + " {\n  builder = \""
              + builder
              + "\";\n  cargoNix = "
              + directory.resolve("Cargo.nix")
              + ";\n"
              + list("hosts", hosts)
              + list("targets", targets)
              + list("selections", selections)
              + "}\n");
      Path result = recordings.resolve(builder + ".json");
      Process process =
          new ProcessBuilder("nix-instantiate", "--eval", "--strict", "--json", "" + expression)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectOutput(result.toFile())
              .start();
      assertThat(process.waitFor()).as("%s", expression).isZero();
      return new ObjectMapper().readTree(result.toFile());
    }

    private static String list(String name, List<String> values) {
      return "  " + name + " = [ \"" + String.join("\" \"", values) + "\" ];\n";
    }
  }

  private static Map<String, String> roots(JsonNode context) {
    Map<String, String> result = new TreeMap<>();
    context
        .get("roots")
        .fields()
        .forEachRemaining(e -> result.put(e.getKey(), e.getValue().asText()));
    return result;
  }

  private static Map<String, String> only(String member, Map<String, String> roots) {
    String root = roots.get(member);
    return root == null ? Map.of() : Map.of(member, root);
  }

  /** The units of a context in cargo's JSON: from cargo itself, but for hosts that it is not on. */
  private static final class Units {
    private final Path directory;
    private final CargoProject project;
    private final PackageGraph graph;
    private final Map<List<String>, JsonNode> asked = new HashMap<>();

    Units(Path directory) throws Exception {
      this.directory = directory;
      this.project = CargoProject.load(directory.resolve("Cargo.toml"), System.getenv());
      this.graph = project.graph(CargoSources.packages(TestContext.OWN), Progress.NONE);
    }

    JsonNode of(String host, String target, String selection, String member) throws Exception {
      return host.equals(LINUX)
          ? cargos(target, selection, member)
          : planned(host, target, selection, member);
    }

    private JsonNode cargos(String target, String selection, String member) {
      List<String> command = new ArrayList<>(List.of("build", "--release"));
      command.addAll(member.equals("--workspace") ? List.of(member) : List.of("-p", member));
      if (!target.equals(LINUX)) {
        command.addAll(List.of("--target", target));
      }
      switch (selection) {
        case "default" -> {}
        case "no-default" -> command.add("--no-default-features");
        case "all" -> command.add("--all-features");
        default -> {
          List<String> features = new ArrayList<>(List.of(selection.split(",")));
          if (!features.remove("default")) {
            command.add("--no-default-features");
          }
          features.removeIf(f -> !member.equals("--workspace") && !has(member, f));
          if (!features.isEmpty()) {
            command.addAll(List.of("--features", String.join(",", features)));
          }
        }
      }
      return asked.computeIfAbsent(command, c -> Cargo.unitGraph(directory, c));
    }

    private boolean has(String member, String feature) {
      return graph.members().stream()
          .filter(node -> node.locked().name().equals(member))
          .anyMatch(node -> node.manifest().features().containsKey(feature));
    }

    private JsonNode planned(String host, String target, String selection, String member)
        throws IOException {
      FeatureSelection features = FeatureSelection.parse(selection);
      int resolver = project.workspace().resolver();
      Selection selected =
          member.equals("--workspace")
              ? features.of(graph)
              : features.of(
                  graph,
                  graph.members().stream()
                      .filter(node -> node.locked().name().equals(member))
                      .findFirst()
                      .orElseThrow(),
                  resolver);
      UnitGraph units =
          UnitGraph.plan(
              graph,
              selected,
              resolver,
              Profiles.of(project.workspace(), "release"),
              TargetInfo.of(host),
              target.equals(host) ? null : TargetInfo.of(target));
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      UnitGraphJson.write(units, Path.of("/cargo-home"), json);
      return new ObjectMapper().readTree(json.toByteArray());
    }
  }

  /**
   * A member with everything, a procedural macro, a program and a library; beside them two versions
   * of a package, one version from two sources, and packages that differ by who needs them and
   * where.
   */
  private static final String WORKSPACE =
      """
      ## Cargo.toml
      [workspace]
      members = ["app", "core-lib", "plugin", "tool"]
      exclude = ["vendor"]
      resolver = "RESOLVER"
      [profile.release]
      lto = "thin"
      panic = "abort"
      [profile.release.package.shared]
      opt-level = 1
      debug = 1
      [profile.release.build-override]
      opt-level = 2
      [profile.release.package.tool]
      strip = "symbols"
      codegen-units = 3

      ## app/Cargo.toml
      [package]
      name = "app"
      version = "1.2.3-rc.1+meta"
      edition = "2021"
      build = "scripts/make.rs"
      [features]
      default = ["std"]
      std = ["core-lib/std"]
      extra = ["dep:twin-two", "shared/alpha"]
      loud = ["twin-two?/loud"]
      [lib]
      name = "app_library"
      path = "src/library/mod.rs"
      crate-type = ["rlib", "cdylib"]
      [[bin]]
      name = "gated"
      path = "src/gated.rs"
      required-features = ["extra"]
      [dependencies]
      core-lib = { path = "../core-lib", default-features = false }
      plugin = { path = "../plugin" }
      other-name = { package = "twin", path = "../vendor/twin-1" }
      twin-two = { package = "twin", path = "../vendor/twin-2", optional = true }
      shared = { path = "../vendor/shared" }
      itoa = "=1.0.14"
      own-itoa = { package = "itoa", path = "../vendor/itoa" }
      [build-dependencies]
      shared = { path = "../vendor/shared", features = ["build"] }
      other-name = { package = "twin", path = "../vendor/twin-1" }
      [target.'cfg(unix)'.dependencies]
      unixy = { path = "../vendor/unixy" }
      [target.'cfg(windows)'.dependencies]
      windowsy = { path = "../vendor/windowsy" }
      [target.wasm32-unknown-unknown.dependencies]
      wasmy = { path = "../vendor/wasmy" }
      [target.'cfg(target_os = "macos")'.build-dependencies]
      applish = { path = "../vendor/applish" }

      ## core-lib/Cargo.toml
      [package]
      name = "core-lib"
      version = "0.1.0"
      edition = "2018"
      [features]
      default = ["std"]
      std = []
      [dependencies]
      twin = { path = "../vendor/twin-2" }
      shared = { path = "../vendor/shared", features = ["beta"] }

      ## plugin/Cargo.toml
      [package]
      name = "plugin"
      version = "0.2.0"
      edition = "2024"
      [lib]
      proc-macro = true
      [dependencies]
      shared = { path = "../vendor/shared", features = ["macro"] }
      [target.'cfg(windows)'.dependencies]
      windowsy = { path = "../vendor/windowsy" }

      ## tool/Cargo.toml
      [package]
      name = "tool"
      version = "0.3.0"
      edition = "2021"
      [dependencies]
      twin = { path = "../vendor/twin-1" }
      shared = { path = "../vendor/shared" }
      core-lib = { path = "../core-lib" }

      ## vendor/twin-1/Cargo.toml
      [package]
      name = "twin"
      version = "1.0.0"
      edition = "2021"
      [dependencies]
      inner = { package = "shared", path = "../shared" }

      ## vendor/twin-2/Cargo.toml
      [package]
      name = "twin"
      version = "2.0.0"
      edition = "2021"
      [lib]
      name = "twins"
      [features]
      loud = []

      ## vendor/shared/Cargo.toml
      [package]
      name = "shared"
      version = "0.1.0"
      links = "shared"
      [features]
      alpha = []
      beta = []
      build = []
      macro = ["dep:nested"]
      [dependencies]
      nested = { path = "../shared/nested", optional = true }

      ## vendor/shared/nested/Cargo.toml
      [package]
      name = "nested"
      version = "0.1.0"
      edition = "2021"

      ## vendor/itoa/Cargo.toml
      [package]
      name = "itoa"
      version = "1.0.14"
      edition = "2021"

      ## vendor/unixy/Cargo.toml
      [package]
      name = "unixy"
      version = "0.1.0"
      edition = "2021"

      ## vendor/windowsy/Cargo.toml
      [package]
      name = "windowsy"
      version = "0.1.0"
      edition = "2021"

      ## vendor/wasmy/Cargo.toml
      [package]
      name = "wasmy"
      version = "0.1.0"
      edition = "2021"

      ## vendor/applish/Cargo.toml
      [package]
      name = "applish"
      version = "0.1.0"
      edition = "2021"

      ## app/scripts/make.rs app/src/gated.rs app/src/main.rs app/src/bin/second-tool.rs tool/src/main.rs vendor/shared/build.rs
      fn main() {}

      ## vendor/itoa/src/lib.rs app/src/library/mod.rs core-lib/src/lib.rs plugin/src/lib.rs vendor/twin-1/src/lib.rs vendor/twin-2/src/lib.rs

      ## vendor/shared/src/lib.rs vendor/shared/nested/src/lib.rs vendor/unixy/src/lib.rs vendor/windowsy/src/lib.rs

      ## vendor/wasmy/src/lib.rs vendor/applish/src/lib.rs
      """;
}
