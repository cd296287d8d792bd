package io.github.nixmaven.builder.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nixmaven.builder.realise.BuildSettings;
import io.github.nixmaven.builder.realise.MemberOutput;
import io.github.nixmaven.generator.hash.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Statements of in-toto (attestation framework 1.0): SLSA's provenance 1.0, and the test-result
 * predicate 0.1. They hold no time and nothing of the machine but Nix's version, so that the same
 * build gives the same bytes. docs/buildtypes documents our fields.
 */
final class Statements {
  static final String STATEMENT = "https://in-toto.io/Statement/v1";
  static final String PROVENANCE = "https://slsa.dev/provenance/v1";
  static final String TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1";

  /** A page of docs/ in the project's repository. */
  static final String BUILD_TYPE =
      "https://github.com/nixmaven/nix-maven-plugin/blob/main/docs/buildtypes/nix-derivation-v1.md";

  /** How the URI of a derivation begins. */
  static final String DERIVATION = "nix:/nix/store/";

  /**
   * The name of the SHA-256 of a NAR. It has a name of its own, since a tool that hashes files
   * would never find it under {@code sha256}.
   */
  static final String NAR = "narSha256";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Statements() {}

  /**
   * The provenance: the outputs, their builder and their inputs.
   *
   * @param nixVersion such as {@code 2.8.0}
   */
  static byte[] provenance(
      AttestRequest request, Pins pins, List<MemberOutput> outputs, String nixVersion)
      throws IOException {
    ObjectNode statement = statement(PROVENANCE, outputs, request.files());
    ObjectNode predicate = statement.putObject("predicate");
    ObjectNode definition = predicate.putObject("buildDefinition");
    definition.put("buildType", BUILD_TYPE);
    definition.set("externalParameters", parameters(request.settings(), pins));
    ObjectNode internal = definition.putObject("internalParameters");
    internal.put("sandbox", true);
    internal.put("substitute", false);
    internal.put("cores", request.settings().cores());
    ArrayNode dependencies = definition.putArray("resolvedDependencies");
    pins.dependencies().values().forEach(dependencies::add);
    for (MemberOutput output : outputs) {
      Path derivation = Path.of(output.derivation().path());
      ObjectNode dependency =
          dependencies
              .addObject()
              .put("name", output.member().label())
              .put("uri", "nix:" + derivation);
      Pins.digest(dependency.putObject("digest"), MemberOutput.sha256(derivation));
    }
    ObjectNode run = predicate.putObject("runDetails");
    ObjectNode builder = run.putObject("builder");
    builder.put("id", request.builderId());
    builder
        .putObject("version")
        .put("nix-maven-plugin", request.pluginVersion())
        .put("nix", nixVersion);
    ArrayNode byproducts = run.putArray("byproducts");
    for (Path file : request.byproducts()) {
      if (Files.isRegularFile(file)) {
        byproducts.add(Pins.file(file));
      }
    }
    return JSON.writeValueAsBytes(statement);
  }

  /** Everything that the user who starts a build decides. */
  static ObjectNode parameters(BuildSettings settings, Pins pins) {
    ObjectNode external = JSON.createObjectNode();
    ObjectNode files = external.putObject("files");
    pins.files().forEach(files::set);
    ArrayNode members = external.putArray("members");
    settings.members().forEach(members::add);
    ArrayNode targets = external.putArray("targets");
    settings.build().targets().forEach(targets::add);
    settings
        .build()
        .parameters()
        .forEach((name, value) -> external.set(name, JSON.valueToTree(value)));
    return external;
  }

  /** The result of a verification of the outputs. */
  static byte[] testResult(
      AttestRequest request, VerificationReport report, List<MemberOutput> outputs)
      throws IOException {
    ObjectNode statement = statement(TEST_RESULT, outputs, request.files());
    ObjectNode predicate = statement.putObject("predicate");
    predicate.put("result", report.result());
    predicate.putArray("configuration").add(configuration(request, report));
    ArrayNode passed = predicate.putArray("passedTests");
    report.passed().forEach(passed::add);
    ArrayNode warned = predicate.putArray("warnedTests");
    report.warned().forEach(warned::add);
    ArrayNode failed = predicate.putArray("failedTests");
    report.failed().forEach(failed::add);
    return JSON.writeValueAsBytes(statement);
  }

  private static ObjectNode configuration(AttestRequest request, VerificationReport report)
      throws IOException {
    ObjectNode descriptor = Pins.file(request.verifyReport());
    descriptor.putObject("annotations").put("tried", report.tried());
    return descriptor;
  }

  private static ObjectNode statement(
      String predicateType, List<MemberOutput> outputs, List<Path> files) throws IOException {
    ObjectNode statement = JSON.createObjectNode();
    statement.put("_type", STATEMENT);
    ArrayNode subjects = statement.putArray("subject");
    for (MemberOutput output : outputs) {
      for (Map.Entry<String, Hash> file : output.files().entrySet()) {
        Pins.digest(
            subject(subjects, output.member().label() + "/" + file.getKey()), file.getValue());
      }
      subject(subjects, output.path().toString()).put(NAR, output.nar().hash().hex());
    }
    for (Path file : files) {
      subjects.add(Pins.file(file));
    }
    statement.put("predicateType", predicateType);
    return statement;
  }

  /** Adds a subject, and gives its digest set. */
  private static ObjectNode subject(ArrayNode subjects, String name) {
    return subjects.addObject().put("name", name).putObject("digest");
  }

  /** Reads a statement; the empty node where it is none. */
  static JsonNode parse(byte[] payload) {
    try {
      return JSON.readTree(payload);
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }
}
