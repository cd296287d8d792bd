package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.report.ReportRequest;
import io.github.nixmaven.builder.report.ReportService;
import io.github.nixmaven.builder.verify.VerifyRequest;
import io.github.nixmaven.builder.verify.VerifyResult;
import io.github.nixmaven.builder.verify.VerifyService;
import io.github.nixmaven.generator.text.InputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
 * Rebuilds every crate of the workspace under other conditions (another build path, number of
 * cores, time, order of files, kernel release) and fails if a rebuild is not identical. For a crate
 * that differs, more rebuilds find the condition that causes it; the goal prints the first file and
 * position that differ, and writes a report. Takes as long as building everything from scratch, so
 * run it in CI; elsewhere skip it with {@code -Dnix.verify.skip}.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "verify",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
public final class VerifyMojo extends AbstractBuildMojo {
  private final VerifyService service;
  private final ReportService reports;

  /**
   * Runs diffoscope, if it is installed, on the first few differences.
   *
   * <p>Default: {@code true}. It takes some seconds for each.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.VERIFY_DIFFOSCOPE, defaultValue = "true")
  boolean diffoscope;

  /**
   * The crates that may differ, until when, and why. The goal fails if an entry has expired or is
   * not needed.
   *
   * <pre>{@code
   * [[allow]]
   * crate = "openssl-sys"
   * version = "0.9.104"
   * until = "2027-03-31"
   * reason = "its build script writes the date"
   * }</pre>
   *
   * <p>Default: {@code reproducibility.toml} beside the POM. If it does not exist, no crate may
   * differ.
   *
   * @since 0.1.0
   */
  @Parameter(
      property = NixProperties.VERIFY_POLICY,
      defaultValue = "${project.basedir}/reproducibility.toml")
  File policy;

  /**
   * The JSON report: a record for each output, with its hash, its size and the result of the
   * rebuild.
   *
   * <p>Default: {@code verify.json} in {@code target/nix}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.VERIFY_REPORT)
  @Nullable File report;

  /**
   * The directory for {@code report.html}, {@code report.json} and maven-artifact-plugin's {@code
   * .buildinfo}.
   *
   * <p>Default: {@code target/nix}. It must not be a link, since the link's target may belong to
   * somebody else.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.REPORT_DIRECTORY)
  @Nullable File reportDirectory;

  /**
   * The directory of a second Nix store, in which everything is built again and compared path by
   * path. It is created if it is missing, and kept; it contains a copy of the toolchain.
   *
   * <pre>{@code
   * <store>/var/tmp/second-store</store>
   * }</pre>
   *
   * <p>Default: none. Rebuilding crate by crate finds more; a second store shows that the result
   * does not depend on this machine's store.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.VERIFY_STORE)
  @Nullable File store;

  /**
   * How many minutes one rebuild may take. Then it is stopped and counts as failed, since a program
   * may wait forever if the clock is wrong.
   *
   * <pre>{@code
   * <timeout>120</timeout>
   * }</pre>
   *
   * <p>Default: {@code 60}, far more than any crate's build needs.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.VERIFY_TIMEOUT, defaultValue = "60")
  int timeout;

  /** Maven calls this. */
  @Inject
  public VerifyMojo(MavenSession session, VerifyService service, ReportService reports) {
    super(session);
    this.service = service;
    this.reports = reports;
  }

  @Override
  void run(List<LockFile> found)
      throws IOException, InterruptedException, BuildFailedException, MojoFailureException {
    LockFile lock = only(found);
    ReportRequest reportRequest = reportRequest(lock, report, reportDirectory);
    reports.requireFolder(reportRequest);
    VerifyResult result = service.verify(request(lock), console());
    // Here and not by a goal of its own: a verification that fails ends Maven's run, and it is then
    // that somebody wants the page.
    Path page = reports.write(reportRequest, console());
    if (result.outcome() != VerifyResult.Outcome.PASSED) {
      throw new MojoFailureException(
          result.headline()
              + result.problems().stream().collect(Collectors.joining("\n  ", ":\n  ", "\n"))
              + "Report: "
              + page);
    }
  }

  VerifyRequest request(LockFile lock) {
    if (timeout < 1) {
      throw new InputException(
          null,
          "`timeout` is " + timeout + " minutes, too short for any rebuild",
          "Set `timeout` to 1 or more.");
    }
    Path file = report == null ? workDirectory().resolve("verify.json") : report.toPath();
    return new VerifyRequest(
        settings(lock),
        file,
        presentOrNamed(policy, "reproducibility.toml"),
        Duration.ofMinutes(timeout),
        diffoscope,
        store == null ? null : store.toPath());
  }
}
