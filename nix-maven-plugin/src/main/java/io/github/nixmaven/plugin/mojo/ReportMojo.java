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
 * Writes a page on what was built: what was reused and how long the rest took, the graph of crates,
 * sizes, licences, and what the last verification showed. Beside it go the same data as JSON and
 * maven-artifact-plugin's {@code .buildinfo}.
 *
 * <p>{@code nix:verify} writes the page by itself, because a verification that fails ends Maven's
 * run before another goal could; this goal is for builds that are not verified, and to write it
 * again.
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
   * The folder that the report goes to.
   *
   * <p>Default: {@code target/nix}. A link is refused, as what it leads to may be somebody else's.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.REPORT_DIRECTORY)
  @Nullable File reportDirectory;

  /**
   * The JSON of the verification that the page shows.
   *
   * <p>Default: {@code verify.json} in {@code target/nix}, where {@code nix:verify} writes it. One
   * of another build is not shown.
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
  void run(List<Cargo> found) throws IOException, InterruptedException, BuildFailedException {
    var unused = service.write(reportRequest(only(found), report, reportDirectory), console());
  }
}
