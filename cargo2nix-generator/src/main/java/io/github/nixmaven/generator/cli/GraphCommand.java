package io.github.nixmaven.generator.cli;

import io.github.nixmaven.generator.api.BuildGraph;
import io.github.nixmaven.generator.api.BuildGraphRequest;
import io.github.nixmaven.generator.api.GenerateRequest;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "graph",
    description = "Prints what `cargo build` would run, with features, profiles and dependencies.")
final class GraphCommand implements Callable<Integer> {
  @Option(
      names = "--format",
      paramLabel = "tree|json",
      description =
          "`tree`, in the manner of `cargo tree`, or `json`, as `cargo build --unit-graph` prints"
              + " it. Default: tree")
  Format format = Format.tree;

  @Option(
      names = {"-f", "--manifest-path"},
      paramLabel = "FILE",
      description = "The Cargo.toml of a package or workspace. Default: Cargo.toml here")
  Path manifest = Path.of("Cargo.toml");

  @Option(
      names = {"-p", "--package"},
      paramLabel = "NAME[@VERSION]",
      description =
          "A member to build; may be repeated. Default: the manifest's package, or all members"
              + " where it has none")
  List<String> packages = new ArrayList<>();

  @Option(names = "--workspace", description = "Build all members.")
  boolean workspace;

  @Option(
      names = {"-F", "--features"},
      split = "[ ,]+",
      paramLabel = "FEATURES",
      description = "Features to switch on, with a comma between them.")
  List<String> features = new ArrayList<>();

  @Option(names = "--all-features", description = "Switch on all features.")
  boolean allFeatures;

  @Option(names = "--no-default-features", description = "Leave out the `default` feature.")
  boolean noDefaultFeatures;

  @Option(
      names = "--target",
      paramLabel = "TRIPLE",
      description = "The rustc target to build for. Default: the host")
  @Nullable String target;

  @Option(
      names = "--host",
      paramLabel = "TRIPLE",
      description = "The rustc target that builds. Default: " + GenerateRequest.DEFAULT_TARGET)
  String host = GenerateRequest.DEFAULT_TARGET;

  @ArgGroup ProfileOptions profile = new ProfileOptions();

  @Option(names = "--offline", description = "Fetch nothing: take crates from caches only.")
  boolean offline;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress.")
  boolean quiet;

  @Mixin HelpOptions help = new HelpOptions();

  /** The formats, by their names on the command line. */
  enum Format {
    tree,
    json
  }

  static final class ProfileOptions {
    @Option(
        names = "--profile",
        paramLabel = "NAME",
        description = "The profile to build with. Default: dev")
    String name = "dev";

    @Option(
        names = {"-r", "--release"},
        description = "The same as `--profile release`.")
    boolean release;
  }

  @Override
  public Integer call() throws Exception {
    BuildGraph graph;
    try (Progress progress = new Progress(new Messages(), quiet)) {
      graph =
          BuildGraph.plan(
              new BuildGraphRequest(
                  manifest,
                  packages,
                  workspace,
                  features,
                  allFeatures,
                  !noDefaultFeatures,
                  host,
                  Optional.ofNullable(target),
                  profile.release ? "release" : profile.name,
                  offline,
                  progress));
    }
    // Not System.out, which writes a line at a time and hides what goes wrong.
    OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
    if (format == Format.json) {
      graph.writeJson(out);
    } else {
      Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
      Writer writer = new OutputStreamWriter(out, charset);
      graph.writeTree(charset.newEncoder().canEncode('├'), writer);
      writer.flush();
    }
    out.flush();
    return ExitCode.OK;
  }
}
