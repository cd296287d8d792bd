package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.generator.api.CargoNixGenerator;
import io.github.nixmaven.generator.api.CheckResult;
import java.io.IOException;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Fails when {@code Cargo.lock} or a manifest no longer fits {@code Cargo.nix}, and says which
 * crates differ. Reads this disk only: no network, no cargo, no Nix.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "check",
    defaultPhase = LifecyclePhase.VALIDATE,
    requiresProject = false,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
public final class CheckMojo extends AbstractCargoMojo {
  /**
   * Skips this goal.
   *
   * <p>Default: {@code false}. While dependencies are being tried out: {@code -Dnix.check.skip}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SKIP_CHECK, defaultValue = "false")
  boolean skipCheck;

  /** Maven calls this. */
  @Inject
  public CheckMojo(MavenSession session) {
    super(session);
  }

  @Override
  boolean isGoalSkipped() {
    return skipCheck;
  }

  @Override
  String skipProperty() {
    return NixProperties.SKIP_CHECK;
  }

  @Override
  void run() throws IOException, InterruptedException, MojoFailureException {
    CheckResult result = CargoNixGenerator.check(request());
    if (!result.upToDate()) {
      throw new MojoFailureException(
          cargoNix
              + " does not fit Cargo.lock and the manifests:\n  "
              + String.join("\n  ", result.differences())
              + "\n  Run `mvn nix:generate` and commit the result.");
    }
    getLog().info(cargoNix + " fits Cargo.lock and the manifests");
  }
}
