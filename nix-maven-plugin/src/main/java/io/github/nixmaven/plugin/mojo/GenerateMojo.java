package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.realise.ProgressLine;
import io.github.nixmaven.generator.pin.GenerateResult;
import io.github.nixmaven.generator.pin.Generator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/**
 * Generates {@code Cargo.nix} from {@code Cargo.lock} and lists the crates that were added, removed
 * or changed. If nothing changed, nothing is written. Needs neither cargo nor Nix.
 *
 * @since 0.1.0
 */
@Mojo(
    name = "generate",
    defaultPhase = LifecyclePhase.GENERATE_RESOURCES,
    requiresDependencyResolution = ResolutionScope.NONE,
    threadSafe = true)
public final class GenerateMojo extends AbstractPinningMojo {
  /** Maven calls this. */
  @Inject
  public GenerateMojo(MavenSession session) {
    super(session);
  }

  @Override
  void run(List<LockFile> found) throws IOException, InterruptedException {
    Console console = console();
    for (LockFile lock : found) {
      GenerateResult result;
      try (ProgressLine progress = new ProgressLine(console)) {
        result = Generator.generate(lock.request(), context().withProgress(progress));
      }
      result.ignored().forEach(console::warn);
      describe(lock.output().toString(), result).forEach(console::info);
    }
  }

  /** What was done, in lines. */
  static List<String> describe(String file, GenerateResult result) {
    String crates = Console.count(result.packages(), "crate");
    List<String> lines = new ArrayList<>();
    if (!result.written()) {
      lines.add("Nothing changed: " + file + " pins " + crates);
      return lines;
    }
    lines.add("Wrote " + file + ": " + crates);
    if (result.edited()) {
      lines.add("  Changes made to it by hand or by a merge are lost.");
    }
    // In a first file everything is new, and a list of all of it is no news.
    if (result.added().size() < result.packages()) {
      result.added().forEach(crate -> lines.add("  added   " + crate));
    }
    result.removed().forEach(crate -> lines.add("  removed " + crate));
    result.changed().forEach(crate -> lines.add("  changed " + crate));
    return lines;
  }
}
