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
import org.jspecify.annotations.Nullable;

/**
 * Fetches and unpacks a program that was published on crates.io with its {@code Cargo.lock}, so
 * that the other goals can build it, such as a tool that a build needs. Point {@code cargoManifest}
 * to {@code target/nix/crates/NAME-VERSION/Cargo.toml}.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "fetch",
    defaultPhase = LifecyclePhase.INITIALIZE,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
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
  @Parameter @Nullable Crate crate;

  /**
   * The directory in which the directory {@code NAME-VERSION} is created. If that exists already,
   * it is not changed.
   *
   * <pre>{@code
   * <crateDirectory>tools</crateDirectory>
   * }</pre>
   *
   * <p>Default: {@code target/nix/crates}, because it is not source code of this project.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.CRATE_DIRECTORY)
  @Nullable File crateDirectory;

  /** Maven calls this. */
  @Inject
  public FetchMojo(MavenSession session) {
    super(session);
  }

  @Override
  void run() throws IOException, InterruptedException {
    if (crate == null) {
      getLog().info("Nothing to do: no <crate> is configured");
      return;
    }
    Path below =
        crateDirectory == null
            ? buildDirectory().resolve("nix").resolve("crates")
            : crateDirectory.toPath();
    Path folder =
        PublishedProgram.unpack(crate.name, crate.version, crate.sha256, below, context());
    console().info("Source of " + crate.name + " " + crate.version + ": " + folder);
  }
}
