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
 * Rebuilds every crate of the workspace in other conditions (another build path, number of cores,
 * time, order of files, kernel release) and fails unless each gives the same bits again. Where one
 * does not, finds out by further rebuilds which of them is why, names the first file and place that
 * differ, and writes a report. Takes as long as building everything from scratch, so it is for CI:
 * {@code -Dnix.verify.skip} skips it elsewhere.
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
   * Has diffoscope, where that is installed, make a page of the first few differences.
   *
   * <p>Default: {@code true}. It takes some seconds for each.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.VERIFY_DIFFOSCOPE, defaultValue = "true")
  boolean diffoscope;

  /**
   * Which crates may differ, until when, and why. An entry that has expired or that nothing needs
   * fails the goal.
   *
   * <pre>{@code
   * [[allow]]
   * crate = "openssl-sys"
   * version = "0.9.104"
   * until = "2027-03-31"
   * reason = "its build script writes the date"
   * }</pre>
   *
   * <p>Default: {@code reproducibility.toml} beside the POM; where no such file is, no crate may
   * differ.
   *
   * @since 0.1.0
   */
  @Parameter(
      property = NixProperties.VERIFY_POLICY,
      defaultValue = "${project.basedir}/reproducibility.toml")
  File policy;

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
   * The folder that the page goes to, {@code report.html}, with {@code report.json} and what
   * maven-artifact-plugin's readers know.
   *
   * <p>Default: {@code target/nix}. A link is refused, as what it leads to may be somebody else's.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.REPORT_DIRECTORY)
  @Nullable File reportDirectory;

  /**
   * The folder of a second Nix store, in which everything is built once more from its own parts,
   * and compared path by path. It is made where it is missing and kept, and holds a copy of the
   * toolchain.
   *
   * <pre>{@code
   * <store>/var/tmp/second-store</store>
   * }</pre>
   *
   * <p>Default: there is none. Rebuilding crate by crate finds more, and names it; this shows that
   * nothing of this machine's store has got into the result.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.VERIFY_STORE)
  @Nullable File store;

  /**
   * How many minutes one rebuild may take, before it is ended and counts as failed: a program may
   * wait for ever where the clock is wrong.
   *
   * <pre>{@code
   * <timeout>120</timeout>
   * }</pre>
   *
   * <p>Default: {@code 60}, which no single crate's build comes near to.
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
  void run(List<Cargo> found)
      throws IOException, InterruptedException, BuildFailedException, MojoFailureException {
    Cargo cargo = only(found);
    ReportRequest reportRequest = reportRequest(cargo, report, reportDirectory);
    reports.requireFolder(reportRequest);
    VerifyResult result = service.verify(request(cargo), console());
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

  VerifyRequest request(Cargo cargo) {
    if (timeout < 1) {
      throw new InputException(
          null,
          "`timeout` is " + timeout + " minutes, too short for any rebuild",
          "Set `timeout` to 1 or more.");
    }
    Path file = report == null ? workDirectory().resolve("verify.json") : report.toPath();
    return new VerifyRequest(
        settings(cargo),
        file,
        presentOrNamed(policy, "reproducibility.toml"),
        Duration.ofMinutes(timeout),
        diffoscope,
        store == null ? null : store.toPath());
  }
}
