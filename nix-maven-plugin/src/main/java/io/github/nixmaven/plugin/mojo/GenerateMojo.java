package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.realise.ProgressLine;
import io.github.nixmaven.generator.api.CargoNixGenerator;
import io.github.nixmaven.generator.api.GenerateResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Turns {@code Cargo.lock} into {@code Cargo.nix}, and says which crates were added, removed or
 * changed since the last time. Where nothing changed, nothing is written. Needs neither cargo nor
 * Nix.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "generate",
    defaultPhase = LifecyclePhase.GENERATE_RESOURCES,
    requiresProject = false,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
public final class GenerateMojo extends AbstractCargoMojo {
  /**
   * Skips this goal.
   *
   * <p>Default: {@code false}. For a machine that only builds what others have pinned: {@code
   * -Dnix.generate.skip}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SKIP_GENERATE, defaultValue = "false")
  boolean skipGenerate;

  /** Maven calls this. */
  @Inject
  public GenerateMojo(MavenSession session) {
    super(session);
  }

  @Override
  boolean isGoalSkipped() {
    return skipGenerate;
  }

  @Override
  String skipProperty() {
    return NixProperties.SKIP_GENERATE;
  }

  @Override
  void run() throws IOException, InterruptedException {
    Console console = console();
    GenerateResult result;
    try (ProgressLine progress = new ProgressLine(console)) {
      result = CargoNixGenerator.generate(request().withListener(progress::step));
    }
    describe(cargoNix.toString(), result).forEach(console::info);
  }

  /** What was done, in lines. */
  static List<String> describe(String file, GenerateResult result) {
    String crates = Console.count(result.crates(), "crate");
    List<String> lines = new ArrayList<>();
    if (!result.written()) {
      lines.add("Nothing changed: " + file + " pins " + crates);
      return lines;
    }
    lines.add("Wrote " + file + ": " + crates);
    if (result.edited()) {
      lines.add("  What was changed in it by hand, or by a merge, is gone.");
    }
    // In a first file everything is new, and a list of all of it is no news.
    if (result.added().size() < result.crates()) {
      result.added().forEach(crate -> lines.add("  added   " + crate));
    }
    result.removed().forEach(crate -> lines.add("  removed " + crate));
    result.changed().forEach(crate -> lines.add("  changed " + crate));
    return lines;
  }
}
