package io.github.nixmaven.plugin.mojo;

import java.io.File;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What the goals share that say something of what was built. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters.
abstract class AbstractStatementMojo extends AbstractBuildMojo {
  /**
   * The {@code Cargo.toml} of the package or workspace, beside whose lock {@code Cargo.nix} was
   * generated.
   *
   * <pre>{@code
   * <cargoManifest>src/main/rust/Cargo.toml</cargoManifest>
   * }</pre>
   *
   * <p>Default: {@code Cargo.toml} beside the POM, where cargo looks for it too.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.CARGO_MANIFEST, defaultValue = "${basedir}/Cargo.toml")
  File cargoManifest;

  /** The version of this plugin. */
  @Parameter(defaultValue = "${plugin.version}", readonly = true)
  @Nullable String pluginVersion;

  AbstractStatementMojo(MavenSession session) {
    super(session);
  }

  String pluginVersion() {
    return pluginVersion == null ? "unknown" : pluginVersion;
  }

  /** The project, or null where there is no POM. */
  @Nullable MavenProject project() {
    MavenProject project = session.getCurrentProject();
    return project == null || project.getBasedir() == null ? null : project;
  }
}
