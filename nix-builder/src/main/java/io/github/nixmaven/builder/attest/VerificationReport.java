package io.github.nixmaven.builder.attest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.realise.MemberOutput;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The report of {@code nix:verify}.
 *
 * @param result {@code PASSED}, {@code WARNED} or {@code FAILED}
 * @param tried what was tried
 * @param passed what was rebuilt with the same bits
 * @param warned what was not, and may be otherwise by the project's policy
 * @param failed what was not, or nobody can tell
 */
record VerificationReport(
    String result, String tried, Set<String> passed, Set<String> warned, Set<String> failed) {
  private static final String REMEDY = "Run `mvn nix:verify` again, or delete the report.";

  /**
   * Reads a report.
   *
   * @throws InputException when it is of another build than these outputs, or no report
   */
  static VerificationReport read(Path file, List<MemberOutput> outputs) throws IOException {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new InputException(Position.of(file), "this is not JSON", REMEDY);
    }
    Set<String> passed = new TreeSet<>();
    Set<String> warned = new TreeSet<>();
    Set<String> failed = new TreeSet<>();
    Map<String, String> hashes = new HashMap<>();
    for (JsonNode each : root.path("outputs")) {
      hashes.put(each.path("output").asText(), each.path("narHash").asText());
      boolean identical = each.path("verdict").asText().equals("identical");
      Set<String> tests = identical ? passed : each.has("allowed") ? warned : failed;
      tests.add(each.path("label").asText());
    }
    warned.removeAll(failed);
    passed.removeAll(warned);
    passed.removeAll(failed);
    for (MemberOutput output : outputs) {
      if (!output.nar().hash().sri().equals(hashes.get(output.path().toString()))) {
        throw new InputException(
            Position.of(file),
            "this report is about another build: it does not contain " + output.path(),
            REMEDY);
      }
    }
    boolean good = root.path("outcome").asText().equals("passed") && failed.isEmpty();
    String result = !good ? "FAILED" : warned.isEmpty() ? "PASSED" : "WARNED";
    return new VerificationReport(result, root.path("tried").asText(), passed, warned, failed);
  }
}
