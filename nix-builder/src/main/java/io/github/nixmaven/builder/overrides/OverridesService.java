package io.github.nixmaven.builder.overrides;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.toolchain.ToolchainChoice;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.generator.pin.ListedPackage;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.inject.Named;
import javax.inject.Singleton;

/** Says what the override table has for a project. Reads this disk only, and starts no process. */
@Named
@Singleton
public final class OverridesService {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * Looks at every package of a project.
   *
   * @throws InputException when the generated file does not exist, or the user's rows are not a
   *     valid table
   */
  public OverridesResult list(OverridesRequest request) throws IOException {
    if (!Files.isRegularFile(request.file())) {
      throw new InputException(
          Position.of(request.file()),
          "no such file",
          "Generate it from the lock with `mvn nix:generate`.");
    }
    Language language = request.language();
    OverrideTable table = OverrideTable.read(request.own(), language);
    List<ListedPackage> packages = ListedPackage.of(language.ecosystem(), request.file());
    ToolchainLock lock =
        ToolchainChoice.of(request.toolchainLock(), language, request.directory(), packages).lock();
    List<OverridesResult.Applied> applied = new ArrayList<>();
    SortedMap<String, String> unknownLinks = new TreeMap<>();
    Set<String> missing = new TreeSet<>();
    for (ListedPackage one : packages) {
      List<OverrideRow> rows = table.rowsFor(one);
      if (!rows.isEmpty()) {
        applied.add(new OverridesResult.Applied(one.key(), rows));
      } else if (!table.knows(one.name())) {
        one.links().ifPresent(library -> unknownLinks.put(one.key(), library));
      }
      rows.forEach(row -> missing.addAll(row.debian().packages()));
    }
    missing.removeAll(lock.names());
    return new OverridesResult(
        applied, unknownLinks, table.unmatched(packages), List.copyOf(missing));
  }

  /**
   * A result in lines.
   *
   * @param noun the word for a package
   */
  public List<String> describe(OverridesResult result, String noun) {
    List<String> lines = new ArrayList<>();
    if (result.applied().isEmpty()) {
      lines.add("No " + noun + " of the project is in the override table");
    }
    for (OverridesResult.Applied applied : result.applied()) {
      for (OverrideRow row : applied.rows()) {
        lines.add(
            applied.packageId() + ": " + needs(row.debian()) + " (" + row.label() + why(row) + ")");
      }
    }
    if (!result.missing().isEmpty()) {
      lines.add(
          "Missing in the toolchain (add them with `mvn nix:toolchain`): "
              + String.join(", ", result.missing()));
    }
    result
        .unknownLinks()
        .forEach(
            (id, library) ->
                lines.add(id + ": no row, but its manifest has links = \"" + library + "\""));
    return lines;
  }

  private static String why(OverrideRow row) {
    return row.why().isEmpty() ? "" : ": " + row.why();
  }

  private static String needs(OverrideRow.Needs needs) {
    List<String> parts = new ArrayList<>(needs.packages());
    needs.environment().forEach((name, value) -> parts.add(name + "=" + value));
    needs
        .arguments()
        .forEach(
            (key, values) -> {
              if (!values.isEmpty()) {
                parts.add(key + " " + String.join(" ", values));
              }
            });
    needs.patches().forEach(patch -> parts.add("patch " + patch));
    return parts.isEmpty() ? "nothing" : String.join(", ", parts);
  }

  /** A result as a JSON object in UTF-8. */
  public byte[] json(OverridesResult result) throws IOException {
    List<Map<String, Object>> applied = new ArrayList<>();
    for (OverridesResult.Applied one : result.applied()) {
      for (OverrideRow row : one.rows()) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("package", one.packageId());
        object.put("row", row.label());
        object.put("why", row.why());
        object.put("debian", row.debian());
        object.put("nixpkgs", row.nixpkgs());
        applied.add(object);
      }
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("applied", applied);
    report.put("missing", result.missing());
    report.put("unknownLinks", result.unknownLinks());
    report.put("unmatched", result.unmatched().stream().map(InputException::getMessage).toList());
    return JSON.writeValueAsBytes(report);
  }
}
