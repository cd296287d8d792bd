package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.generator.api.PublishedProgram;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Unpacks a program as its authors published it on crates.io, with its own {@code Cargo.lock}, so
 * that the other goals can build it: a tool that a build needs, pinned like everything else. Point
 * {@code cargoManifest} to {@code target/nix/crates/NAME-VERSION/Cargo.toml}.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "fetch",
    defaultPhase = LifecyclePhase.INITIALIZE,
    requiresProject = false,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the parameters.
public final class FetchMojo extends AbstractNixMojo {
  /**
   * The program.
   *
   * <pre>{@code
   * <crate>
   *   <name>ripgrep</name>
   *   <version>14.1.1</version>
   *   <sha256>f77b8032dc584527975f34aa5a897d0ef5a785573fda778771a614ff9da501d9</sha256>
   * </crate>
   * }</pre>
   *
   * <p>No default. The digest is that of the crate file, as the registry's index has it and as
   * {@code Cargo.lock} would: nothing unpinned is fetched.
   *
   * @since 0.1.0
   */
  @Parameter(required = true)
  Crate crate;

  /**
   * The folder below which the program's folder {@code NAME-VERSION} appears. One that is there
   * already stays as it is.
   *
   * <pre>{@code
   * <crateDirectory>tools</crateDirectory>
   * }</pre>
   *
   * <p>Default: {@code target/nix/crates}, because it is no source of this project.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.CRATE_DIRECTORY)
  File crateDirectory;

  /**
   * Skips this goal.
   *
   * <p>Default: {@code false}. From the command line: {@code -Dnix.fetch.skip}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SKIP_FETCH, defaultValue = "false")
  boolean skipFetch;

  /** Maven calls this. */
  @Inject
  public FetchMojo(MavenSession session) {
    super(session);
  }

  @Override
  boolean isGoalSkipped() {
    return skipFetch;
  }

  @Override
  String skipProperty() {
    return NixProperties.SKIP_FETCH;
  }

  @Override
  void run() throws IOException, InterruptedException {
    Path below =
        crateDirectory == null
            ? buildDirectory().resolve("nix").resolve("crates")
            : crateDirectory.toPath();
    Path folder =
        PublishedProgram.unpack(
            crate.name, crate.version, crate.sha256, below, session.isOffline());
    console().info("Source of " + crate.name + " " + crate.version + ": " + folder);
  }
}
