package io.github.nixmaven.builder.overrides;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.generator.api.PinnedCrate;
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
   * Looks at every crate of a project.
   *
   * @throws InputException when Cargo.nix does not exist, or the user's rows are not a valid table
   */
  public OverridesResult list(OverridesRequest request) throws IOException {
    if (!Files.isRegularFile(request.cargoNix())) {
      throw new InputException(
          Position.of(request.cargoNix()),
          "no such file",
          "Generate it from Cargo.lock with `mvn nix:generate`.");
    }
    OverrideTable table = OverrideTable.read(request.own());
    List<PinnedCrate> crates = PinnedCrate.of(request.cargoNix());
    ToolchainLock lock = ToolchainLock.readOrStandard(request.toolchainLock());
    List<OverridesResult.Applied> applied = new ArrayList<>();
    SortedMap<String, String> unknownLinks = new TreeMap<>();
    Set<String> missing = new TreeSet<>();
    for (PinnedCrate crate : crates) {
      List<OverrideRow> rows = table.rowsFor(crate);
      if (!rows.isEmpty()) {
        applied.add(new OverridesResult.Applied(crate.key(), rows));
      } else if (!table.knows(crate.name())) {
        crate.links().ifPresent(library -> unknownLinks.put(crate.key(), library));
      }
      rows.forEach(row -> missing.addAll(row.debian().packages()));
    }
    missing.removeAll(lock.names());
    return new OverridesResult(
        applied, unknownLinks, table.unmatched(crates), List.copyOf(missing));
  }

  /** A result in lines. */
  public List<String> describe(OverridesResult result) {
    List<String> lines = new ArrayList<>();
    if (result.applied().isEmpty()) {
      lines.add("No crate of the project is in the override table");
    }
    for (OverridesResult.Applied applied : result.applied()) {
      for (OverrideRow row : applied.rows()) {
        lines.add(
            applied.crate() + ": " + needs(row.debian()) + " (" + row.label() + why(row) + ")");
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
            (crate, library) ->
                lines.add(crate + ": no row, but its manifest has links = \"" + library + "\""));
    return lines;
  }

  private static String why(OverrideRow row) {
    return row.why().isEmpty() ? "" : ": " + row.why();
  }

  private static String needs(OverrideRow.Needs needs) {
    List<String> parts = new ArrayList<>(needs.packages());
    needs.environment().forEach((name, value) -> parts.add(name + "=" + value));
    if (!needs.rustcFlags().isEmpty()) {
      parts.add("rustc " + String.join(" ", needs.rustcFlags()));
    }
    needs.patches().forEach(patch -> parts.add("patch " + patch));
    return parts.isEmpty() ? "nothing" : String.join(", ", parts);
  }

  /** A result as a JSON object in UTF-8. */
  public byte[] json(OverridesResult result) throws IOException {
    List<Map<String, Object>> applied = new ArrayList<>();
    for (OverridesResult.Applied one : result.applied()) {
      for (OverrideRow row : one.rows()) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("crate", one.crate());
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
