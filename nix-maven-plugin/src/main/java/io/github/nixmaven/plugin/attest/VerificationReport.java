package io.github.nixmaven.plugin.attest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.plugin.build.MemberOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code nix:verify} reported.
 *
 * @param result {@code PASSED}, {@code WARNED} or {@code FAILED}
 * @param tried what was tried
 * @param passed what was rebuilt with the same bits
 * @param failed what was not
 */
record VerificationReport(String result, String tried, Set<String> passed, Set<String> failed) {
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
      throw new InputException(Position.of(file), "this is no JSON", REMEDY);
    }
    Set<String> passed = new TreeSet<>();
    Set<String> failed = new TreeSet<>();
    Map<String, String> hashes = new HashMap<>();
    for (JsonNode each : root.path("outputs")) {
      hashes.put(each.path("output").asText(), each.path("narHash").asText());
      boolean identical = each.path("verdict").asText().equals("identical");
      (identical ? passed : failed).add(each.path("label").asText());
    }
    passed.removeAll(failed);
    for (MemberOutput output : outputs) {
      if (!output.nar().hash().sri().equals(hashes.get(output.path().toString()))) {
        throw new InputException(
            Position.of(file),
            "this report is of another build: " + output.path() + " is not in it",
            REMEDY);
      }
    }
    String result = root.path("identical").asBoolean() && failed.isEmpty() ? "PASSED" : "FAILED";
    return new VerificationReport(result, root.path("tried").asText(), passed, failed);
  }
}
