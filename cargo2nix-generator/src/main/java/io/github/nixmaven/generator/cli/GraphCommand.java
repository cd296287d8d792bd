package io.github.nixmaven.generator.cli;

import io.github.nixmaven.generator.api.BuildGraph;
import java.io.OutputStream;
import java.io.Writer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "graph",
    description = "Prints what cargo would build, with features, profiles and dependencies.")
final class GraphCommand implements Callable<Integer> {
  @Option(
      names = "--format",
      paramLabel = "tree|json",
      description =
          "`tree`, like `cargo tree`, or `json`, like `cargo build --unit-graph`. Default: tree")
  Format format = Format.tree;

  @Mixin BuildOptions build = new BuildOptions();

  @Mixin HelpOptions help = new HelpOptions();

  /** The formats by their names on the command line. */
  enum Format {
    tree,
    json
  }

  @Override
  public Integer call() throws Exception {
    BuildGraph graph = build.plan();
    if (format == Format.json) {
      try (OutputStream out = Output.bytes()) {
        graph.writeJson(out);
      }
    } else {
      try (Writer out = Output.text()) {
        graph.writeTree(Output.canShow('├'), out);
      }
    }
    return ExitCode.OK;
  }
}
