package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.report.ReportService;
import java.io.File;
import java.io.IOException;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Writes an HTML report about the build: crates that were built or reused, build times, the graph
 * of crates, sizes, licences, and the result of the last verification. The same data is written as
 * JSON and as maven-artifact-plugin's {@code .buildinfo}.
 *
 * <p>{@code nix:verify} writes the report itself, because Maven stops after a failed verification.
 * Use this goal for builds that are not verified, or to write the report again.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "report",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
public final class ReportMojo extends AbstractOutputMojo {
  private final ReportService service;

  /**
   * The directory of the report.
   *
   * <p>Default: {@code target/nix}. It must not be a link, since the link's target may belong to
   * somebody else.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.REPORT_DIRECTORY)
  @Nullable File reportDirectory;

  /**
   * The JSON report of the verification to show.
   *
   * <p>Default: {@code verify.json} in {@code target/nix}, where {@code nix:verify} writes it. A
   * report about another build is not shown.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.VERIFY_REPORT)
  @Nullable File report;

  /** Maven calls this. */
  @Inject
  public ReportMojo(MavenSession session, ReportService service) {
    super(session);
    this.service = service;
  }

  @Override
  void run(List<LockFile> found) throws IOException, InterruptedException, BuildFailedException {
    var unused = service.write(reportRequest(only(found), report, reportDirectory), console());
  }
}
