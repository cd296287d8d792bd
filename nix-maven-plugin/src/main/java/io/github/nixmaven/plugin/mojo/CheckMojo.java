package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.generator.pin.CheckResult;
import io.github.nixmaven.generator.pin.Generator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Fails if {@code Cargo.nix} is not up to date with {@code Cargo.lock} and the manifests, and lists
 * the crates that differ. Reads local files only: no network, no cargo, no Nix.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "check",
    defaultPhase = LifecyclePhase.VALIDATE,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
public final class CheckMojo extends AbstractPinningMojo {
  /** Maven calls this. */
  @Inject
  public CheckMojo(MavenSession session) {
    super(session);
  }

  @Override
  void run(List<LockFile> found) throws IOException, InterruptedException, MojoFailureException {
    List<String> stale = new ArrayList<>();
    for (LockFile lock : found) {
      CheckResult result = Generator.check(lock.request(), context());
      if (result.upToDate()) {
        getLog().info(lock.output() + " is up to date with " + lock.inputs());
      } else {
        stale.add(
            lock.output()
                + " is not up to date with "
                + lock.inputs()
                + ":\n  "
                + String.join("\n  ", result.differences()));
      }
    }
    if (!stale.isEmpty()) {
      throw new MojoFailureException(
          String.join("\n", stale) + "\n  Run `mvn nix:generate` and commit the result.");
    }
  }
}
