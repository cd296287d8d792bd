package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.attest.AttestService;
import io.github.nixmaven.builder.attest.CheckedClaim;
import io.github.nixmaven.builder.attest.VerifyAttestationRequest;
import io.github.nixmaven.builder.attest.VerifyAttestationService;
import io.github.nixmaven.builder.sign.BundleVerifier;
import io.github.nixmaven.builder.sign.Keyless;
import io.github.nixmaven.builder.sign.VerifyingKey;
import io.github.nixmaven.generator.text.InputException;
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
 * Verifies the statements of {@code nix:attest}: the signature, that they are about these files,
 * that a trusted builder built them, and that they were built from what the locks pin now. Prints
 * the result of each check, and fails if one fails.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "verify-attestation",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
public final class VerifyAttestationMojo extends AbstractMembersMojo {
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
   * The identity that must have signed the bundles with Sigstore, instead of a key: an e-mail
   * address, or the URI of a CI workflow. Set {@code certificateOidcIssuer}, too, and add {@code
   * dev.sigstore:sigstore-java} to the plugin's {@code <dependencies>}.
   *
   * <pre>{@code
   * <certificateIdentity>https://github.com/example/app/.github/workflows/release.yml@refs/heads/main</certificateIdentity>
   * }</pre>
   *
   * <p>No default: you must say whom you trust.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.CERTIFICATE_IDENTITY)
  @Nullable String certificateIdentity;

  /**
   * The address of the identity provider that must have confirmed {@code certificateIdentity}.
   *
   * <pre>{@code
   * <certificateOidcIssuer>https://token.actions.githubusercontent.com</certificateOidcIssuer>
   * }</pre>
   *
   * <p>No default: two providers may use the same name for different people.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.CERTIFICATE_OIDC_ISSUER)
  @Nullable String certificateOidcIssuer;

  /**
   * The keys and certificates to verify a bundle from Sigstore with: a file as {@code cosign
   * trusted-root create} writes it. If it is set, nothing is fetched.
   *
   * <pre>{@code
   * <trustedRoot>sigstore/trusted_root.json</trustedRoot>
   * }</pre>
   *
   * <p>Default: that of the public instance, which is fetched.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.TRUSTED_ROOT)
  @Nullable File trustedRoot;

  /**
   * The URIs of the builders that you trust with this signer.
   *
   * <pre>{@code
   * <builderIds>
   *   <builderId>https://ci.example.org/release</builderId>
   * </builderIds>
   * }</pre>
   *
   * <p>Default: the URI that {@code nix:attest} uses for a developer's machine.
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
   * The component that was made from each member's WebAssembly library.
   *
   * <pre>{@code
   * <component>
   *   <world>chat</world>
   *   <wit>wit</wit>
   *   <assets>assets</assets>
   *   <manifest>actor.toml</manifest>
   * </component>
   * }</pre>
   *
   * <p>Default: the library is the core module that rustc writes.
   *
   * @since 0.1.0
   */
  @Parameter @Nullable Component component;

  /**
   * Whether symbols were stripped from programs, libraries and modules.
   *
   * <p>Default: {@code false}, as in cargo.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.STRIP)
  @Nullable Boolean strip;

  /**
   * The arguments of {@code wasm-opt} that every WebAssembly module was built with.
   *
   * <pre>{@code
   * <wasmOpt>-Oz</wasmOpt>
   * }</pre>
   *
   * <p>Default: {@code wasm-opt} was not run.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.WASM_OPT)
  @Nullable String wasmOpt;

  /** Maven calls this. */
  @Inject
  public VerifyAttestationMojo(MavenSession session, VerifyAttestationService service) {
    super(session);
    this.service = service;
  }

  @Override
  void run(List<LockFile> found) throws IOException, InterruptedException, MojoFailureException {
    List<CheckedClaim> failed =
        service.verify(request(only(found)), console()).stream()
            .filter(each -> !each.holds())
            .toList();
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

  @Override
  boolean needsLock() {
    return isConfigured(bundles) || isConfigured(files);
  }

  @Override
  void describe(Cargo cargo) {
    super.describe(cargo);
    cargo.component = component;
    cargo.strip = strip;
    cargo.wasmOpt = wasmOpt;
  }

  VerifyAttestationRequest request(LockFile lock) throws IOException {
    return new VerifyAttestationRequest(
        settings(lock),
        bundles(),
        signer(),
        builderIds,
        files == null ? List.of() : files.stream().map(File::toPath).toList());
  }

  BundleVerifier signer() throws IOException {
    if (certificateIdentity == null && certificateOidcIssuer == null) {
      return VerifyingKey.find(
          publicKey == null ? null : publicKey.toPath(), System.getenv(), publicKeyVariable);
    }
    if (publicKey != null) {
      throw new InputException(
          null,
          "both a key and an identity are configured",
          "Remove `publicKey`, or remove `certificateIdentity` and `certificateOidcIssuer`.");
    }
    if (certificateIdentity == null || certificateOidcIssuer == null) {
      throw new InputException(
          null,
          "the signer's identity is incomplete",
          "Set both `certificateIdentity` and `certificateOidcIssuer`.");
    }
    return Keyless.verifier(
        trustedRoot == null ? null : trustedRoot.toPath(),
        certificateIdentity,
        certificateOidcIssuer,
        session.isOffline());
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
