package io.github.nixmaven.generator.cli;

import io.github.nixmaven.generator.pin.CheckResult;
import io.github.nixmaven.generator.pin.Generator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    description =
        "Checks whether Cargo.nix is up to date with Cargo.lock and the manifests, and names what"
            + " changed. Reads only this disk.")
final class CheckCommand implements Callable<Integer> {
  @Mixin ProjectOptions project = new ProjectOptions();

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only errors.")
  boolean quiet;

  @Mixin HelpOptions help = new HelpOptions();

  @Override
  public Integer call() throws Exception {
    CheckResult result = Generator.check(project.request(), Main.context());
    if (!result.upToDate()) {
      new Messages()
          .error(
              project.output()
                  + " is not up to date with Cargo.lock and the manifests:\n  "
                  + String.join("\n  ", result.differences())
                  + "\n  Run `"
                  + project.mendingCommand()
                  + "` and commit the result.");
      return ExitCode.NO;
    }
    if (!quiet) {
      System.out.println(project.output() + " is up to date with Cargo.lock and the manifests");
    }
    return ExitCode.OK;
  }
}
