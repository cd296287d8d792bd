package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.attest.AttestRequest;
import io.github.nixmaven.builder.attest.AttestService;
import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.sign.BundleSigner;
import io.github.nixmaven.builder.sign.Keyless;
import io.github.nixmaven.builder.sign.SigningKey;
import io.github.nixmaven.builder.sign.SigstoreInstance;
import io.github.nixmaven.generator.text.InputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProjectHelper;
import org.jspecify.annotations.Nullable;

/**
 * Writes a signed statement of what was built from what: SLSA provenance 1.0, an in-toto statement
 * about the output files that lists every pin of the locks. If {@code nix:verify} has written a
 * report, a second statement contains its result. Each is a Sigstore bundle, which cosign and
 * Sigstore's libraries verify with the public key. The same build and key give the same bytes.
 *
 * <p>To sign without a key of your own, see {@code keyless}.
 *
 * <p>The files are attached to the project with the classifiers {@code provenance} and {@code
 * verification} and the type {@code sigstore.json}.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "attest",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
public final class AttestMojo extends AbstractOutputMojo {
  static final String PROVENANCE = "provenance.sigstore.json";
  static final String VERIFICATION = "verification.sigstore.json";

  private final AttestService service;
  private final MavenProjectHelper helper;

  /**
   * The builder's identity: a URI. Those who verify decide by it whether they trust the builder.
   * Use a different URI for each way of building.
   *
   * <pre>{@code
   * <builderId>https://ci.example.org/release</builderId>
   * }</pre>
   *
   * <p>Default: the page about builds on a developer's own machine. It promises the least.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.BUILDER_ID, defaultValue = AttestService.LOCAL_BUILDER)
  String builderId = AttestService.LOCAL_BUILDER;

  /**
   * More files that the statements are about, in addition to the output files.
   *
   * <pre>{@code
   * <files>
   *   <file>target/product-1.0.jar</file>
   * </files>
   * }</pre>
   *
   * <p>Default: the project's main artifact, if it has been packed.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.ATTEST_FILES)
  @Nullable List<File> files;

  /**
   * Signs with a short-lived certificate from Sigstore, issued for the identity that your OIDC
   * provider confirms, instead of a key. Add {@code dev.sigstore:sigstore-java} to the plugin's
   * {@code <dependencies>} to use it.
   *
   * <pre>{@code
   * mvn verify -Dnix.attest.keyless
   * }</pre>
   *
   * <p>The CI server must provide a token that identifies the signer: in the environment variable
   * {@code SIGSTORE_ID_TOKEN}, or in GitHub Actions by the job's permission {@code id-token:
   * write}. On a terminal, without a token, a browser is opened to get one, but not in batch mode.
   *
   * <p>Default: {@code false}. Keyless signing needs Sigstore's servers. Their public log shows the
   * identity (an e-mail address, or the address of a workflow) to everybody, forever.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.ATTEST_KEYLESS, defaultValue = "false")
  boolean keyless;

  /**
   * The services of a private Sigstore, for {@code keyless}: a file as {@code cosign signing-config
   * create} writes it, with a Rekor of version 2.
   *
   * <pre>{@code
   * <signingConfig>sigstore/signing_config.json</signingConfig>
   * }</pre>
   *
   * <p>Default: those of the public instance, which are fetched.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.ATTEST_SIGNING_CONFIG)
  @Nullable File signingConfig;

  /**
   * The keys and certificates that the answers of these services are checked with: a file as {@code
   * cosign trusted-root create} writes it.
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
   * The report of {@code nix:verify}. If it exists, its result is attested.
   *
   * <p>Default: {@code verify.json} in {@code target/nix}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.VERIFY_REPORT)
  @Nullable File report;

  /**
   * The file with the private key, Ed25519 or ECDSA on P-256: PKCS#8 in PEM as {@code openssl
   * genpkey} writes it, or a PKCS#12 store.
   *
   * <pre>{@code
   * <signingKey>keys/release.pem</signingKey>
   * }</pre>
   *
   * <p>No default: without it the key is taken from the environment, as CI servers hand it out.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SIGNING_KEY)
  @Nullable File signingKey;

  /**
   * The alias of the signing key in a PKCS#12 store.
   *
   * <p>Default: the only one.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.KEY_ALIAS)
  @Nullable String keyAlias;

  /**
   * The environment variable with the private key, as PEM or as the 32 bytes of an Ed25519 key in
   * hexadecimal.
   *
   * <pre>{@code
   * <keyVariable>RELEASE_KEY</keyVariable>
   * }</pre>
   *
   * <p>Default: {@code NIX_SIGNING_KEY}. A key itself is never a parameter, as Maven prints
   * parameters with {@code -X}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.KEY_VARIABLE)
  @Nullable String keyVariable;

  /**
   * The environment variable with the password of a PKCS#12 store.
   *
   * <p>Default: {@code NIX_SIGNING_KEY_PASSWORD}. A password is not a parameter for the same
   * reason.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.PASSWORD_VARIABLE, defaultValue = "NIX_SIGNING_KEY_PASSWORD")
  String passwordVariable = "NIX_SIGNING_KEY_PASSWORD";

  /**
   * The number of threads that one crate's build could use. The provenance records it.
   *
   * <p>Default: {@code 0}, as many as there are processors.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.CORES)
  int cores;

  /** Maven calls this. */
  @Inject
  public AttestMojo(MavenSession session, AttestService service, MavenProjectHelper helper) {
    super(session);
    this.service = service;
    this.helper = helper;
  }

  @Override
  boolean needsLock() {
    return isConfigured(files);
  }

  @Override
  void run(List<LockFile> found) throws IOException, InterruptedException, BuildFailedException {
    AttestRequest request = request(only(found));
    List<Path> written = service.attest(request, console());
    for (Path file : written) {
      String classifier = file.equals(request.provenance()) ? "provenance" : "verification";
      helper.attachArtifact(
          session.getCurrentProject(), "sigstore.json", classifier, file.toFile());
    }
  }

  @Override
  int cores() {
    return cores;
  }

  AttestRequest request(LockFile lock) throws IOException {
    return new AttestRequest(
        settings(lock),
        files(),
        signer(),
        builderId,
        execution.getVersion(),
        report == null ? workDirectory().resolve("verify.json") : report.toPath(),
        List.of(workDirectory().resolve("bom.json"), workDirectory().resolve("bom.xml")),
        workDirectory().resolve(PROVENANCE),
        workDirectory().resolve(VERIFICATION));
  }

  BundleSigner signer() throws IOException {
    if (!keyless) {
      return SigningKey.find(
          signingKey == null ? null : signingKey.toPath(),
          keyAlias,
          System.getenv(),
          keyVariable == null ? "NIX_SIGNING_KEY" : keyVariable,
          passwordVariable);
    }
    if (signingKey != null || keyAlias != null || keyVariable != null) {
      throw new InputException(
          null,
          "both a key and keyless signing are configured",
          "Remove `keyless`, or remove the key (`signingKey`, `keyAlias`, `keyVariable`).");
    }
    return Keyless.signer(
        new SigstoreInstance(
            signingConfig == null ? null : signingConfig.toPath(),
            trustedRoot == null ? null : trustedRoot.toPath()),
        System.getenv(),
        session.getRequest().isInteractiveMode() && Terminal.writer() != null,
        session.isOffline());
  }

  private List<Path> files() {
    // Maven gives an empty list where nothing is configured.
    if (files != null && !files.isEmpty()) {
      return files.stream().map(File::toPath).toList();
    }
    Artifact artifact = session.getCurrentProject().getArtifact();
    // A project of the packaging pom has none.
    return artifact != null && artifact.getFile() != null && artifact.getFile().isFile()
        ? List.of(artifact.getFile().toPath())
        : List.of();
  }
}
