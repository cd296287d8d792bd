package io.github.nixmaven.generator.cli;

import static java.util.stream.Collectors.joining;

import io.github.nixmaven.generator.cargo.CargoRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The input of {@code generate} and {@code check}; both need the same options. */
final class ProjectOptions {
  private static final Path DEFAULT_OUTPUT = Path.of("Cargo.nix");

  @Mixin CargoOptions cargo = new CargoOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "The generated file. Default: Cargo.nix here, or beside a Cargo.toml found above")
  @Nullable Path givenOutput;

  @Option(
      names = "--host",
      paramLabel = "TRIPLE",
      description =
          "A build machine, as a rustc target; may be repeated. Default: "
              + CargoRequest.DEFAULT_TARGET)
  List<String> hosts = new ArrayList<>();

  @Option(
      names = "--target",
      paramLabel = "TRIPLE",
      description =
          "A rustc target to generate for; may be repeated. Default: `build.target` of cargo's"
              + " configuration, else "
              + CargoRequest.DEFAULT_TARGET)
  List<String> targets = new ArrayList<>();

  @Option(
      names = "--selection",
      paramLabel = "FEATURES",
      description =
          "Features to generate for: `default`, `no-default`, `all`, or names separated by commas,"
              + " as in `default,tls`; may be repeated. Default: "
              + CargoRequest.DEFAULT_SELECTION)
  List<String> selections = new ArrayList<>();

  @Option(
      names = {"-F", "--features"},
      split = "[ ,]+",
      paramLabel = "FEATURES",
      hideParamSyntax = true,
      description = "As in cargo: the default features and these.")
  List<String> features = new ArrayList<>();

  @Option(names = "--all-features", description = "The same as `--selection all`.")
  boolean allFeatures;

  @Option(
      names = "--no-default-features",
      description = "The same as `--selection no-default`; with --features, those alone.")
  boolean noDefaultFeatures;

  @Option(names = "--default-features", description = "As in crate2nix; this is the default.")
  boolean defaultFeatures;

  @Option(
      names = "--no-tests",
      description = "Omits the dependencies of tests, benchmarks and examples.")
  boolean noTests;

  Path output() {
    if (givenOutput != null) {
      return givenOutput;
    }
    return cargo.given == null ? cargo.manifest().resolveSibling(DEFAULT_OUTPUT) : DEFAULT_OUTPUT;
  }

  CargoRequest request() {
    return CargoRequest.of(cargo.manifest(), output())
        .withHosts(orDefault(hosts, CargoRequest.DEFAULT_TARGET))
        .withTargets(targets.isEmpty() ? defaultTargets() : targets)
        .withSelections(selections())
        .withTests(!noTests);
  }

  private List<String> defaultTargets() {
    return CargoRequest.defaultTargets(cargo.manifest(), Main.context().environment());
  }

  private List<String> selections() {
    List<String> all = new ArrayList<>(selections);
    if (allFeatures) {
      all.add("all");
    } else if (noDefaultFeatures) {
      all.add(features.isEmpty() ? "no-default" : String.join(",", features));
    } else if (!features.isEmpty()) {
      all.add(CargoRequest.DEFAULT_SELECTION + "," + String.join(",", features));
    }
    return orDefault(all, CargoRequest.DEFAULT_SELECTION);
  }

  private static List<String> orDefault(List<String> given, String byDefault) {
    return given.isEmpty() ? List.of(byDefault) : given;
  }

  /** The command that writes the file again, as a user would type it here. */
  String mendingCommand() {
    CargoRequest request = request();
    return program()
        + " generate"
        + option("--manifest-path", cargo.given)
        + option("--output", givenOutput)
        + options("--host", request.hosts(), List.of(CargoRequest.DEFAULT_TARGET))
        + options("--target", request.targets(), defaultTargets())
        + options("--selection", request.selections(), List.of(CargoRequest.DEFAULT_SELECTION))
        + (noTests ? " --no-tests" : "");
  }

  private static String options(String name, List<String> values, List<String> byDefault) {
    return values.equals(byDefault)
        ? ""
        : values.stream().map(value -> " " + name + " " + quoted(value)).collect(joining());
  }

  private static String option(String name, @Nullable Path given) {
    return given == null ? "" : " " + name + " " + quoted(given.toString());
  }

  /**
   * The command that started us. After {@code java -jar FILE} the class path is that file, but our
   * launcher does the same.
   */
  private static String program() {
    @Nullable String classPath = System.getProperty("java.class.path");
    return classPath != null
            && !Boolean.getBoolean("cargo2nix.launcher")
            && classPath.endsWith("-cli.jar")
            && classPath.indexOf(':') < 0
        ? "java -jar " + quoted(classPath)
        : Main.NAME;
  }

  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
