package io.github.nixmaven.generator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.nixmaven.generator.cargo.Cargo;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.cargo.TextWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/coming-from-crate2nix.md says of points that have no test elsewhere. */
@DisplayName("What crate2nix 0.15 gets wrong")
class Crate2nixTest {
  private static final String LINUX = "x86_64-unknown-linux-gnu";
  private static final String HEADER =
      """
      ## Cargo.toml
      [package]
      name = "app"
      version = "1.0.0"
      edition = "2021"
      """;
  private static final String REST =
      """
      ## src/main.rs
      fn main() {}
      """;

  @TempDir Path directory;

  static List<Arguments> features() {
    return List.of(
        Arguments.of(
            "1a: `dependency/feature` switches on the feature of the dependency's name",
            LINUX,
            """
            [features]
            default = ["one/derive"]
            one = ["dep:one", "foo"]
            foo = []
            [dependencies]
            one = { path = "one", optional = true }
            """
                + library("one", "[features]\nderive = []\n"),
            "app default foo one",
            ""),
        Arguments.of(
            "1b: a feature does not switch on the dependency of its name",
            LINUX,
            """
            [features]
            default = ["tls"]
            tls = []
            native = ["dep:tls"]
            [dependencies]
            tls = { path = "tls", optional = true }
            """
                + library("tls", ""),
            "app default tls",
            "tls"),
        Arguments.of(
            "1c: `dep:` makes no feature of the dependency's name",
            LINUX,
            """
            [features]
            default = ["std"]
            std = ["dep:one"]
            [dependencies]
            one = { path = "one", optional = true }
            """
                + library("one", ""),
            "app default std",
            "app default one std"),
        Arguments.of(
            "1d: a package without features gets no `default`",
            LINUX,
            "[dependencies]\none.path = \"one\"\n" + library("one", ""),
            "one",
            "one default"),
        Arguments.of(
            "1e: what a build script needs switches nothing on in the program",
            LINUX,
            """
            [dependencies]
            one = { path = "one", default-features = false }
            [build-dependencies]
            one = { path = "one", features = ["std"], default-features = false }
            ## build.rs
            fn main() {}
            """
                + library("one", "[features]\nstd = []\n"),
            "one",
            ""),
        Arguments.of(
            "1f: what runs in the build gets the host's features, not the target's",
            "wasm32-unknown-unknown",
            "[dependencies]\nmac.path = \"mac\"\n"
                + library(
                    "mac",
                    "[lib]\nproc-macro = true\n[target.'cfg(unix)'.dependencies]\nbob.path ="
                        + " \"../bob\"\n")
                + library("bob", "[features]\ndefault = [\"std\"]\nstd = []\n"),
            "bob default std",
            "bob"),
        Arguments.of(
            "3a: musl's C library is musl",
            "x86_64-unknown-linux-musl",
            """
            [target.'cfg(target_env = "musl")'.dependencies]
            small.path = "small"
            [target.'cfg(target_env = "gnu")'.dependencies]
            large.path = "large"
            """
                + library("small", "")
                + library("large", ""),
            "small",
            "large"),
        Arguments.of(
            "3b: a condition may ask for atomics, what a panic does, and what the target's baseline"
                + " has",
            LINUX,
            """
            [target.'cfg(all(target_has_atomic = "64", panic = "unwind", target_feature = "sse2"))'.dependencies]
            one.path = "one"
            [target.'cfg(any(fuchsia, false))'.dependencies]
            two.path = "two"
            """
                + library("one", "")
                + library("two", ""),
            "one",
            "two"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("features")
  @DisplayName("Builders get cargo's features for cargo's units")
  void features(String what, String target, String rest, String built, String notBuilt)
      throws Exception {
    lock(HEADER + rest + REST);
    Set<String> cargos = new TreeSet<>();
    for (JsonNode unit :
        Cargo.unitGraph(directory, List.of("build", "--release", "--target", target))
            .get("units")) {
      if (!unit.get("target").get("kind").get(0).asText().equals("custom-build")) {
        cargos.add(label(UnitRecording.name(unit), unit.get("features")));
      }
    }
    generate(target);
    Set<String> ours = new TreeSet<>();
    record(target)
        .get("units")
        .forEach(unit -> ours.add(label(unit.get("crateName").asText(), unit.get("features"))));

    assertThat(ours).as(what).isEqualTo(cargos).contains(built);
    if (!notBuilt.isEmpty()) {
      assertThat(ours).doesNotContain(notBuilt);
    }
  }

  @Test
  @DisplayName("4: a second version of a package renames nothing that was there")
  void stableNames() throws Exception {
    lock(HEADER + "[dependencies]\none.path = \"one\"\n" + library("one", "") + REST);
    generate(LINUX);
    List<String> before = crateLines();

    Path manifest = directory.resolve("Cargo.toml");
    Files.writeString(
        manifest, Files.readString(manifest) + "old = { package = \"one\", path = \"old\" }\n");
    lock(
        """
        ## old/Cargo.toml
        [package]
        name = "one"
        version = "0.9.0"
        ## old/src/lib.rs
        """);
    generate(LINUX);

    List<String> lost = new ArrayList<>(before);
    crateLines().forEach(lost::remove);
    // The program's own lines: its manifest changed, and one more package lies in its directory.
    assertThat(lost)
        .filteredOn(line -> line.contains("one") && !line.contains(" nested = "))
        .isEmpty();
    assertThat(Files.readString(output())).doesNotContain("\"generate\"").doesNotContain("/tmp");
  }

  @Test
  @DisplayName("5: builders get what the manifest says of the package, and each edge's own name")
  void metadata() throws Exception {
    lock(
        HEADER
            + """
            description = "says it"
            license = "MIT"
            homepage = "https://example.org"
            repository = "https://example.org/app"
            readme = "READ.md"
            rust-version = "1.70"
            build = "build.rs"
            [dependencies]
            first = { package = "one", path = "one" }
            [build-dependencies]
            second = { package = "two", path = "two" }
            ## build.rs
            fn main() {}
            """
            + library("one", "")
            + library("two", "[dependencies]\none.path = \"../one\"\n")
            + REST);
    generate(LINUX);

    Map<String, JsonNode> units = new HashMap<>();
    record(LINUX, "exact")
        .get("units")
        .forEach(unit -> units.put(unit.get("crateName").asText(), unit));
    JsonNode app = Objects.requireNonNull(units.get("app"));
    assertThat(app.get("description").asText()).isEqualTo("says it");
    assertThat(app.get("license").asText()).isEqualTo("MIT");
    assertThat(app.get("homepage").asText()).isEqualTo("https://example.org");
    assertThat(app.get("repository").asText()).isEqualTo("https://example.org/app");
    assertThat(app.get("readme").asText()).isEqualTo("READ.md");
    assertThat(app.get("rust-version").asText()).isEqualTo("1.70");
    assertThat(app.get("externs").fieldNames()).toIterable().containsExactly("first");
    assertThat(app.get("buildExterns").fieldNames()).toIterable().containsExactly("second");
    assertThat(Objects.requireNonNull(units.get("two")).get("externs").fieldNames())
        .toIterable()
        .containsExactly("one");
  }

  @Test
  @DisplayName("9: a root package with members has a rootCrate, and members can be built together")
  void rootWithMembers() throws Exception {
    lock(
        HEADER
            + """
            [workspace]
            members = ["one"]
            resolver = "2"
            [dependencies]
            shared = { path = "shared", features = ["a"] }
            """
            + library("one", "[dependencies]\nshared = { path = \"../shared\" }\n")
            + library("shared", "[features]\na = []\n")
            + REST);
    generate(LINUX);

    assertThat(
            Nix.evaluate(
                "(import " + output() + " { pkgs = { }; lib = { }; }).rootCrate.packageId"))
        .isEqualTo(TextNode.valueOf("app"));
    JsonNode recorded = record(LINUX);
    for (JsonNode context : recorded.get("contexts")) {
      boolean together = context.get("resolution").asText().equals("workspace");
      JsonNode one = recorded.get("units").get(context.get("roots").get("one").asText());
      JsonNode shared = recorded.get("units").get(one.get("externs").get("shared").asText());
      assertThat(label("shared", shared.get("features")))
          .isEqualTo(together ? "shared a" : "shared");
    }
  }

  @Test
  @DisplayName("12: evaluation grows with the packages, however their features differ")
  void linear() throws Exception {
    long small = calls(10);
    long large = calls(20);
    // The members' share, one call a package, doubles; crate2nix's unions revisit each layer.
    assertThat(large).isLessThan((long) (2.2 * small));
  }

  /** Nix function calls for layers of sixteen packages, each edge with another feature. */
  private long calls(int layers) throws Exception {
    StringBuilder text = new StringBuilder(HEADER).append("[dependencies]\n");
    for (int i = 0; i < 16; i++) {
      text.append(edge(layers - 1, i, "layers/", i));
    }
    text.append(REST);
    for (int layer = 0; layer < layers; layer++) {
      for (int i = 0; i < 16; i++) {
        StringBuilder manifest = new StringBuilder("[features]\n");
        for (int feature = 0; feature < 48; feature++) {
          manifest.append("f").append(feature).append(" = []\n");
        }
        manifest.append("[dependencies]\n");
        for (int j = 0; layer > 0 && j < 3; j++) {
          manifest.append(edge(layer - 1, (i + j * 5) % 16, "../", i * 3 + j));
        }
        text.append(
            library("p" + layer + "-" + i, manifest.toString())
                .replace("## p", "## layers/p")
                .replace(" p" + layer + "-" + i + "/src", " layers/p" + layer + "-" + i + "/src"));
      }
    }
    if (Files.exists(directory.resolve("layers"))) {
      io.github.nixmaven.generator.text.DirectoryTree.delete(directory.resolve("layers"));
    }
    lock(text.toString());
    generate(LINUX);
    Path statistics = directory.resolve("statistics.json");
    record(LINUX, "nixpkgs", Map.of("NIX_SHOW_STATS", "1", "NIX_SHOW_STATS_PATH", "" + statistics));
    return new ObjectMapper().readTree(statistics.toFile()).get("nrFunctionCalls").asLong();
  }

  private static String edge(int layer, int i, String folder, int feature) {
    String name = "p" + layer + "-" + i;
    return name
        + " = { path = \""
        + folder
        + name
        + "\", default-features = false, features = [\"f"
        + feature
        + "\"] }\n";
  }

  private static String library(String name, String rest) {
    return "\n## "
        + name
        + "/Cargo.toml\n[package]\nname = \""
        + name
        + "\"\nversion = \"1.0.0\"\nedition = \"2021\"\n"
        + rest
        + "## "
        + name
        + "/src/lib.rs\n";
  }

  private static String label(String name, JsonNode features) {
    StringBuilder result = new StringBuilder(name);
    features.forEach(feature -> result.append(' ').append(feature.asText()));
    return result.toString();
  }

  private List<String> crateLines() throws IOException {
    String text = Files.readString(output());
    return text.substring(text.indexOf("  crates = {"), text.indexOf("  profiles = {"))
        .lines()
        .toList();
  }

  private void lock(String text) throws IOException {
    TextWorkspace.unlocked(directory, text);
    Cargo.generateLockfile(directory);
  }

  private Path output() {
    return directory.resolve("Cargo.nix");
  }

  private void generate(String target) throws Exception {
    TestGenerator.generate(
        CargoRequest.of(directory.resolve("Cargo.toml"), output()).withTargets(List.of(target)));
  }

  private JsonNode record(String target) throws Exception {
    return record(target, "nixpkgs");
  }

  private JsonNode record(String target, String builder) throws Exception {
    return record(target, builder, Map.of());
  }

  private JsonNode record(String target, String builder, Map<String, String> environment)
      throws Exception {
    return Nix.evaluate(
        environment,
        "import "
            + Path.of("src/test/resources/io/github/nixmaven/generator/api/record.nix")
                .toAbsolutePath()
            + " { builder = \""
            + builder
            + "\"; cargoNix = "
            + output()
            + "; hosts = [ \""
            + LINUX
            + "\" ]; targets = [ \""
            + target
            + "\" ]; selections = [ \"default\" ]; }");
  }
}
