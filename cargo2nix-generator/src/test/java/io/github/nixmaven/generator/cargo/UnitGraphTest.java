package io.github.nixmaven.generator.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.manifest.Profile;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.registry.CrateFiles;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.Selection;
import io.github.nixmaven.generator.cargo.resolve.Unit;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Our units are cargo's units")
class UnitGraphTest {
  private static final TargetInfo HOST = TargetInfo.of("x86_64-unknown-linux-gnu");

  @ParameterizedTest(name = "{0} {1} for {2}")
  @CsvSource({
    "ripgrep, 14.1.1,",
    "ripgrep, 14.1.1, x86_64-unknown-linux-musl",
    "tokei, 12.1.2,",
    "hyperfine, 1.18.0,",
    "hyperfine, 1.18.0, aarch64-apple-darwin",
    "fd-find, 10.2.0,",
    "bat, 0.24.0,",
    "just, 1.36.0, wasm32-unknown-unknown",
    "starship, 1.21.1,",
    "gitui, 0.26.3, aarch64-unknown-linux-gnu",
  })
  void publishedProgram(String name, String version, @Nullable String target) throws Exception {
    Path directory = PublishedCrate.unpack(name, version);
    CargoProject project = CargoProject.load(directory.resolve("Cargo.toml"));
    PackageGraph graph =
        project.graph(
            new CrateFiles(
                PublishedCrate.CACHE,
                Optional.empty(),
                Optional.empty(),
                new Downloader(Duration.ofMinutes(2), 8),
                false),
            Progress.NONE);
    int member = graph.members().get(0).index();
    UnitGraph units =
        UnitGraph.plan(
            graph,
            Selection.of(member),
            project.workspace().resolver(),
            Profiles.of(project.workspace().root(), "release"),
            HOST,
            target == null ? null : TargetInfo.of(target));

    JsonNode cargo =
        target == null
            ? Cargo.unitGraph(directory)
            : Cargo.unitGraph(directory, "--target", target);

    assertThat(ours(units)).isEqualTo(cargos(cargo));
  }

  /** Each unit as a line, and below it the lines of what it needs. */
  private static TreeSet<String> ours(UnitGraph graph) {
    TreeSet<String> result = new TreeSet<>();
    for (Unit unit : graph.units()) {
      TreeSet<String> dependencies = new TreeSet<>();
      for (Unit.Dependency dependency : unit.dependencies()) {
        dependencies.add(dependency.externCrateName() + " = " + line(dependency.unit()));
      }
      result.add(line(unit) + "\n    " + String.join("\n    ", dependencies));
    }
    return result;
  }

  private static String line(Unit unit) {
    return String.join(
        " ",
        unit.node().locked().name() + "@" + unit.node().locked().version(),
        unit.target().kind().toString(),
        unit.target().name(),
        unit.target().edition(),
        unit.target().crateTypes().toString(),
        String.valueOf(unit.platform()),
        unit.mode().toString(),
        unit.features().toString(),
        line(unit.profile()));
  }

  private static String line(Profile profile) {
    return String.join(
        ",",
        profile.name(),
        profile.optLevel(),
        profile.lto(),
        String.valueOf(profile.codegenUnits()),
        profile.debuginfo(),
        String.valueOf(profile.splitDebuginfo()),
        String.valueOf(profile.debugAssertions()),
        String.valueOf(profile.overflowChecks()),
        String.valueOf(profile.rpath()),
        String.valueOf(profile.incremental()),
        profile.panic(),
        profile.strip());
  }

  private static TreeSet<String> cargos(JsonNode graph) {
    List<String> lines = new ArrayList<>();
    for (JsonNode unit : graph.get("units")) {
      lines.add(line(unit));
    }
    TreeSet<String> result = new TreeSet<>();
    for (int i = 0; i < lines.size(); i++) {
      TreeSet<String> dependencies = new TreeSet<>();
      for (JsonNode dependency : graph.get("units").get(i).get("dependencies")) {
        dependencies.add(
            dependency.get("extern_crate_name").asText()
                + " = "
                + lines.get(dependency.get("index").asInt()));
      }
      result.add(lines.get(i) + "\n    " + String.join("\n    ", dependencies));
    }
    return result;
  }

  private static String line(JsonNode unit) {
    JsonNode target = unit.get("target");
    String id = unit.get("pkg_id").asText();
    String label = id.substring(id.indexOf('#') + 1);
    String folder = id.substring(id.lastIndexOf('/', id.indexOf('#')) + 1, id.indexOf('#'));
    List<String> features = new ArrayList<>();
    unit.get("features").forEach(f -> features.add(f.asText()));
    List<String> crateTypes = new ArrayList<>();
    target.get("crate_types").forEach(t -> crateTypes.add(t.asText()));
    return String.join(
        " ",
        label.contains("@") ? label : folder.replaceAll("-[0-9.]+$", "") + "@" + label,
        kind(target.get("kind").get(0).asText()),
        target.get("name").asText(),
        target.get("edition").asText(),
        crateTypes.toString(),
        unit.get("platform").isNull() ? "null" : unit.get("platform").asText(),
        unit.get("mode").asText().equals("run-custom-build") ? "RUN_CUSTOM_BUILD" : "BUILD",
        features.toString(),
        profile(unit.get("profile")));
  }

  private static String kind(String kind) {
    return switch (kind) {
      case "custom-build" -> "CUSTOM_BUILD";
      case "bin" -> "BIN";
      default -> "LIB";
    };
  }

  private static String profile(JsonNode profile) {
    JsonNode strip = profile.get("strip").elements().next();
    return String.join(
        ",",
        profile.get("name").asText(),
        profile.get("opt_level").asText(),
        profile.get("lto").asText(),
        profile.get("codegen_units").asText(),
        profile.get("debuginfo").asText(),
        profile.get("split_debuginfo").asText(),
        profile.get("debug_assertions").asText(),
        profile.get("overflow_checks").asText(),
        profile.get("rpath").asText(),
        profile.get("incremental").asText(),
        profile.get("panic").asText(),
        strip.isTextual() ? "none" : strip.get("Named").asText());
  }
}
