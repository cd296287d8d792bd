package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.report.ReportRequest;
import java.io.File;
import java.time.Instant;
import java.util.Date;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What the goals share that are about the members' outputs, built or to be built. */
abstract class AbstractOutputMojo extends AbstractEvaluatingMojo {
  /**
   * Makes a component from each member's WebAssembly library. It uses {@code wasm-tools}, which is
   * first built from its published source. The component is checked against the world and put into
   * {@code lib/}, together with its assets and manifest.
   *
   * <pre>{@code
   * <component>
   *   <world>chat</world>
   *   <wit>wit</wit>
   *   <assets>assets</assets>
   *   <manifest>actor.toml</manifest>
   * </component>
   * }</pre>
   *
   * <p>Default: the library stays the core module that rustc writes.
   *
   * @since 0.1.0
   */
  @Parameter @Nullable Component component;

  /**
   * Strips symbols from programs, libraries and modules, even if the profile in {@code Cargo.toml}
   * does not.
   *
   * <p>Default: {@code false}, as in cargo.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.STRIP)
  @Nullable Boolean strip;

  /**
   * Arguments for {@code wasm-opt}, which then optimizes every WebAssembly module. The toolchain
   * contains it, from Debian's package {@code binaryen}.
   *
   * <pre>{@code
   * <wasmOpt>-Oz</wasmOpt>
   * }</pre>
   *
   * <p>Default: {@code wasm-opt} is not run.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.WASM_OPT)
  @Nullable String wasmOpt;

  AbstractOutputMojo(MavenSession session) {
    super(session);
  }

  @Override
  void describe(Cargo cargo) {
    super.describe(cargo);
    cargo.component = component;
    cargo.strip = strip;
    cargo.wasmOpt = wasmOpt;
  }

  /**
   * What to report on.
   *
   * @param verification the JSON of the verification, or null for the usual place
   * @param directory where the report goes, or null for the work directory
   */
  ReportRequest reportRequest(
      LockFile lock, @Nullable File verification, @Nullable File directory) {
    MavenProject project = session.getCurrentProject();
    Date start = session.getRequest().getStartTime();
    return new ReportRequest(
        settings(lock),
        verification == null ? workDirectory().resolve("verify.json") : verification.toPath(),
        directory == null ? workDirectory() : directory.toPath(),
        new ReportRequest.Coordinates(
            project.getName(), project.getGroupId(), project.getArtifactId(), project.getVersion()),
        start == null ? Instant.now() : start.toInstant());
  }
}
