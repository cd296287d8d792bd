package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.generator.api.InvalidInputException;
import io.github.nixmaven.plugin.attest.AttestService;
import io.github.nixmaven.plugin.attest.CheckedClaim;
import io.github.nixmaven.plugin.attest.VerifyAttestationRequest;
import io.github.nixmaven.plugin.attest.VerifyAttestationService;
import io.github.nixmaven.plugin.sign.VerifyingKey;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Verifies what {@code nix:attest} wrote: the signature, that it is about these files, that a
 * trusted builder made them, and that they were built from what the locks pin now. Says of each
 * whether it holds, and fails where one does not.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "verify-attestation",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresProject = false,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
public final class VerifyAttestationMojo extends AbstractStatementMojo {
  private final VerifyAttestationService service;

  /**
   * The public key that the bundles must be signed with, as {@code openssl pkey -pubout} writes it.
   *
   * <pre>{@code
   * <publicKey>keys/release.pub</publicKey>
   * }</pre>
   *
   * <p>No default: without it the key is taken from the environment.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.PUBLIC_KEY)
  @Nullable File publicKey;

  /**
   * The environment variable with the public key, as PEM or as the 32 bytes of an Ed25519 key in
   * hexadecimal.
   *
   * <p>Default: {@code NIX_PUBLIC_KEY}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.PUBLIC_KEY_VARIABLE, defaultValue = "NIX_PUBLIC_KEY")
  String publicKeyVariable = "NIX_PUBLIC_KEY";

  /**
   * The builders that are trusted with this key, by their URIs.
   *
   * <pre>{@code
   * <builderIds>
   *   <builderId>https://ci.example.org/release</builderId>
   * </builderIds>
   * }</pre>
   *
   * <p>Default: what {@code nix:attest} calls somebody's own machine.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.BUILDER_IDS, defaultValue = AttestService.LOCAL_BUILDER)
  List<String> builderIds = List.of(AttestService.LOCAL_BUILDER);

  /**
   * The bundles.
   *
   * <p>Default: those that {@code nix:attest} has written into {@code target/nix}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.BUNDLES)
  @Nullable List<File> bundles;

  /**
   * The files that the statements must be about.
   *
   * <pre>{@code
   * <files>
   *   <file>download/wordcount</file>
   * </files>
   * }</pre>
   *
   * <p>Default: the outputs that {@code nix:build} has linked into {@code target/nix}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.VERIFIED_FILES)
  @Nullable List<File> files;

  /**
   * Skips this goal.
   *
   * <p>Default: {@code false}. On the command line: {@code -Dnix.verify-attestation.skip}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SKIP_VERIFY_ATTESTATION, defaultValue = "false")
  boolean skipVerifyAttestation;

  /** Maven calls this. */
  @Inject
  public VerifyAttestationMojo(MavenSession session, VerifyAttestationService service) {
    super(session);
    this.service = service;
  }

  @Override
  boolean isGoalSkipped() {
    return skipVerifyAttestation;
  }

  @Override
  String skipProperty() {
    return NixProperties.SKIP_VERIFY_ATTESTATION;
  }

  @Override
  void run() throws IOException, InterruptedException, InvalidInputException, MojoFailureException {
    List<CheckedClaim> failed =
        service.verify(request(), console()).stream().filter(each -> !each.holds()).toList();
    if (!failed.isEmpty()) {
      throw new MojoFailureException(
          failed.stream()
              .map(
                  each ->
                      each.bundle().getFileName()
                          + ": "
                          + each.claim().label()
                          + ": "
                          + each.problems().get(0))
              .collect(Collectors.joining("\n  ", "The attestation does not hold:\n  ", "")));
    }
  }

  VerifyAttestationRequest request() throws IOException {
    return new VerifyAttestationRequest(
        settings(),
        cargoManifest.toPath(),
        bundles(),
        VerifyingKey.find(
            publicKey == null ? null : publicKey.toPath(), System.getenv(), publicKeyVariable),
        builderIds,
        files == null ? List.of() : files.stream().map(File::toPath).toList());
  }

  private List<Path> bundles() {
    // Maven gives an empty list where nothing is configured.
    if (bundles != null && !bundles.isEmpty()) {
      return bundles.stream().map(File::toPath).toList();
    }
    List<Path> usual = new ArrayList<>(List.of(workDirectory().resolve(AttestMojo.PROVENANCE)));
    Path verification = workDirectory().resolve(AttestMojo.VERIFICATION);
    if (Files.exists(verification)) {
      usual.add(verification);
    }
    return usual;
  }
}
