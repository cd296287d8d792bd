package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.plugin.build.BuildFailedException;
import io.github.nixmaven.plugin.verify.Finding;
import io.github.nixmaven.plugin.verify.VerifyRequest;
import io.github.nixmaven.plugin.verify.VerifyResult;
import io.github.nixmaven.plugin.verify.VerifyService;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
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
 * Rebuilds every crate of the workspace in the same sandbox and fails unless each gives the same
 * bits again. Names each crate that differs and the first file that does, and writes a report.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "verify",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresProject = false,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
public final class VerifyMojo extends AbstractBuildMojo {
  private final VerifyService service;

  /**
   * Where the JSON report goes: a record for each output, with its hash, its size and what the
   * rebuild showed.
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
   * <p>Default: {@code false}. Where a second build takes too long for every day: {@code
   * -Dnix.verify.skip}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SKIP_VERIFY, defaultValue = "false")
  boolean skipVerify;

  /** Maven calls this. */
  @Inject
  public VerifyMojo(MavenSession session, VerifyService service) {
    super(session);
    this.service = service;
  }

  @Override
  boolean isGoalSkipped() {
    return skipVerify;
  }

  @Override
  String skipProperty() {
    return NixProperties.SKIP_VERIFY;
  }

  @Override
  void run() throws IOException, InterruptedException, BuildFailedException, MojoFailureException {
    VerifyResult result = service.verify(request(), console());
    if (!result.isIdentical()) {
      throw new MojoFailureException(
          result.findings().stream()
                  .filter(finding -> finding.verdict() != Finding.Verdict.IDENTICAL)
                  .map(finding -> finding.unit().label() + ": " + finding.reason())
                  .collect(
                      Collectors.joining(
                          "\n  ", "The build is not shown to be reproducible:\n  ", "\n"))
              + "Report: "
              + request().report());
    }
  }

  VerifyRequest request() {
    Path file = report == null ? workDirectory().resolve("verify.json") : report.toPath();
    return new VerifyRequest(settings(), file);
  }
}
