package io.github.nixmaven.plugin.mojo;

import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals share that build. */
abstract class AbstractBuildMojo extends AbstractOutputMojo {
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
   * How many crates are built at once.
   *
   * <p>Default: {@code 0}, as many as there are processors. Nix's own default of one would leave
   * most of them idle.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.MAX_JOBS)
  int maxJobs;

  AbstractBuildMojo(MavenSession session) {
    super(session);
  }

  @Override
  int cores() {
    return cores;
  }

  @Override
  int maxJobs() {
    return maxJobs;
  }
}
