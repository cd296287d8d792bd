package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.generator.api.InvalidInputException;
import io.github.nixmaven.plugin.attest.AttestRequest;
import io.github.nixmaven.plugin.attest.AttestService;
import io.github.nixmaven.plugin.build.BuildFailedException;
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
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;
import org.jspecify.annotations.Nullable;

/**
 * Says under signature what was built from what: SLSA's provenance 1.0 as an in-toto statement
 * about the outputs' files, with every pin of the locks; and, where {@code nix:verify} has written
 * its report, what it showed. Each is a Sigstore bundle, which cosign and Sigstore's libraries
 * verify with the public key. The same build and key give the same bytes.
 *
 * <p>The files are attached to the project with the classifiers {@code provenance} and {@code
 * verification} and the type {@code sigstore.json}.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "attest",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresProject = false,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
public final class AttestMojo extends AbstractSigningMojo {
  static final String PROVENANCE = "provenance.sigstore.json";
  static final String VERIFICATION = "verification.sigstore.json";

  private final AttestService service;
  private final MavenProjectHelper helper;

  /**
   * Who builds: a URI by which those who verify know the builder, and trust it or not. What builds
   * in another way has another one.
   *
   * <pre>{@code
   * <builderId>https://ci.example.org/release</builderId>
   * }</pre>
   *
   * <p>Default: the page about this plugin on somebody's own machine, which promises the least.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.BUILDER_ID, defaultValue = AttestService.LOCAL_BUILDER)
  String builderId = AttestService.LOCAL_BUILDER;

  /**
   * Further files that the statements are about, beside the outputs' own.
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
   * The report of {@code nix:verify}, whose result is attested where it is there.
   *
   * <p>Default: {@code verify.json} in {@code target/nix}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.VERIFY_REPORT)
  @Nullable File report;

  /**
   * Skips this goal.
   *
   * <p>Default: {@code false}. Where there is no key: {@code -Dnix.attest.skip}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SKIP_ATTEST, defaultValue = "false")
  boolean skipAttest;

  /** Maven calls this. */
  @Inject
  public AttestMojo(MavenSession session, AttestService service, MavenProjectHelper helper) {
    super(session);
    this.service = service;
    this.helper = helper;
  }

  @Override
  boolean isGoalSkipped() {
    return skipAttest;
  }

  @Override
  String skipProperty() {
    return NixProperties.SKIP_ATTEST;
  }

  @Override
  void run() throws IOException, InterruptedException, InvalidInputException, BuildFailedException {
    AttestRequest request = request();
    List<Path> written = service.attest(request, console());
    MavenProject project = project();
    if (project != null) {
      for (Path file : written) {
        String classifier = file.equals(request.provenance()) ? "provenance" : "verification";
        helper.attachArtifact(project, "sigstore.json", classifier, file.toFile());
      }
    }
  }

  AttestRequest request() throws IOException {
    return new AttestRequest(
        settings(),
        cargoManifest.toPath(),
        files(),
        readSigningKey("NIX_SIGNING_KEY"),
        builderId,
        pluginVersion(),
        report == null ? workDirectory().resolve("verify.json") : report.toPath(),
        List.of(workDirectory().resolve("bom.json"), workDirectory().resolve("bom.xml")),
        workDirectory().resolve(PROVENANCE),
        workDirectory().resolve(VERIFICATION));
  }

  private List<Path> files() {
    MavenProject project = project();
    // Maven gives an empty list where nothing is configured.
    if (files != null && !files.isEmpty()) {
      return files.stream().map(File::toPath).toList();
    }
    Artifact artifact = project == null ? null : project.getArtifact();
    // A project of the packaging pom has none.
    return artifact != null && artifact.getFile() != null && artifact.getFile().isFile()
        ? List.of(artifact.getFile().toPath())
        : List.of();
  }
}
