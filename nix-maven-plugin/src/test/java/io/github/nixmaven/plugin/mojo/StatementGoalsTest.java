package io.github.nixmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.attest.AttestRequest;
import io.github.nixmaven.builder.attest.AttestService;
import io.github.nixmaven.builder.attest.VerifyAttestationRequest;
import io.github.nixmaven.builder.sign.TestKeys;
import io.github.nixmaven.builder.template.FileToSign;
import io.github.nixmaven.builder.template.SignRequest;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Goals that say something of what was built")
class StatementGoalsTest extends ModuleTest {
  @Test
  @DisplayName("take the time of Maven's outputTimestamp, else SOURCE_DATE_EPOCH, else none")
  void timestamp() {
    Instant time = Instant.parse("2026-01-01T00:00:00Z");

    assertThat(SbomMojo.timestamp("2026-01-01T01:00:00+01:00", "1")).isEqualTo(time);
    assertThat(SbomMojo.timestamp("1767225600", null)).isEqualTo(time);
    assertThat(SbomMojo.timestamp("-", "1767225600")).isEqualTo(time);
    assertThat(SbomMojo.timestamp("${project.build.outputTimestamp}", null)).isNull();
    assertThat(SbomMojo.timestamp(null, null)).isNull();
    assertThatThrownBy(() -> SbomMojo.timestamp("yesterday", null))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("project.build.outputTimestamp is `yesterday`");
    assertThatThrownBy(() -> SbomMojo.timestamp(null, "now"))
        .hasMessageContaining("SOURCE_DATE_EPOCH is `now`");
  }

  @Test
  @InjectMojo(
      goal = "sign",
      pom =
          BEFORE
              + "<signingKey>key.pem</signingKey>"
              + "<modules><module><file>lib/accrual.wasm</file></module></modules>"
              + AFTER)
  @DisplayName("call a module to sign by its file's name where nothing else is said")
  void modules(SignMojo mojo) throws Exception {
    key();
    SignRequest request = mojo.request();

    assertThat(request.files())
        .containsExactly(
            new FileToSign(
                folder.resolve("lib/accrual.wasm"), "accrual", "accrual.wasm", List.of()));
    assertThat(request.template()).isNull();
    assertThat(request.manifest()).isEqualTo(folder.resolve("target/nix/manifests/@name@.json"));
  }

  @Test
  @InjectMojo(
      goal = "sign",
      pom =
          BEFORE
              + "<signingKey>key.pem</signingKey><workDirectory>work</workDirectory>"
              + "<modules><module><file>a.jar</file><name>n</name><path>p</path>"
              + "<capabilities><capability>log</capability></capabilities></module></modules>"
              + AFTER)
  @DisplayName("call a module to sign as they are told")
  void namedModules(SignMojo mojo) throws Exception {
    key();
    assertThat(mojo.request().files())
        .containsExactly(new FileToSign(folder.resolve("a.jar"), "n", "p", List.of("log")));
    assertThat(mojo.request().manifest()).isEqualTo(folder.resolve("work/manifests/@name@.json"));
  }

  @Test
  @InjectMojo(goal = "sign", pom = BEFORE + "<modules><module/></modules>" + AFTER)
  @DisplayName("refuse a module to sign without a file")
  void fileless(SignMojo mojo) {
    assertThatThrownBy(mojo::request).hasMessageContaining("a <module> has no <file>");
  }

  @Test
  @InjectMojo(goal = "sign", pom = BEFORE + "<signingKey>key.pem</signingKey>" + AFTER)
  @DisplayName("say how to name modules where there are none")
  void noModules(SignMojo mojo) throws Exception {
    key();
    assertThatThrownBy(mojo::run).hasMessageContaining("<modules>");
  }

