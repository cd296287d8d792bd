package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.realise.BuildRequest;
import io.github.nixmaven.builder.realise.BuildService;
import io.github.nixmaven.builder.realise.FileCopy;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Builds the workspace's members in Nix's sandbox, one derivation per crate. Builds see only the
 * pinned toolchain: no network and no files of the host. Links the outputs into {@code target/nix}
 * and copies files from them to where Maven packs them.
 *
 * <p>Outputs that are in the store already are reused, so everyone who can build in that store is
 * trusted. {@code nix:verify} rebuilds all of them.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "build",
    defaultPhase = LifecyclePhase.PACKAGE,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
public final class BuildMojo extends AbstractBuildMojo {
  /** The phases in which the jar exists, or is packed by a plugin that runs first. */
  private static final Set<String> TOO_LATE =
      Set.of(
          "package",
          "pre-integration-test",
          "integration-test",
          "post-integration-test",
          "verify",
          "install",
          "deploy");

  private final BuildService service;

  /**
   * Files to copy from the outputs into the project's output directory, {@code target/classes}, so
   * that they are packed into the jar.
   *
   * <pre>{@code
   * <execution>
   *   <phase>process-classes</phase>
   *   <goals><goal>build</goal></goals>
   *   <configuration>
   *     <copies>
   *       <copy>
   *         <from>lib/libfoo.so</from>
   *         <to>native/</to>
   *       </copy>
   *     </copies>
   *   </configuration>
   * </execution>
   * }</pre>
   *
   * <p>The phase matters: in {@code package}, the default, Maven has made the jar already, and
   * tests have run; {@code process-classes} is before both.
   *
   * <p>Default: nothing is copied.
   *
   * @since 0.1.0
   */
  @Parameter @Nullable List<Copy> copies;

  /** Maven calls this. */
  @Inject
  public BuildMojo(MavenSession session, BuildService service) {
    super(session);
    this.service = service;
  }

  @Override
  void run(List<LockFile> found) throws IOException, InterruptedException, BuildFailedException {
    BuildRequest request = request(only(found));
    String phase = execution.getLifecyclePhase();
    if (!request.copies().isEmpty() && phase != null && TOO_LATE.contains(phase)) {
      getLog()
          .warn(
              "Files are copied in the phase `"
                  + phase
                  + "`, too late for the jar. Add <phase>process-classes</phase> to the"
                  + " execution.");
    }
    var unused = service.build(request, console());
  }

  @Override
  boolean needsLock() {
    return isConfigured(copies);
  }

  @Override
  String missing() {
    return copies == null || copies.isEmpty()
        ? ""
        : copies.stream()
            .map(copy -> String.valueOf(copy.from))
            .collect(Collectors.joining(", ", ": not copied to " + outputDirectory() + ": ", ""));
  }

  BuildRequest request(LockFile lock) {
    List<FileCopy> all = new ArrayList<>();
    for (Copy copy : copies == null ? List.<Copy>of() : copies) {
      if (copy.from == null) {
        throw new InputException(
            null,
            "a <copy> has no <from>",
            "Give the file's path in the output: <from>lib/libfoo.so</from>.");
      }
      all.add(new FileCopy(copy.from, copy.to == null ? "" : copy.to, copy.target));
    }
    return new BuildRequest(settings(lock), all, outputDirectory());
  }

  private Path outputDirectory() {
    return Path.of(session.getCurrentProject().getBuild().getOutputDirectory());
  }
}
