package io.github.nixmaven.generator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nixmaven.generator.cargo.Cargo;
import io.github.nixmaven.generator.cargo.PublishedCrate;
import io.github.nixmaven.generator.cli.Cli.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("On the command line")
class GraphAndWhyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  private Result run(String... arguments) throws Exception {
    return Cli.in(Workspace.in(directory)).run(arguments);
  }

  /** Compares all fields of all units, whatever their order, and asks the cargo on the path. */
  private static void assertSameAsCargo(Path folder, String arguments) throws Exception {
    List<String> words = List.of(arguments.split(" "));
    List<String> command = new ArrayList<>(List.of("graph", "--format", "json", "--mode"));
    command.addAll(words);
    Result ours = Cli.in(folder).run(command.toArray(String[]::new));
    assertThat(ours.err()).isEmpty();
    assertThat(ours.code()).isZero();
    JsonNode cargos = Cargo.unitGraph(folder, words);
    assertThat(cargos.get("units")).isNotEmpty();
    assertThat(normal(JSON.readTree(ours.out()))).isEqualTo(normal(cargos));
  }

  /** The graph with a unit's own text, and all below it, in the place of its number. */
  private static Map<String, Object> normal(JsonNode graph) {
    Map<Integer, String> known = new TreeMap<>();
    List<String> units = new ArrayList<>();
    for (int i = 0; i < graph.get("units").size(); i++) {
      units.add(unit(graph, i, known));
    }
    List<String> roots = new ArrayList<>();
    graph.get("roots").forEach(root -> roots.add(unit(graph, root.asInt(), known)));
    return Map.of(
        "version",
        graph.get("version").asInt(),
        "units",
        units.stream().sorted().toList(),
        "roots",
        roots.stream().sorted().toList());
  }

  private static String unit(JsonNode graph, int index, Map<Integer, String> known) {
    String result = known.get(index);
    if (result == null) {
      ObjectNode unit = graph.get("units").get(index).deepCopy();
      List<String> dependencies = new ArrayList<>();
      for (JsonNode dependency : unit.remove("dependencies")) {
        int below = ((ObjectNode) dependency).remove("index").asInt();
        // New in cargo 1.96, and true only where cargo builds the standard library itself.
        ((ObjectNode) dependency).remove("nounused");
        dependencies.add(
            fields(dependency)
                + " -> "
                + Integer.toHexString(unit(graph, below, known).hashCode()));
      }
      result = fields(unit) + dependencies.stream().sorted().toList();
      known.put(index, result);
    }
    return result;
  }

  private static String fields(JsonNode object) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    object.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
    return sorted.toString();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "target = 'wasm32-unknown-unknown'",
        "target = ['wasm32-unknown-unknown', 'aarch64-apple-darwin']",
        "target = 'x86_64-unknown-linux-gnu'",
        "target = 'host-tuple'",
        "jobs = 1"
      })
  @DisplayName("graph builds for the targets of cargo's configuration")
  void configuredTargets(String setting) throws Exception {
    Path folder = Workspace.in(directory);
    Files.createDirectories(folder.resolve(".cargo"));
    Files.writeString(folder.resolve(".cargo/config.toml"), "[build]\n" + setting + "\n");
    assertSameAsCargo(folder, "build --workspace");
    assertSameAsCargo(folder, "build --workspace --target x86_64-unknown-linux-musl");
  }

  @ParameterizedTest(name = "ripgrep: {0}")
  @ValueSource(
      strings = {
        "build",
        "build --release --all-features",
        "build --target wasm32-unknown-unknown",
        "test"
      })
  @DisplayName("graph prints cargo's JSON for a published program")
  void published(String arguments) throws Exception {
    assertSameAsCargo(PublishedCrate.unpack("ripgrep", "14.1.1"), arguments);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "build --workspace",
        "build -p app --features fancy --release",
        "build -p app --features app/fancy,lib/colour --target aarch64-apple-darwin",
        "build -p mac --no-default-features",
        "test --workspace",
        "test --workspace --doc",
        "test --workspace --lib --bin a* --tests",
        "build --target wasm32-unknown-unknown --target x86_64-unknown-linux-musl -p lib@1.0.0"
      })
  @DisplayName("graph prints cargo's JSON for a workspace, whatever its folder is called")
  void workspace(String arguments) throws Exception {
    assertSameAsCargo(
        Workspace.in(Files.createDirectory(directory.resolve("a b%+ä{c}"))), arguments);
  }

  @Test
  @DisplayName("graph draws a tree, with what is for the host marked, and nothing drawn twice")
  void tree() throws Exception {
    String folder = directory.toRealPath().toString();
    assertThat(run("graph", "-p", "app", "--features", "fancy"))
        .isEqualTo(
            new Result(
                0,
                """
                app v1.0.0 (bin app) (DIR/app) fancy
                ├── lib v1.0.0 (DIR/lib) colour,default,normal,std
                ├── mac v1.0.0 (proc-macro) (DIR/mac)
                └── app v1.0.0 (build script)
                    └── lib v1.0.0 (host) (DIR/lib) colour

                app v1.0.0 (bin extra) (DIR/app) fancy
                ├── lib v1.0.0 (DIR/lib) colour,default,normal,std
                ├── mac v1.0.0 (proc-macro) (DIR/mac)
                └── app v1.0.0 (build script) (*)
                """
                    .replace("DIR", folder),
                ""));
  }

  @Test
  @DisplayName("graph draws with what the locale can show")
  void ascii() throws Exception {
    Cli cli = Cli.in(Workspace.in(directory)).with("LC_ALL", "C");
    assertThat(cli.run("graph", "-p", "app").out()).contains("\n`-- app v1.0.0 (build script)\n");
  }

  @Test
  @DisplayName("graph refuses packages, features, profiles and targets that do not exist")
  void refused() throws Exception {
    assertRefused("there is no package `ap`", "`app`", "graph", "-p", "ap");
    assertRefused("feature: fanci", "`[features]`", "graph", "-p", "app", "-F", "fanci");
    assertRefused("profile `fast`", "[profile.fast]", "graph", "--profile", "fast");
    assertRefused("`riscv64-linux`", "`riscv64-", "why", "lib", "--target", "riscv64-linux");
    assertRefused("mutually exclusive", "--help", "graph", "--release", "--profile", "dev");
    assertRefused("[tree, json]", "--help", "graph", "--format", "dot");
  }

  private void assertRefused(String problem, String remedy, String... arguments) throws Exception {
    Result result = run(arguments);
    assertThat(result.code()).as(result.err()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(problem).contains(remedy).doesNotContain("\tat ");
  }

  @Test
  @DisplayName("why prints the way to a crate, for target and host apart")
  void crate() throws Exception {
    assertThat(run("why", "lib", "-p", "app"))
        .isEqualTo(
            new Result(
                0,
                """
                lib 1.0.0, for the target
                  app 1.0.0: selected
                  lib 1.0.0: dependency `lib` of app 1.0.0

                lib 1.0.0, for the host
                  app 1.0.0: selected
                  lib 1.0.0: build-dependency `lib` of app 1.0.0
                """,
                ""));
  }

  @Test
  @DisplayName("why prints the way to a feature: lists in manifests, default features, the user")
  void feature() throws Exception {
    assertThat(run("why", "lib/std", "-p", "app").out())
        .isEqualTo(
            """
            lib 1.0.0/std, for the target
              app 1.0.0: selected
              lib 1.0.0/default: the default features of dependency `lib` in app 1.0.0
              lib 1.0.0/std: `std` in feature `default`
            """);
    assertThat(run("why", "lib/normal", "-p", "app").out())
        .endsWith("lib 1.0.0/normal: `features = [\"normal\"]` of dependency `lib` in app 1.0.0\n");
    assertThat(run("why", "lib@1.0.0/colour", "-p", "app", "--features", "fancy").out())
        .isEqualTo(
            """
            lib 1.0.0/colour, for the target
              app 1.0.0/fancy: --features
              lib 1.0.0/colour: `lib/colour` in feature `fancy`

            lib 1.0.0/colour, for the host
              app 1.0.0/fancy: --features
              lib 1.0.0/colour: `lib/colour` in feature `fancy`
            """);
  }

  @Test
  @DisplayName("why says that something is not in the graph, and what is near")
  void absent() throws Exception {
    assertThat(run("why", "lib", "-p", "mac"))
        .matches(result -> result.code() == 1 && result.out().isEmpty())
        .matches(
            result ->
                result
                    .err()
                    .startsWith(
                        "`lib` is not in the graph for this selection\n  The lock has lib 1.0.0"));
    assertThat(run("why", "libs").err()).contains("Did you mean `lib`?");
    assertThat(run("why", "lib/norm", "-p", "app").err()).contains("Did you mean `normal`?");
    assertThat(run("why", "lib/colour", "-p", "app").err()).contains("nothing enables");
    assertThat(run("why", "tokio").err()).contains("not in the lock either");
  }

  @Test
  @DisplayName("Progress is shown on a terminal only")
  void progress() throws Exception {
    Path ripgrep = PublishedCrate.unpack("ripgrep", "14.1.1");
    Path empty = Files.createDirectory(directory.resolve("cache"));
    // With an empty cache of facts there is something to wait for.
    Result seen =
        Cli.in(ripgrep).with("XDG_CACHE_HOME", empty.toString()).runOnTerminal("graph", "-q");
    assertThat(seen.code()).isZero();
    assertThat(seen.out()).doesNotContain("\u001b[K");
    Result shown =
        Cli.in(ripgrep)
            .with("XDG_CACHE_HOME", Files.createDirectory(directory.resolve("other")).toString())
            .runOnTerminal("graph");
    assertThat(shown.code()).isZero();
    assertThat(shown.out()).containsPattern("\r\\[\\d+/\\d+\\] [a-z]").contains("\r\u001b[K");
  }
}
