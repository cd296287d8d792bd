package io.github.nixmaven.generator.cli;

import io.github.nixmaven.generator.pin.GenerateResult;
import io.github.nixmaven.generator.pin.Generator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "generate",
    description = "Writes Cargo.nix from Cargo.lock and the manifests, and lists the changes.")
final class GenerateCommand implements Callable<Integer> {
  @Mixin ProjectOptions project = new ProjectOptions();

  @Option(names = "--offline", description = "Fetch nothing: use crates from caches only.")
  boolean offline;

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
              project.request(), Main.context().withOffline(offline).withProgress(progress));
    }
    if (!quiet) {
      describe(result);
    }
    return ExitCode.OK;
  }

  private void describe(GenerateResult result) {
    String crates = result.packages() + (result.packages() == 1 ? " crate" : " crates");
    if (!result.written()) {
      System.out.println("Nothing changed: " + project.output + " pins " + crates);
      return;
    }
    System.out.println("Wrote " + project.output + ": " + crates);
    if (result.edited()) {
      System.out.println("  Changes made to it by hand or by a merge are lost.");
    }
    // In a first file everything is new, so a list of it is not useful.
    if (result.added().size() < result.packages()) {
      result.added().forEach(crate -> System.out.println("  added   " + crate));
    }
    result.removed().forEach(crate -> System.out.println("  removed " + crate));
    result.changed().forEach(crate -> System.out.println("  changed " + crate));
  }
}
