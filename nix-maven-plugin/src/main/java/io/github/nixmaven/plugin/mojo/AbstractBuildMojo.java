package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.realise.BuildSettings;
import io.github.nixmaven.builder.realise.PostSteps;
import io.github.nixmaven.builder.report.ReportRequest;
import io.github.nixmaven.builder.toolchain.Targets;
import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What the goals share that build. */
abstract class AbstractBuildMojo extends AbstractToolchainMojo {
  /**
   * Makes a component of each member's WebAssembly library, with {@code wasm-tools}, which is built
   * from its published source first. The component is checked against the world, and laid out in
   * {@code lib/} with what comes with it.
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
   * <p>Default: a library stays the core module that rustc makes.
   *
   * @since 0.1.0
   */
  @Parameter @Nullable Component component;

  /**
   * How many threads one crate's build may use.
   *
   * <p>Default: {@code 0}, as many as there are processors. Lower it where memory is short.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.CORES, defaultValue = "0")
  int cores;

  /**
   * How many crates are built at once.
   *
   * <p>Default: {@code 0}, as many as there are processors. Nix's own default of one would leave
   * most of them idle.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.MAX_JOBS, defaultValue = "0")
  int maxJobs;

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
   * The folder with Nix's commands ({@code nix-build}, {@code nix-store}, {@code nix-instantiate}).
   *
   * <pre>{@code
   * <nixDirectory>/nix/var/nix/profiles/default/bin</nixDirectory>
   * }</pre>
   *
   * <p>Default: the commands are looked for on the search path.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.EXECUTABLES)
  @Nullable File nixDirectory;

  /**
   * Takes the symbols out of programs, libraries and modules, where the profile in {@code
   * Cargo.toml} does not.
   *
   * <p>Default: {@code false}, because cargo leaves them in.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.STRIP, defaultValue = "false")
  boolean strip;

  /**
   * The rustc triples to build for, among those that {@code Cargo.nix} was generated for. Build
   * scripts and procedural macros are built for the building machine, whatever the target.
   *
   * <pre>{@code
   * <targets>
   *   <target>wasm32-unknown-unknown</target>
   * </targets>
   * }</pre>
   *
   * <p>Default: {@code x86_64-unknown-linux-gnu}. What stands in the plugin's own {@code
   * <configuration>} holds for all goals, so that what is generated is what is built.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.TARGETS, defaultValue = Targets.NATIVE)
  List<String> targets;

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

  /**
   * Arguments of {@code wasm-opt} for every WebAssembly module. It is the toolchain's own, of
   * Debian's package {@code binaryen}.
   *
   * <pre>{@code
   * <wasmOpt>-Oz</wasmOpt>
   * }</pre>
   *
   * <p>Default: modules stay as rustc makes them.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.WASM_OPT)
  @Nullable String wasmOpt;

  AbstractBuildMojo(MavenSession session) {
    super(session);
  }

  Path workDirectory() {
    return workDirectory == null ? buildDirectory().resolve("nix") : workDirectory.toPath();
  }

  BuildSettings settings() {
    return new BuildSettings(
        cargoNix.toPath(),
        toolchainLock(),
        mirrors(),
        members == null ? List.of() : List.copyOf(members),
        targets.stream().distinct().sorted().toList(),
        postSteps(),
        workDirectory(),
        nixDirectory == null ? null : nixDirectory.toPath(),
        maxJobs,
        cores,
        session.isOffline(),
        overrides());
  }

  /**
   * What to report on.
   *
   * @param verification the JSON of the verification, or null for the usual place
   * @param folder where the report goes, or null for the work folder
   */
  ReportRequest reportRequest(@Nullable File verification, @Nullable File folder) {
    MavenProject project = session.getCurrentProject();
    String name = baseDirectory().getFileName().toString();
    Date start = session.getRequest().getStartTime();
    return new ReportRequest(
        settings(),
        verification == null ? workDirectory().resolve("verify.json") : verification.toPath(),
        folder == null ? workDirectory() : folder.toPath(),
        project == null
            ? new ReportRequest.Coordinates(name, "", name, "0")
            : new ReportRequest.Coordinates(
                project.getName(),
                project.getGroupId(),
                project.getArtifactId(),
                project.getVersion()),
        start == null ? Instant.now() : start.toInstant());
  }

  private PostSteps postSteps() {
    return new PostSteps(
        wasmOpt == null ? List.of() : List.of(wasmOpt.strip().split("\\s+")),
        strip,
        component == null ? null : component.step(baseDirectory()));
  }
}
