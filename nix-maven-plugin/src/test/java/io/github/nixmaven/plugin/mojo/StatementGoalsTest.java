package io.github.nixmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.attest.AttestService;
import io.github.nixmaven.builder.attest.VerifyAttestationRequest;
import io.github.nixmaven.builder.attest.VerifyAttestationService;
import io.github.nixmaven.builder.sbom.SbomService;
import io.github.nixmaven.builder.sign.TestKeys;
import io.github.nixmaven.builder.template.FileToSign;
import io.github.nixmaven.builder.template.SignRequest;
import io.github.nixmaven.builder.template.SignService;
import io.github.nixmaven.builder.toolchain.Targets;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Goals that say something of what was built")
class StatementGoalsTest {
  @TempDir private Path folder;

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
  @DisplayName("say where there is no POM that a bill of materials must be of something")
  void noPom() {
    SbomMojo mojo = new SbomMojo(MojoFixture.session(folder), new SbomService(), null);

    assertThatThrownBy(mojo::run)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no POM");
  }

  @Test
  @DisplayName("call a module to sign by its file's name where nothing else is said")
  void modules() throws Exception {
    SignMojo mojo = new SignMojo(MojoFixture.session(folder), new SignService());
    mojo.signingKey = TestKeys.ed25519(folder, "key").toFile();
    SignedModule module = new SignedModule();
    module.file = folder.resolve("lib/accrual.wasm").toFile();
    mojo.modules = List.of(module);
    SignRequest request = mojo.request();

    assertThat(request.files())
        .containsExactly(
            new FileToSign(module.file.toPath(), "accrual", "accrual.wasm", List.of()));
    assertThat(request.template()).isNull();
    assertThat(request.manifest()).isEqualTo(folder.resolve("target/nix/manifests/@name@.json"));
    mojo.modules = List.of(new SignedModule());
    assertThatThrownBy(mojo::request).hasMessageContaining("a <module> has no <file>");
  }

  @Test
  @DisplayName("verify what attest writes, and trust this machine alone where nobody else is named")
  void bundles() throws Exception {
    VerifyAttestationMojo mojo =
        new VerifyAttestationMojo(MojoFixture.session(folder), new VerifyAttestationService());
    mojo.cargoManifest = folder.resolve("Cargo.toml").toFile();
    mojo.cargoNix = folder.resolve("Cargo.nix").toFile();
    mojo.overrides = folder.resolve("nix-overrides.toml").toFile();
    mojo.toolchainLock = folder.resolve("nix-toolchain.lock.json").toFile();
    mojo.targets = List.of();
    mojo.publicKey = TestKeys.publicKey(TestKeys.ed25519(folder, "key")).toFile();
    Path nix = Files.createDirectories(folder.resolve("target/nix"));
    VerifyAttestationRequest request = mojo.request();

    assertThat(request.bundles()).containsExactly(nix.resolve("provenance.sigstore.json"));
    assertThat(request.builderIds()).containsExactly(AttestService.LOCAL_BUILDER);
    Files.writeString(nix.resolve("verification.sigstore.json"), "{}");
    assertThat(mojo.request().bundles()).hasSize(2);
    // As Maven has it where nothing is configured.
    mojo.bundles = List.of();
    assertThat(mojo.request().bundles()).hasSize(2);
  }

  @Test
  @DisplayName(
      "take a list without entries, which Maven gives where nothing is configured, for none")
  void emptyLists() throws Exception {
    MavenProject project = new MavenProject();
    project.setFile(folder.resolve("pom.xml").toFile());
    project.getBuild().setDirectory(folder.resolve("target").toString());
    project.setArtifact(
        new DefaultArtifact("g", "a", "1", "compile", "jar", null, new DefaultArtifactHandler()));
    Path jar = Files.writeString(folder.resolve("a.jar"), "");
    project.getArtifact().setFile(jar.toFile());
    MavenSession session = MojoFixture.session(folder);
    session.setProjects(List.of(project));
    Path key = TestKeys.ed25519(folder, "key");

    AttestMojo attest = (AttestMojo) goal("attest", session);
    attest.signingKey = key.toFile();
    assertThat(attest.request().files()).containsExactly(jar);
    attest.files = List.of();
    assertThat(attest.request().files()).containsExactly(jar);

    VerifyAttestationMojo verify = (VerifyAttestationMojo) goal("verify-attestation", session);
    verify.publicKey = TestKeys.publicKey(key).toFile();
    VerifyAttestationRequest absent = verify.request();
    verify.files = List.of();
    verify.bundles = List.of();
    assertThat(verify.request().files()).isEqualTo(absent.files()).isEmpty();
    assertThat(verify.request().bundles()).isEqualTo(absent.bundles()).hasSize(1);

    SignMojo sign = (SignMojo) goal("sign", session);
    sign.signingKey = key.toFile();
    sign.modules = List.of();
    assertThatThrownBy(sign::run).hasMessageContaining("<modules>");
    SignedModule module = new SignedModule();
    module.file = jar.toFile();
    module.capabilities = List.of();
    sign.modules = List.of(module);
    assertThat(sign.request().files())
        .containsExactly(new FileToSign(jar, "a", "a.jar", List.of()));
  }

  private AbstractNixMojo goal(String name, MavenSession session) throws Exception {
    for (MojoFixture.Goal goal : MojoFixture.goals()) {
      if (goal.name().equals(name)) {
        AbstractNixMojo mojo = MojoFixture.mojo(goal, session, folder);
        ((AbstractBuildMojo) mojo).targets = List.of(Targets.NATIVE);
        return mojo;
      }
    }
    throw new AssertionError(name);
  }

  @Test
  @DisplayName("sign and verify with a key or keyless, never with both or half of one")
  void signers() throws Exception {
    AttestMojo attest = new AttestMojo(MojoFixture.session(folder), new AttestService(), null);
    attest.keyless = true;
    attest.signingKey = TestKeys.ed25519(folder, "key").toFile();
    assertThatThrownBy(attest::signer)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("signed both with a key and keyless");
    attest.signingKey = null;
    attest.keyVariable = "RELEASE_KEY";
    assertThatThrownBy(attest::signer).hasMessageContaining("signed both with a key and keyless");
    attest.keyVariable = null;
    attest.trustedRoot = folder.resolve("trusted_root.json").toFile();
    assertThatThrownBy(attest::signer).hasMessageContaining("belong together");
    attest.trustedRoot = null;
    assertThatThrownBy(attest::signer).hasMessageContaining("nobody to ask");

    VerifyAttestationMojo verify =
        new VerifyAttestationMojo(MojoFixture.session(folder), new VerifyAttestationService());
    verify.certificateIdentity = "release@example.org";
    assertThatThrownBy(verify::signer)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("only half said");
    verify.publicKey = folder.resolve("key.pub").toFile();
    assertThatThrownBy(verify::signer).hasMessageContaining("both a key and an identity");
  }
}
