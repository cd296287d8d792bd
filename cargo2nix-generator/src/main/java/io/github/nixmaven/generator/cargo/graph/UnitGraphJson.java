package io.github.nixmaven.generator.cargo.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.nixmaven.generator.cargo.manifest.Profile;
import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.cargo.resolve.Unit;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The unit graph as {@code cargo build --unit-graph} prints it: version 1 of its format (the Cargo
 * Book, "Unstable Features", {@code unit-graph}), with the fields of cargo 1.95.
 */
public final class UnitGraphJson {
  private static final int VERSION = 1;

  private final CargoNames names;
  private final List<Unit> units;
  private final Map<Unit, Integer> indices = new HashMap<>();
  private final JsonGenerator json;

  private UnitGraphJson(UnitGraph graph, CargoNames names, JsonGenerator json) {
    this.names = names;
    this.units =
        graph.units().stream()
            .sorted(
                Comparator.<Unit, String>comparing(unit -> unit.node().locked().name())
                    .thenComparing(unit -> unit.node().locked().version())
                    .thenComparing(unit -> unit.node().index())
                    .thenComparing(unit -> unit.target().kind())
                    .thenComparing(unit -> unit.target().name())
                    .thenComparing(Unit::mode)
                    .thenComparing(unit -> String.valueOf(unit.platform())))
            .toList();
    for (Unit unit : units) {
      indices.put(unit, indices.size());
    }
    this.json = json;
  }

  /**
   * Writes a unit graph as one line of UTF-8. As in cargo's output, a package id contains the
   * address from the lock, including user and password.
   *
   * @param cargoHome cargo's home, below which cargo unpacks packages
   * @param out stays open
   */
  public static void write(UnitGraph graph, Path cargoHome, OutputStream out) throws IOException {
    JsonFactory factory = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    try (JsonGenerator json = factory.createGenerator(out)) {
      new UnitGraphJson(graph, new CargoNames(cargoHome.toAbsolutePath()), json).write(graph);
      json.writeRaw('\n');
    }
  }

  private int index(Unit unit) {
    return Objects.requireNonNull(indices.get(unit));
  }

  private void write(UnitGraph graph) throws IOException {
    json.writeStartObject();
    json.writeNumberField("version", VERSION);
    json.writeArrayFieldStart("units");
    for (Unit unit : units) {
      write(unit);
    }
    json.writeEndArray();
    json.writeFieldName("roots");
    int[] roots = graph.roots().stream().mapToInt(this::index).toArray();
    json.writeArray(roots, 0, roots.length);
    json.writeEndObject();
  }

  private void write(Unit unit) throws IOException {
    json.writeStartObject();
    json.writeStringField("pkg_id", names.id(unit.node()));
    json.writeFieldName("target");
    write(unit.target(), names.folder(unit.node()));
    json.writeFieldName("profile");
    write(unit.profile());
    json.writeStringField("platform", unit.platform());
    json.writeStringField("mode", kebab(unit.mode()));
    strings("features", unit.features());
    json.writeArrayFieldStart("dependencies");
    for (Unit.Dependency dependency :
        unit.dependencies().stream()
            .sorted(
                Comparator.<Unit.Dependency>comparingInt(d -> index(d.unit()))
                    .thenComparing(Unit.Dependency::externCrateName))
            .toList()) {
      json.writeStartObject();
      json.writeNumberField("index", index(dependency.unit()));
      json.writeStringField("extern_crate_name", dependency.externCrateName());
      // `public` and `noprelude` are for unstable features of cargo.
      json.writeBooleanField("public", false);
      json.writeBooleanField("noprelude", false);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(Target target, Path folder) throws IOException {
    json.writeStartObject();
    strings(
        "kind",
        target.kind() == Target.Kind.LIB ? target.crateTypes() : List.of(kebab(target.kind())));
    strings("crate_types", target.crateTypes());
    json.writeStringField("name", target.name());
    json.writeStringField("src_path", folder.resolve(target.path()).toString());
    json.writeStringField("edition", target.edition());
    if (!target.requiredFeatures().isEmpty()) {
      strings("required-features", target.requiredFeatures());
    }
    json.writeBooleanField("doc", target.documented());
    json.writeBooleanField("doctest", target.hasDocumentationTests());
    json.writeBooleanField("test", target.tested());
    json.writeEndObject();
  }

  private void write(Profile profile) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", profile.name());
    json.writeStringField("opt_level", profile.optLevel());
    json.writeStringField("lto", profile.lto());
    json.writeNullField("codegen_backend");
    Long units = profile.codegenUnits();
    if (units == null) {
      json.writeNullField("codegen_units");
    } else {
      json.writeNumberField("codegen_units", units);
    }
    // Levels are numbers, except for the two that have names.
    if (profile.debuginfo().length() == 1) {
      json.writeNumberField("debuginfo", Integer.parseInt(profile.debuginfo()));
    } else {
      json.writeStringField("debuginfo", profile.debuginfo());
    }
    json.writeStringField("split_debuginfo", profile.splitDebuginfo());
    json.writeBooleanField("debug_assertions", profile.debugAssertions());
    json.writeBooleanField("overflow_checks", profile.overflowChecks());
    json.writeBooleanField("rpath", profile.rpath());
    json.writeBooleanField("incremental", profile.incremental());
    json.writeStringField("panic", profile.panic());
    json.writeObjectFieldStart("strip");
    json.writeFieldName(profile.stripDeferred() ? "deferred" : "resolved");
    if (profile.strip().equals("none")) {
      json.writeString("None");
    } else {
      json.writeStartObject();
      json.writeStringField("Named", profile.strip());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void strings(String field, List<String> values) throws IOException {
    json.writeArrayFieldStart(field);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
