package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.sbom.Product;
import io.github.nixmaven.builder.sbom.SbomRequest;
import io.github.nixmaven.builder.sbom.SbomService;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;
import org.jspecify.annotations.Nullable;

/**
 * Writes a bill of materials in CycloneDX 1.6: every crate with its package URL, SHA-256 and
 * licence, the toolchain's packages, the output files, and the dependencies. Crates that are linked
 * into the program have the scope {@code required}. Build scripts, procedural macros, the compiler
 * and other build tools have the scope {@code excluded}.
 *
 * <p>The same locks give the same bytes. The serial number is a digest of the content. The time is
 * {@code project.build.outputTimestamp}, or else the environment variable {@code
 * SOURCE_DATE_EPOCH}; if neither is set, there is no time. The files are attached to the project
 * with the classifier {@code cyclonedx}.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "sbom",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
public final class SbomMojo extends AbstractOutputMojo {
  private final SbomService service;
  private final MavenProjectHelper helper;

  /** The time that Maven's own plugins write into what they make. */
  @Parameter(defaultValue = "${project.build.outputTimestamp}", readonly = true)
  @Nullable String outputTimestamp;

  /** Maven calls this. */
  @Inject
  public SbomMojo(MavenSession session, SbomService service, MavenProjectHelper helper) {
    super(session);
    this.service = service;
    this.helper = helper;
  }

  @Override
  void run(List<LockFile> found) throws IOException, InterruptedException, BuildFailedException {
    MavenProject project = session.getCurrentProject();
    SbomRequest request = request(only(found));
    var unused = service.write(request, console());
    helper.attachArtifact(project, "json", "cyclonedx", request.json().toFile());
    helper.attachArtifact(project, "xml", "cyclonedx", request.xml().toFile());
  }

  SbomRequest request(LockFile lock) {
    MavenProject project = session.getCurrentProject();
    return new SbomRequest(
        settings(lock),
        new Product(
            project.getGroupId(),
            project.getArtifactId(),
            project.getVersion(),
            project.getPackaging()),
        execution.getVersion(),
        timestamp(outputTimestamp, System.getenv("SOURCE_DATE_EPOCH")),
        workDirectory().resolve("bom.json"),
        workDirectory().resolve("bom.xml"));
  }

  /**
   * The time to write, or null for none.
   *
   * @param outputTimestamp ISO 8601, or seconds since 1970; one character means that it is off
   * @param sourceDateEpoch seconds since 1970
   */
  static @Nullable Instant timestamp(
      @Nullable String outputTimestamp, @Nullable String sourceDateEpoch) {
    boolean set = outputTimestamp != null && outputTimestamp.length() > 1;
    String text = set ? outputTimestamp : sourceDateEpoch;
    // Without a value Maven leaves an expression as it is written.
    if (text == null || text.isBlank() || text.startsWith("${")) {
      return null;
    }
    try {
      return text.chars().allMatch(Character::isDigit)
          ? Instant.ofEpochSecond(Long.parseLong(text))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException | NumberFormatException e) {
      throw new InputException(
          null,
          (set ? "project.build.outputTimestamp" : "SOURCE_DATE_EPOCH")
              + " is `"
              + text
              + "`, which is not a time",
          set
              ? "Write a time such as 2026-01-01T00:00:00Z, or seconds since 1970."
              : "Write seconds since 1970.",
          e);
    }
  }
}
