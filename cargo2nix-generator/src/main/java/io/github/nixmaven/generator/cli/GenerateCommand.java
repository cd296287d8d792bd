package io.github.nixmaven.generator.cli;

import io.github.nixmaven.generator.pin.GenerateResult;
import io.github.nixmaven.generator.pin.Generator;
import io.github.nixmaven.generator.text.AtomicFile;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "generate",
    description = "Writes Cargo.nix from Cargo.lock and the manifests, and lists the changes.")
final class GenerateCommand implements Callable<Integer> {
  @Mixin ProjectOptions project = new ProjectOptions();

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only errors.")
  boolean quiet;

  @Mixin HelpOptions help = new HelpOptions();

  @Override
  public Integer call() throws Exception {
    GenerateResult result;
    try (Progress progress = new Progress(new Messages(), quiet)) {
      result =
          Generator.generate(
              project.request(),
              Main.context().withOffline(project.cargo.isOffline()).withProgress(progress));
    }
    if (!quiet) {
      result.ignored().forEach(note -> System.err.println("warning: " + note));
      // What goes to a device or a pipe may go to where this would.
      describe(result, AtomicFile.isReplaceable(project.output()) ? System.out : System.err);
    }
    return ExitCode.OK;
  }

  private void describe(GenerateResult result, PrintStream out) {
    String crates = result.packages() + (result.packages() == 1 ? " crate" : " crates");
    if (!result.written()) {
      out.println("Nothing changed: " + project.output() + " pins " + crates);
      return;
    }
    out.println("Wrote " + project.output() + ": " + crates);
    if (result.edited()) {
      out.println("  Changes made to it by hand or by a merge are lost.");
    }
    // In a first file everything is new, so a list of it is not useful.
    if (result.added().size() < result.packages()) {
      result.added().forEach(crate -> out.println("  added   " + crate));
    }
    result.removed().forEach(crate -> out.println("  removed " + crate));
    result.changed().forEach(crate -> out.println("  changed " + crate));
  }
}
