package io.github.nixmaven.generator.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nixmaven.generator.cargo.manifest.Profile;
import io.github.nixmaven.generator.cargo.resolve.Unit;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import io.github.nixmaven.generator.hash.Hash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares our units with cargo's in everything that its unit graph shows. */
public final class UnitComparison {
  private UnitComparison() {}

  /** Fails unless both graphs have the same units with the same edges, and the same roots. */
  public static void assertSame(String what, UnitGraph ours, JsonNode cargos) {
    List<String> onlyOurs = new ArrayList<>(ours(ours));
    List<String> onlyCargos = new ArrayList<>(cargos(cargos));
    for (String unit : ours(ours)) {
      if (onlyCargos.remove(unit)) {
        onlyOurs.remove(unit);
      }
    }
    assertThat(differences(onlyOurs, onlyCargos)).as(what).isEmpty();

    Map<Unit, String> ourTrees = new HashMap<>();
    List<String> ourRoots =
        ours.roots().stream().map(root -> tree(root, ourTrees)).sorted().toList();
    Map<Integer, String> cargosTrees = new HashMap<>();
    List<String> cargosRoots = new ArrayList<>();
    cargos.get("roots").forEach(root -> cargosRoots.add(tree(cargos, root.asInt(), cargosTrees)));
    assertThat(ourRoots).as(what).isEqualTo(cargosRoots.stream().sorted().toList());
  }

  private static String differences(List<String> onlyOurs, List<String> onlyCargos) {
    return onlyOurs.stream().map(unit -> "only ours: " + unit + "\n").collect(Collectors.joining())
        + onlyCargos.stream()
            .map(unit -> "only cargo's: " + unit + "\n")
            .collect(Collectors.joining());
  }

  /** A digest of a unit and all it needs, which tells apart units that look alike themselves. */
  private static String tree(Unit unit, Map<Unit, String> known) {
    String result = known.get(unit);
    if (result == null) {
      result =
          digest(
              line(unit)
                  + unit.dependencies().stream()
                      .map(d -> d.externCrateName() + "=" + tree(d.unit(), known))
                      .sorted()
                      .collect(Collectors.joining(",")));
      known.put(unit, result);
    }
    return result;
  }

  private static String tree(JsonNode graph, int index, Map<Integer, String> known) {
    String result = known.get(index);
    if (result == null) {
      JsonNode unit = graph.get("units").get(index);
      List<String> below = new ArrayList<>();
      unit.get("dependencies")
          .forEach(
              d ->
                  below.add(
                      d.get("extern_crate_name").asText()
                          + "="
                          + tree(graph, d.get("index").asInt(), known)));
      result = digest(line(unit) + below.stream().sorted().collect(Collectors.joining(",")));
      known.put(index, result);
    }
    return result;
  }

  private static String digest(String text) {
    return Hash.digest(Hash.Algorithm.SHA256, text.getBytes(StandardCharsets.UTF_8)).sri();
  }

  /** Each unit as a line, and below it the lines of what it needs. */
  private static List<String> ours(UnitGraph graph) {
    List<String> result = new ArrayList<>();
    for (Unit unit : graph.units()) {
      List<String> dependencies = new ArrayList<>();
      for (Unit.Dependency dependency : unit.dependencies()) {
        dependencies.add(dependency.externCrateName() + " = " + line(dependency.unit()));
      }
      result.add(line(unit) + "\n    " + joined(dependencies));
    }
    return result.stream().sorted().toList();
  }

  private static String joined(List<String> lines) {
    return lines.stream().sorted().collect(Collectors.joining("\n    "));
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
        String.valueOf(unit.target().tested()),
        String.valueOf(unit.target().hasDocumentationTests()),
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

  private static List<String> cargos(JsonNode graph) {
    List<String> lines = new ArrayList<>();
    for (JsonNode unit : graph.get("units")) {
      lines.add(line(unit));
    }
    List<String> result = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      List<String> dependencies = new ArrayList<>();
      for (JsonNode dependency : graph.get("units").get(i).get("dependencies")) {
        dependencies.add(
            dependency.get("extern_crate_name").asText()
                + " = "
                + lines.get(dependency.get("index").asInt()));
      }
      result.add(lines.get(i) + "\n    " + joined(dependencies));
    }
    return result.stream().sorted().toList();
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
        unit.get("mode").asText().toUpperCase(Locale.ROOT).replace('-', '_'),
        target.get("test").asText(),
        target.get("doctest").asText(),
        features.toString(),
        profile(unit.get("profile")));
  }

  private static String kind(String kind) {
    return switch (kind) {
      case "custom-build" -> "CUSTOM_BUILD";
      case "bin", "test", "bench", "example" -> kind.toUpperCase(Locale.ROOT);
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
