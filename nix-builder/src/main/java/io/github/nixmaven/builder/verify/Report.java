package io.github.nixmaven.builder.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nixmaven.builder.realise.OutputFile;
import io.github.nixmaven.builder.verify.inspect.Note;
import io.github.nixmaven.builder.verify.rebuild.Axis;
import io.github.nixmaven.builder.verify.rebuild.AxisAvailability;
import io.github.nixmaven.builder.verify.rebuild.Canary;
import io.github.nixmaven.generator.nix.Nar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The report of a verification as JSON. It holds no time, so equal results give equal reports. */
final class Report {
  private static final int FORMAT = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Report() {}

  static void write(VerifyResult result, Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("outcome", name(result.outcome()));
    root.put("tried", result.tried());
    root.put("identical", result.isIdentical());
    root.put("rebuilds", result.builds());
    for (AxisAvailability each : result.axes()) {
      root.withArray("axes")
          .addObject()
          .put("axis", name(each.axis()))
          .put("tried", each.tried())
          .put("detail", each.detail());
    }
    for (Canary canary : result.canaries()) {
      Axis axis = canary.axis();
      root.withArray("canaries")
          .addObject()
          .put("axis", axis == null ? null : name(axis))
          .put("good", canary.good())
          .put("detail", canary.detail());
    }
    ArrayNode outputs = root.putArray("outputs");
    result.outputs().forEach(output -> write(output, outputs.addObject()));
    StoreComparison other = result.otherStore();
    if (other != null) {
      write(other, root.putObject("otherStore"));
    }
    for (AllowanceResult ruling : result.policy()) {
      ObjectNode entry = root.withArray("policy").addObject();
      write(ruling.allowance(), entry);
      entry.put("state", name(ruling.state()));
    }
    OutputFile.writeReport(file, OutputFile.json(root));
  }

  private static void write(OutputResult output, ObjectNode node) {
    node.put("name", output.unit().packageName());
    node.put("version", output.unit().version());
    node.put("label", output.unit().label());
    node.put("derivation", output.derivation());
    node.put("output", output.output());
    digest(node, output.digest());
    node.put("verdict", name(output.verdict()));
    node.put("rebuilds", output.rebuilds());
    output.causes().forEach(cause -> node.withArray("causes").add(name(cause)));
    if (!output.reason().isEmpty()) {
      node.put("reason", output.reason());
    }
    if (!output.advice().isEmpty()) {
      node.put("advice", output.advice());
    }
    OutputResult.Rebuilt rebuilt = output.rebuilt();
    if (rebuilt != null) {
      digest(node.putObject("rebuilt").put("copy", rebuilt.copy()), rebuilt.digest());
      ObjectNode difference = node.putObject("firstDifference");
      difference.put("file", rebuilt.difference().path());
      difference.put("what", rebuilt.difference().what());
      if (rebuilt.difference().offset() >= 0) {
        difference.put("offset", rebuilt.difference().offset());
        difference.put("place", rebuilt.place());
        difference.put("before", rebuilt.before());
        difference.put("after", rebuilt.after());
      }
      if (rebuilt.diffoscope() != null) {
        difference.put("diffoscope", rebuilt.diffoscope());
      }
    }
    for (Note note : output.notes()) {
      node.withArray("notes")
          .addObject()
          .put("kind", name(note.kind()))
          .put("file", note.file())
          .put("offset", note.offset())
          .put("place", note.place())
          .put("text", note.text());
    }
    Allowance allowance = output.allowance();
    if (allowance != null) {
      write(allowance, node.putObject("allowed"));
    }
  }

  private static void write(Allowance allowance, ObjectNode node) {
    node.put("package", allowance.packageName())
        .put("version", allowance.version())
        .put("until", allowance.until().toString())
        .put("reason", allowance.reason())
        .put("place", allowance.position().toString());
  }

  private static void write(StoreComparison other, ObjectNode node) {
    node.put("store", other.store());
    node.put("compared", other.compared());
    ArrayNode differences = node.putArray("differences");
    for (StoreComparison.Difference each : other.differences()) {
      ObjectNode difference = differences.addObject();
      difference.put("label", each.unit().label());
      difference.put("derivation", each.derivation());
      difference.put("output", each.output());
      difference.put("verdict", name(each.verdict()));
      digest(difference.putObject("here"), each.here());
      digest(difference.putObject("there"), each.there());
      if (each.allowance() != null) {
        write(each.allowance(), difference.putObject("allowed"));
      }
    }
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void digest(ObjectNode node, Nar.Digest digest) {
    node.put("narHash", digest.hash().sri());
    node.put("narSize", digest.size());
  }
}
