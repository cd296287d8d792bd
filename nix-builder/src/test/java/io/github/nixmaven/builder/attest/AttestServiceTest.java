package io.github.nixmaven.builder.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.realise.BuildSettings;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.realise.HandMadeProject;
import io.github.nixmaven.builder.realise.MemberOutput;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.builder.realise.RustWorkspace;
import io.github.nixmaven.builder.sign.Bundle;
import io.github.nixmaven.builder.sign.BundleSigner;
import io.github.nixmaven.builder.sign.BundleVerifier;
import io.github.nixmaven.builder.sign.Judges;
import io.github.nixmaven.builder.sign.Keyless;
import io.github.nixmaven.builder.sign.SigningKey;
import io.github.nixmaven.builder.sign.StandInSigstore;
import io.github.nixmaven.builder.sign.TestKeys;
import io.github.nixmaven.builder.sign.VerifyingKey;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An attestation")
class AttestServiceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BUILDER = "https://ci.example.org/release";

  private static Preparation prepared;
  private static Path output;

  @TempDir Path folder;
  private Path work;
  private Path keyFile;

  private final List<String> lines = new ArrayList<>();
  private final Console console = new Console(lines::add, lines::add, null, false);

  @BeforeAll
  static void project() throws Exception {
    prepared = RustWorkspace.prepared("app-build");
    RustWorkspace.build(prepared);
    output = MemberOutput.of(prepared.project()).get(0).path();
  }

  @BeforeEach
  void workspace() throws Exception {
    RustWorkspace.write(folder);
    work = Files.createDirectories(folder.resolve("target/nix"));
    Files.createSymbolicLink(work.resolve("result-app"), output);
    keyFile = TestKeys.ed25519(folder, "key");
  }

  private void report(String verdict) throws Exception {
    report(verdict.equals("identical") ? "passed" : "failed", "\"verdict\": \"" + verdict + "\"");
  }

  private void report(String outcome, String finding) throws Exception {
    Files.writeString(
        work.resolve("verify.json"),
        """
        { "format": 3, "outcome": "%s", "tried": "one rebuild", "outputs": [
          { "label": "app 0.1.0", "output": "%s", "narHash": "%s", %s } ] }
        """
            .formatted(outcome, output, Nar.digest(output).hash().sri(), finding));
  }

  private AttestRequest request(Path key) throws Exception {
    return new AttestRequest(
        HandMadeProject.settings(folder),
        List.of(),
        SigningKey.read(key, null, null),
        BUILDER,
        "0.1.0",
        work.resolve("verify.json"),
        List.of(work.resolve("bom.json")),
        work.resolve("provenance.sigstore.json"),
        work.resolve("verification.sigstore.json"));
  }

  private List<Path> attest(Path key) throws Exception {
    return new AttestService().attest(request(key), prepared, console);
  }

  private static JsonNode statement(Path bundle) throws Exception {
    return JSON.readTree(Bundle.read(bundle).payload());
  }

  @Test
  @DisplayName(
      "is verified by Sigstore's library for JavaScript and by openssl, and refused after one flipped bit")
  void judges() throws Exception {
    report("identical");
    for (Path key : List.of(keyFile, TestKeys.p256(folder, "p256"))) {
      Path pub = TestKeys.publicKey(key);
      for (Path bundle : attest(key)) {
        Judges.Verdict verdict = Judges.node("verify-bundle.mjs", bundle, pub);
        assertThat(verdict.output())
            .startsWith("verified ")
            .endsWith(VerifyingKey.read(pub).hint());

        JsonNode root = JSON.readTree(bundle.toFile());
        String payload = root.path("dsseEnvelope").path("payload").asText();
        String flipped = (payload.charAt(40) == 'A' ? "B" : "A");
        Path changed = folder.resolve("changed.json");
        Files.writeString(
            changed,
            Files.readString(bundle)
                .replace(payload, payload.substring(0, 40) + flipped + payload.substring(41)));
        assertThat(Judges.node("verify-bundle.mjs", changed, pub).output())
            .contains("SIGNATURE_ERROR");
        assertThat(
                Judges.node(
                        "verify-bundle.mjs", bundle, TestKeys.publicKey(TestKeys.p256(folder, "o")))
                    .accepted())
            .isFalse();
      }
    }
    // DSSE's encoding, written once more, by hand.
    byte[] body = Bundle.read(work.resolve("provenance.sigstore.json")).payload();
    String head = "DSSEv1 28 application/vnd.in-toto+json " + body.length + " ";
    Path signed = folder.resolve("signed");
    Files.writeString(signed, head + new String(body, StandardCharsets.UTF_8));
    Path signature = folder.resolve("signature");
    JsonNode envelope = JSON.readTree(work.resolve("provenance.sigstore.json").toFile());
    Files.write(
        signature,
        envelope.path("dsseEnvelope").path("signatures").get(0).path("sig").binaryValue());
    assertThat(
            TestKeys.openssl(
                "dgst",
                "-sha256",
                "-verify",
                folder.resolve("p256.pem.pub"),
                "-signature",
                signature,
                signed))
        .isEqualTo("Verified OK");
  }

  @Test
  @DisplayName("names files, NAR, pins and builder, each by a digest of its kind")
  void provenance() throws Exception {
    Files.writeString(work.resolve("bom.json"), "{}");
    Files.writeString(work.resolve("verification.sigstore.json"), "of an earlier run");
    attest(keyFile);
    assertThat(work.resolve("verification.sigstore.json")).doesNotExist();
    JsonNode statement = statement(work.resolve("provenance.sigstore.json"));

    assertThat(statement.path("_type").asText()).isEqualTo("https://in-toto.io/Statement/v1");
    assertThat(statement.path("subject").get(0).path("name").asText()).isEqualTo("app/bin/app");
    assertThat(statement.path("subject").get(0).path("digest").path("sha256").asText())
        .isEqualTo(
            TestKeys.openssl("dgst", "-r", "-sha256", output.resolve("bin/app")).split(" ")[0]);
    assertThat(statement.path("subject").get(1).path("name").asText()).isEqualTo(output.toString());
    assertThat(statement.path("subject").get(1).path("digest").path("narSha256").asText())
        .isEqualTo(Nar.digest(output).hash().hex());
    JsonNode definition = statement.path("predicate").path("buildDefinition");
    String page = definition.path("buildType").asText();
    assertThat(Path.of("..", page.substring(page.indexOf("docs/")))).isRegularFile();
    String pins = definition.path("resolvedDependencies").toString();
    assertThat(pins)
        .contains(
            "{\"uri\":\"pkg:cargo/itoa@1.0.14\",\"digest\":{\"sha256\":\"" + RustWorkspace.ITOA,
            "pkg:deb/debian/rustc@",
            "nix:debian-trixie-amd64-sysroot",
            "\"uri\":\"nix:/nix/store/");
    assertThat(definition.path("externalParameters").path("files").fieldNames())
        .toIterable()
        .containsExactly("Cargo.lock", "Cargo.nix");
    JsonNode run = statement.path("predicate").path("runDetails");
    assertThat(run.path("builder").path("id").asText()).isEqualTo(BUILDER);
    assertThat(run.path("builder").path("version").path("nix").asText()).matches("\\d+\\.\\d+.*");
    assertThat(run.path("byproducts").get(0).path("name").asText()).isEqualTo("bom.json");
    assertThat(lines).anyMatch(line -> line.startsWith("No verification is attested"));
  }

  @Test
  @DisplayName("says what a verification showed, and is refused with a report of another build")
  void verification() throws Exception {
    report("different");
    attest(keyFile);
    JsonNode predicate = statement(work.resolve("verification.sigstore.json")).path("predicate");
    assertThat(predicate.path("result").asText()).isEqualTo("FAILED");
    assertThat(predicate.path("failedTests").get(0).asText()).isEqualTo("app 0.1.0");
    assertThat(predicate.path("configuration").get(0).path("annotations").path("tried").asText())
        .isEqualTo("one rebuild");

    report("identical");
    assertThat(result()).isEqualTo("PASSED");
    report("passed", "\"verdict\": \"different\", \"allowed\": { \"until\": \"2027-01-01\" }");
    assertThat(result()).isEqualTo("WARNED");
    report("cannot_tell", "\"verdict\": \"identical\"");
    assertThat(result()).isEqualTo("FAILED");

    byte[] before = Files.readAllBytes(work.resolve("provenance.sigstore.json"));
    Files.writeString(
        work.resolve("verify.json"),
        Files.readString(work.resolve("verify.json")).replace("sha256-", "sha256-0"));
    assertThatThrownBy(() -> attest(TestKeys.p256(folder, "p256")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("about another build");
    assertThat(Files.readAllBytes(work.resolve("provenance.sigstore.json"))).isEqualTo(before);
  }

  private String result() throws Exception {
    attest(keyFile);
    return statement(work.resolve("verification.sigstore.json"))
        .path("predicate")
        .path("result")
        .asText();
  }

  @Test
  @DisplayName("is the same bytes again")
  void deterministic() throws Exception {
    for (Path key : List.of(keyFile, TestKeys.p256(folder, "p256"))) {
      attest(key);
      byte[] first = Files.readAllBytes(work.resolve("provenance.sigstore.json"));
      Files.delete(work.resolve("provenance.sigstore.json"));
      attest(key);
      assertThat(Files.readAllBytes(work.resolve("provenance.sigstore.json"))).isEqualTo(first);
    }
  }

  private List<CheckedClaim> verify(Path key, List<Path> bundles, List<Path> files, String builder)
      throws Exception {
    return verify(VerifyingKey.read(TestKeys.publicKey(key)), bundles, files, builder);
  }

  private List<CheckedClaim> verify(
      BundleVerifier signer, List<Path> bundles, List<Path> files, String builder)
      throws Exception {
    BuildSettings settings = HandMadeProject.settings(folder);
    return new VerifyAttestationService()
        .verify(
            new VerifyAttestationRequest(settings, bundles, signer, List.of(builder), files),
            console);
  }

  @Test
  @DisplayName("holds for what was attested")
  void holds() throws Exception {
    report("identical");
    List<Path> bundles = attest(keyFile);

    assertThat(verify(keyFile, bundles, List.of(), BUILDER))
        .hasSize(7)
        .allMatch(CheckedClaim::holds);
    assertThat(verify(keyFile, bundles, List.of(output.resolve("bin/app")), BUILDER))
        .allMatch(CheckedClaim::holds);
    assertThat(lines).contains("  signature: good", "  pins: good", "  verification: good");
  }

  @Test
  @DisplayName("does not hold for another file, key, builder and lock, and each of them is named")
  void all() throws Exception {
    report("failed");
    List<Path> bundles = attest(keyFile);
    Files.writeString(
        folder.resolve("Cargo.lock"),
        RustWorkspace.lock(RustWorkspace.ITOA).replace("version = 4", "version = 3"));
    Path other = Files.writeString(folder.resolve("other"), "another program");

    List<CheckedClaim> claims =
        verify(TestKeys.p256(folder, "p256"), bundles, List.of(other), "https://ci.example.org/x");
    assertThat(claims.stream().filter(each -> !each.holds()).map(CheckedClaim::claim))
        .containsExactly(
            CheckedClaim.Claim.SIGNATURE,
            CheckedClaim.Claim.SUBJECTS,
            CheckedClaim.Claim.BUILDER,
            CheckedClaim.Claim.PINS,
            CheckedClaim.Claim.SIGNATURE,
            CheckedClaim.Claim.SUBJECTS,
            CheckedClaim.Claim.RESULT);
    assertThat(lines)
        .anyMatch(line -> line.contains("signed with another key"))
        .anyMatch(
            line ->
                line.contains("other, sha256")
                    && line.contains("is not a subject of the statement"))
        .anyMatch(line -> line.contains("built by `" + BUILDER + "`"))
        .anyMatch(
            line -> line.contains("Cargo.lock differs from the file that the statement lists"));
  }

  @Test
  @DisplayName("does not hold when a pin, a file of the output or the payload is another one")
  void changes() throws Exception {
    List<Path> bundles = attest(keyFile);
    Files.delete(work.resolve("result-app"));
    Path fake = Files.createDirectories(work.resolve("result-app/bin"));
    Files.writeString(fake.resolve("app"), "another program");
    Files.writeString(fake.resolve("more"), "and one more");
    assertThat(problems(verify(keyFile, bundles, List.of(), BUILDER)))
        .anyMatch(line -> line.contains("bin/app, sha256"))
        .anyMatch(line -> line.contains("bin/more, sha256"));
    Files.delete(fake.resolve("app"));
    assertThat(problems(verify(keyFile, bundles, List.of(), BUILDER)))
        .anyMatch(line -> line.contains("bin/app does not exist"));

    Bundle bundle = Bundle.read(bundles.get(0));
    String other =
        new String(bundle.payload(), StandardCharsets.UTF_8)
            .replace(RustWorkspace.ITOA, "0".repeat(64));
    Path forged = folder.resolve("forged.sigstore.json");
    Files.write(
        forged,
        Bundle.sign(
                Bundle.IN_TOTO,
                other.getBytes(StandardCharsets.UTF_8),
                SigningKey.read(keyFile, null, null))
            .json());
    assertThat(
            problems(verify(keyFile, List.of(forged), List.of(output.resolve("bin/app")), BUILDER)))
        .singleElement()
        .asString()
        .startsWith("pkg:cargo/itoa@1.0.14 is {\"sha256\":\"" + RustWorkspace.ITOA);
  }

  @Test
  @DisplayName("holds without a key, with a stand-in for Sigstore's servers")
  void keyless() throws Exception {
    report("identical");
    try (StandInSigstore sigstore = new StandInSigstore(folder.resolve("sigstore"))) {
      AttestRequest usual = request(keyFile);
      String token = sigstore.tokenOf("release@example.org");
      BundleSigner signer =
          Keyless.signer(sigstore.instance(), Map.of("SIGSTORE_ID_TOKEN", token), false, false);
      List<Path> bundles =
          new AttestService().attest(with(usual, List.of(), signer), prepared, console);
      assertThat(lines)
          .anyMatch(
              line ->
                  line.startsWith(
                      "Signed by release@example.org (" + StandInSigstore.ISSUER + "): 1 output"));

      BundleVerifier release =
          Keyless.verifier(
              sigstore.trustedRootFile(), "release@example.org", StandInSigstore.ISSUER, true);
      assertThat(verify(release, bundles, List.of(), BUILDER))
          .hasSize(7)
          .allMatch(CheckedClaim::holds);
      BundleVerifier other =
          Keyless.verifier(
              sigstore.trustedRootFile(), "other@example.org", StandInSigstore.ISSUER, true);
      assertThat(
              verify(other, bundles, List.of(), BUILDER).stream()
                  .filter(each -> !each.holds())
                  .map(CheckedClaim::claim))
          .containsExactly(CheckedClaim.Claim.SIGNATURE, CheckedClaim.Claim.SIGNATURE);
    }
  }

  @Test
  @DisplayName("leaves what is there as it is where nothing can be signed")
  void unreachable() throws Exception {
    report("identical");
    attest(keyFile);
    byte[] before = Files.readAllBytes(work.resolve("provenance.sigstore.json"));
    AttestRequest usual = request(keyFile);
    SigningKey key = SigningKey.read(TestKeys.p256(folder, "p256"), null, null);
    int[] signed = {0};
    BundleSigner failing =
        (type, payload) -> {
          if (signed[0]++ > 0) {
            throw new IOException("out of reach");
          }
          return key.sign(type, payload);
        };
    AttestRequest request = with(usual, List.of(), failing);

    assertThatThrownBy(() -> new AttestService().attest(request, prepared, console))
        .isInstanceOf(IOException.class)
        .hasMessage("out of reach");
    assertThat(Files.readAllBytes(work.resolve("provenance.sigstore.json"))).isEqualTo(before);
  }

  private static AttestRequest with(AttestRequest usual, List<Path> files, BundleSigner signer) {
    return new AttestRequest(
        usual.settings(),
        files,
        signer,
        BUILDER,
        "0.1.0",
        usual.verifyReport(),
        List.of(),
        usual.provenance(),
        usual.verification());
  }

  private static List<String> problems(List<CheckedClaim> claims) {
    return claims.stream().flatMap(each -> each.problems().stream()).toList();
  }

  @Test
  @DisplayName("is refused of a file or builder that is none, and what is no bundle is no bundle")
  void refused() throws Exception {
    AttestRequest usual = request(keyFile);
    AttestRequest missing = with(usual, List.of(folder.resolve("product.jar")), usual.signer());
    assertThatThrownBy(() -> new AttestService().attest(missing, prepared, console))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("product.jar: no such file to attest");
    assertThatThrownBy(
            () -> verify(keyFile, List.of(folder.resolve("Cargo.toml")), List.of(), BUILDER))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not a Sigstore bundle");
    assertThatThrownBy(() -> verify(keyFile, List.of(folder.resolve("none")), List.of(), BUILDER))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such bundle");
    assertThat(usual.provenance()).doesNotExist();
    assertThatThrownBy(() -> verify(keyFile, List.of(), List.of(), BUILDER))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no bundle to verify");
  }
}
