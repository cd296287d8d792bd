package io.github.nixmaven.plugin.verify;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.plugin.build.OutputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** The report of a verification as JSON. It holds no time, so equal results give equal reports. */
final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Report() {}

  static void write(VerifyResult result, Path file) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", 1);
    root.put("tried", result.tried());
    root.put("identical", result.isIdentical());
    ArrayNode outputs = root.putArray("outputs");
    for (Finding finding : result.findings()) {
      ObjectNode node = outputs.addObject();
      node.put("name", finding.unit().name());
      node.put("version", finding.unit().version());
      node.put("label", finding.unit().label());
      node.put("derivation", finding.derivation());
      node.put("output", finding.output());
      digest(node, finding.digest());
      node.put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT));
      if (!finding.reason().isEmpty()) {
        node.put("reason", finding.reason());
      }
      Finding.Rebuilt rebuilt = finding.rebuilt();
      if (rebuilt != null) {
        digest(node.putObject("rebuilt").put("copy", rebuilt.copy()), rebuilt.digest());
        ObjectNode difference = node.putObject("firstDifference");
        difference.put("file", rebuilt.difference().path());
        difference.put("what", rebuilt.difference().what());
        if (rebuilt.difference().offset() >= 0) {
          difference.put("offset", rebuilt.difference().offset());
        }
      }
    }
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    OutputFile.write(
        file,
        (JSON.writer(printer).writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void digest(ObjectNode node, Nar.Digest digest) {
    node.put("narHash", digest.hash().sri());
    node.put("narSize", digest.size());
  }
}
