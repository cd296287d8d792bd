package io.github.nixmaven.generator.cli;

import io.github.nixmaven.generator.api.BuildGraph;
import java.io.Writer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "why",
    description =
        "Prints why a crate is part of the build or a feature is enabled: the path to it from"
            + " the selection.")
@SuppressWarnings("NullAway.Init") // picocli sets the parameter.
final class WhyCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "CRATE[@VERSION][/FEATURE]",
      description = "What to explain, such as `serde` or `serde/derive`.")
  String what;

  @Mixin BuildOptions build = new BuildOptions();

  @Mixin HelpOptions help = new HelpOptions();

  @Override
  public Integer call() throws Exception {
    BuildGraph graph = build.plan();
    StringBuilder answer = new StringBuilder();
    if (!graph.writeReasons(what, answer)) {
      new Messages().error(answer.toString());
      return ExitCode.NO;
    }
    try (Writer out = Output.text()) {
      out.append(answer);
    }
    return ExitCode.OK;
  }
}
