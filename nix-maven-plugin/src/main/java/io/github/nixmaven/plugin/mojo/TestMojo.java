package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.language.TestCase;
import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.testing.TestRequest;
import io.github.nixmaven.builder.testing.TestResult;
import io.github.nixmaven.builder.testing.TestService;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Runs the unit, integration and documentation tests of the workspace's members in Nix's sandbox,
 * as {@code cargo test --release} does, and fails if a test fails. The reports are written beside
 * those of Java's tests, where IDEs and CI servers look for them.
 *
 * <p>The profile is {@code release}, so that the dependencies that {@code nix:build} has built are
 * used again. A test program runs again only if it or one of its dependencies has changed. Maven's
 * own {@code -DskipTests} and {@code -Dmaven.test.skip} skip this goal, too.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "test",
    defaultPhase = LifecyclePhase.TEST,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
public final class TestMojo extends AbstractEvaluatingMojo {
  private final TestService service;

  /**
   * The arguments of every test program, as after {@code cargo test --}: names of tests to run, or
   * options such as {@code --skip NAME}, {@code --exact} and {@code --include-ignored}.
   *
   * <pre>{@code
   * <arguments>
   *   <argument>--skip</argument>
   *   <argument>needs_a_network</argument>
   * </arguments>
   * }</pre>
   *
   * <p>Default: none. Surefire's {@code -Dtest} selects only Java tests; use {@code
   * -Dnix.test.arguments=NAME} to select Rust tests.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.TEST_ARGUMENTS)
  @Nullable List<String> arguments;

  /**
   * Whether failing tests are only reported.
   *
   * <p>Default: {@code false}. Maven's own {@code -Dmaven.test.failure.ignore} does the same for
   * Java's tests and these.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.TEST_FAILURE_IGNORE, defaultValue = "false")
  boolean failureIgnored;

  /**
   * The directory for the reports, one for each program: {@code TEST-….xml}.
   *
   * <p>Default: {@code surefire-reports} in the project's build directory, where Surefire writes
   * those of Java's tests.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.TEST_REPORTS)
  @Nullable File reports;

  /**
   * How many threads one crate's build may use.
   *
   * <p>Default: {@code 0}, as many as there are processors. Lower it if memory is short.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.CORES)
  int cores;

  /**
   * How many crates are built, and test programs run, at once.
   *
   * <p>Default: {@code 0}, as many as there are processors.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.MAX_JOBS)
  int maxJobs;

  /** Maven's switch for running tests. */
  @Parameter(defaultValue = "${skipTests}", readonly = true)
  boolean skipTests;

  /** Maven's switch for tests. */
  @Parameter(defaultValue = "${maven.test.skip}", readonly = true)
  boolean skipAllTests;

  /** Maven's switch for what a failure does. */
  @Parameter(defaultValue = "${maven.test.failure.ignore}", readonly = true)
  boolean allFailuresIgnored;

  /** Maven calls this. */
  @Inject
  public TestMojo(MavenSession session, TestService service) {
    super(session);
    this.service = service;
  }

  @Override
  @Nullable String skippedBy() {
    String ours = super.skippedBy();
    if (ours != null) {
      return ours;
    }
    return skipTests ? "-DskipTests" : skipAllTests ? "-Dmaven.test.skip" : null;
  }

  @Override
  void run(List<LockFile> found)
      throws IOException, InterruptedException, BuildFailedException, MojoFailureException {
    Console console = console();
    TestRequest request = request(only(found));
    TestResult result = service.test(request, console);
    console.info("Reports: " + request.reports());
    if (!result.isGood()) {
      String message =
          Console.count(result.count(TestCase.Outcome.FAILED), "test")
              + " failed. Reports: "
              + request.reports();
      if (!failureIgnored && !allFailuresIgnored) {
        throw new MojoFailureException(message);
      }
      console.warn(message);
    }
  }

  @Override
  int cores() {
    return cores;
  }

  @Override
  int maxJobs() {
    return maxJobs;
  }

  TestRequest request(LockFile lock) {
    Path folder = reports == null ? buildDirectory().resolve("surefire-reports") : reports.toPath();
    return new TestRequest(
        settings(lock), arguments == null ? List.of() : List.copyOf(arguments), folder);
  }
}
