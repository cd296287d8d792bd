package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.realise.BuildSettings;
import io.github.nixmaven.builder.toolchain.Mirrors;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the goals share that need to know what is built, and where its outputs are. */
abstract class AbstractMembersMojo extends AbstractOverridesMojo {
  /**
   * The names of the workspace members to build, as in their manifests.
   *
   * <pre>{@code
   * <members>
   *   <member>my-jni</member>
   * </members>
   * }</pre>
   *
   * <p>Default: all, as {@code cargo build --workspace} does.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.MEMBERS)
  @Nullable List<String> members;

  /**
   * The rustc triples to build for. {@code Cargo.nix} must have been generated for them. Build
   * scripts and procedural macros are always built for the building machine. The list replaces the
   * default: include {@code x86_64-unknown-linux-gnu} to also build for this machine.
   *
   * <pre>{@code
   * <targets>
   *   <target>x86_64-unknown-linux-gnu</target>
   *   <target>wasm32-unknown-unknown</target>
   * </targets>
   * }</pre>
   *
   * <p>Default: {@code build.target} of cargo's configuration, or {@code CARGO_BUILD_TARGET}; else
   * {@code x86_64-unknown-linux-gnu}. Put the list into the plugin's {@code <configuration>}, not
   * into an execution, so that all goals use the same targets.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.TARGETS)
  @Nullable List<String> targets;

  /**
   * The directory for reports and for links to the outputs. The links protect the outputs from
   * Nix's garbage collector.
   *
   * <p>Default: {@code nix} in the project's build directory. {@code mvn clean} removes the links.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.WORK_DIRECTORY)
  @Nullable File workDirectory;

  AbstractMembersMojo(MavenSession session) {
    super(session);
  }

  @Override
  void describe(Cargo cargo) {
    super.describe(cargo);
    cargo.members = members;
    cargo.targets = targets;
  }

  Path workDirectory() {
    return workDirectory(workDirectory);
  }

  /** What is built and how; a goal that builds nothing leaves the rest as it is. */
  BuildSettings settings(LockFile lock) {
    return new BuildSettings(
        lock.build(baseDirectory()),
        toolchainLock(),
        mirrors(),
        lock.members(),
        workDirectory(),
        nixDirectory(),
        maxJobs(),
        cores(),
        context(),
        overrides());
  }

  Mirrors mirrors() {
    return Mirrors.DEBIAN;
  }

  @Nullable Path nixDirectory() {
    return null;
  }

  int maxJobs() {
    return 0;
  }

  int cores() {
    return 0;
  }
}