  @Test
  @InjectMojo(goal = "verify-attestation", pom = BEFORE + "<publicKey>key.pub</publicKey>" + AFTER)
  @DisplayName("verify what attest writes, and trust this machine alone where nobody else is named")
  void bundles(VerifyAttestationMojo mojo) throws Exception {
    LocksTest.workspace(folder);
    Files.copy(TestKeys.publicKey(key()), folder.resolve("key.pub"));
    Path nix = Files.createDirectories(folder.resolve("target/nix"));
    VerifyAttestationRequest request = mojo.request(lock(mojo));

    assertThat(request.settings().build().file()).isEqualTo(folder.resolve("Cargo.nix"));
    assertThat(request.bundles()).containsExactly(nix.resolve("provenance.sigstore.json"));
    assertThat(request.builderIds()).containsExactly(AttestService.LOCAL_BUILDER);
    assertThat(request.files()).isEmpty();
    Files.writeString(nix.resolve("verification.sigstore.json"), "{}");
    assertThat(mojo.request(lock(mojo)).bundles()).hasSize(2);
  }

  @Test
  @InjectMojo(goal = "attest", pom = BEFORE + "<signingKey>key.pem</signingKey>" + AFTER)
  @DisplayName("are about the project's main artifact where no other files are named")
  void artifact(AttestMojo mojo) throws Exception {
    LocksTest.workspace(folder);
    key();
    MavenProject project = session.getCurrentProject();
    project.setArtifact(
        new DefaultArtifact("g", "a", "1", "compile", "jar", null, new DefaultArtifactHandler()));
    assertThat(mojo.request(lock(mojo)).files()).isEmpty();
    Path jar = Files.writeString(folder.resolve("a.jar"), "");
    project.getArtifact().setFile(jar.toFile());

    AttestRequest request = mojo.request(lock(mojo));

    assertThat(request.files()).containsExactly(jar);
    assertThat(request.pluginVersion()).isEqualTo(mojo.execution.getVersion()).isNotBlank();
    assertThat(request.builderId()).isEqualTo(AttestService.LOCAL_BUILDER);
    assertThat(request.provenance())
        .isEqualTo(folder.resolve("target/nix/provenance.sigstore.json"));
  }

  @Test
  @InjectMojo(
      goal = "attest",
      pom = BEFORE + "<signingKey>key.pem</signingKey><keyless>true</keyless>" + AFTER)
  @DisplayName("sign with a key or keyless, not with both")
  void keyAndKeyless(AttestMojo mojo) {
    assertThatThrownBy(mojo::signer)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("both a key and keyless signing are configured");
  }

  @Test
  @InjectMojo(
      goal = "attest",
      pom = BEFORE + "<keyVariable>RELEASE_KEY</keyVariable><keyless>true</keyless>" + AFTER)
  @DisplayName("sign with a key of the environment or keyless, not with both")
  void variableAndKeyless(AttestMojo mojo) {
    assertThatThrownBy(mojo::signer)
        .hasMessageContaining("both a key and keyless signing are configured");
  }

  @Test
  @InjectMojo(
      goal = "attest",
      pom = BEFORE + "<trustedRoot>root.json</trustedRoot><keyless>true</keyless>" + AFTER)
  @DisplayName("sign at a Sigstore of one's own where both of its files are named")
  void halfSigstore(AttestMojo mojo) {
    assertThatThrownBy(mojo::signer)
        .hasMessageContaining("needs both `signingConfig` and `trustedRoot`");
  }

  @Test
  @InjectMojo(goal = "attest", pom = BEFORE + "<keyless>true</keyless>" + AFTER)
  @DisplayName("sign keyless with a library that the user adds")
  void noLibrary(AttestMojo mojo) {
    assertThatThrownBy(mojo::signer).hasMessageContaining("needs the library sigstore-java");
  }

  @Test
  @InjectMojo(
      goal = "verify-attestation",
      pom = BEFORE + "<certificateIdentity>release@example.org</certificateIdentity>" + AFTER)
  @DisplayName("verify an identity that is wholly said")
  void halfIdentity(VerifyAttestationMojo mojo) {
    assertThatThrownBy(mojo::signer)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("signer's identity is incomplete");
  }

  @Test
  @InjectMojo(
      goal = "verify-attestation",
      pom =
          BEFORE
              + "<certificateIdentity>release@example.org</certificateIdentity>"
              + "<publicKey>key.pub</publicKey>"
              + AFTER)
  @DisplayName("verify a key or an identity, not both")
  void keyAndIdentity(VerifyAttestationMojo mojo) {
    assertThatThrownBy(mojo::signer).hasMessageContaining("both a key and an identity");
  }

  private Path key() throws Exception {
    return TestKeys.ed25519(folder, "key");
  }
}
