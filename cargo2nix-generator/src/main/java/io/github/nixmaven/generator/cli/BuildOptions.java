package io.github.nixmaven.generator.cli;

import io.github.nixmaven.generator.api.BuildGraph;
import io.github.nixmaven.generator.api.BuildGraphRequest;
import io.github.nixmaven.generator.cargo.CargoRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The choice of a build, for {@code graph} and {@code why}, in cargo's words. */
final class BuildOptions {
  @Mixin CargoOptions cargo = new CargoOptions();

  @Option(
      names = "--mode",
      paramLabel = "build|test|bench",
      description = "The subcommand of cargo. Default: build")
  Mode mode = Mode.build;

  @Option(
      names = {"-p", "--package"},
      paramLabel = "NAME[@VERSION]",
      description =
          "A package to build; may be repeated. Default: the manifest's own package, or the"
              + " workspace's default members")
  List<String> packages = new ArrayList<>();

  @Option(names = "--workspace", description = "Build all members.")
  boolean workspace;

  @Mixin TargetOptions chosen = new TargetOptions();

  @Option(
      names = {"-F", "--features"},
      split = "[ ,]+",
      paramLabel = "FEATURES",
      hideParamSyntax = true,
      description = "Features to enable, separated by commas.")
  List<String> features = new ArrayList<>();

  @Option(names = "--all-features", description = "Enable all features.")
  boolean allFeatures;

  @Option(names = "--no-default-features", description = "Disable the `default` feature.")
  boolean noDefaultFeatures;

  @Option(
      names = "--target",
      paramLabel = "TRIPLE",
      description = "A rustc target to build for; may be repeated. Default: the host")
  List<String> targets = new ArrayList<>();

  @Option(
      names = "--host",
      paramLabel = "TRIPLE",
      description = "The rustc target that builds. Default: " + CargoRequest.DEFAULT_TARGET)
  String host = CargoRequest.DEFAULT_TARGET;

  @ArgGroup ProfileOptions profile = new ProfileOptions();

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress.")
  boolean quiet;

  /** The subcommands by their names on the command line. */
  enum Mode {
    build(BuildGraphRequest.Command.BUILD),
    test(BuildGraphRequest.Command.TEST),
    bench(BuildGraphRequest.Command.BENCH);

    final BuildGraphRequest.Command command;

    Mode(BuildGraphRequest.Command command) {
      this.command = command;
    }
  }

  static final class ProfileOptions {
    @Option(
        names = "--profile",
        paramLabel = "NAME",
        description = "The profile to build with. Default: dev, test or bench, by the mode")
    String name = "";

    @Option(
        names = {"-r", "--release"},
        description = "The same as `--profile release`.")
    boolean release;
  }

  BuildGraph plan() throws IOException, InterruptedException {
    try (Progress progress = new Progress(new Messages(), quiet)) {
      return BuildGraph.plan(
          new BuildGraphRequest(
              cargo.manifest(),
              mode.command,
              packages,
              workspace,
              chosen.targets(),
              features,
              allFeatures,
              !noDefaultFeatures,
              host,
              targets,
              profile.release ? "release" : profile.name),
          Main.context().withOffline(cargo.isOffline()).withProgress(progress));
    }
  }
}
