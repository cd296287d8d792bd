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
   * The workspace members to build, by the names in their manifests.
   *
   * <pre>{@code
   * <members>
   *   <member>my-jni</member>
   * </members>
   * }</pre>
   *
   * <p>Default: all of them, as {@code cargo build --workspace} does.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.MEMBERS)
  @Nullable List<String> members;

  /**
   * The rustc triples to build for, among those that {@code Cargo.nix} was generated for. Build
   * scripts and procedural macros are built for the building machine, whatever the target. The list
   * replaces the default: name {@code x86_64-unknown-linux-gnu} as well to go on building for this
   * machine.
   *
   * <pre>{@code
   * <targets>
   *   <target>x86_64-unknown-linux-gnu</target>
   *   <target>wasm32-unknown-unknown</target>
   * </targets>
   * }</pre>
   *
   * <p>Default: {@code x86_64-unknown-linux-gnu}. Put the list into the plugin's own {@code
   * <configuration>}, where all goals see it, so that what is generated is what is built.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.TARGETS)
  @Nullable List<String> targets;

  /**
   * Where links to the outputs and reports go. The links keep the outputs from Nix's garbage
   * collector.
   *
   * <p>Default: {@code nix} in the project's build directory, so that {@code mvn clean} lets go of
   * the outputs.
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
    return workDirectory == null ? buildDirectory().resolve("nix") : workDirectory.toPath();
  }

  /** What is built and how; a goal that builds nothing leaves the rest as it is. */
  BuildSettings settings(Cargo cargo) {
    return new BuildSettings(
        cargo.output(),
        toolchainLock(),
        mirrors(),
        cargo.members(),
        cargo.targets(),
        cargo.postSteps(baseDirectory()),
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
