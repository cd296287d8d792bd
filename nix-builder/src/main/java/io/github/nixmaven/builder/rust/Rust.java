package io.github.nixmaven.builder.rust;

import com.github.packageurl.PackageURLBuilder;
import io.github.nixmaven.builder.language.Cause;
import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.language.LogLine;
import io.github.nixmaven.builder.language.Role;
import io.github.nixmaven.builder.language.TestOutput;
import io.github.nixmaven.builder.language.Tools;
import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.builder.rust.wasm.Modules;
import io.github.nixmaven.generator.cargo.CargoEcosystem;
import io.github.nixmaven.generator.pin.Ecosystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rust: crates, built as cargo builds them. The parts of units are those of {@code nix/rust}. */
public final class Rust implements Language {
  /** What a build script tells cargo; all of it stands in the log once the script has failed. */
  private static final Pattern DIRECTIVE = Pattern.compile("^ *cargo::?[A-Za-z_-]+=");

  /** How cargo and rustc introduce and sum up. */
  private static final Pattern SUMMARY =
      Pattern.compile(
          "^error: (?:could not compile|failed to run custom build command|aborting due to)");

  private static final Pattern ERROR = Pattern.compile("^ *error(?:\\[E\\d+\\])?: ");
  private static final Pattern PANIC = Pattern.compile("^ *thread '[^']*'.* panicked at");

  /** There is one only. */
  public static final Rust LANGUAGE = new Rust();

  private static final Tools TOOLS = new RustTools();
  private static final String SOURCES = "/rust/workspace";
  private static final Pattern MAPPED =
      Pattern.compile(Pattern.quote(SOURCES) + "/(?<path>[^\\s:\"'`\u001b]+)");

  /** Where rustc says a message is about: an arrow, with colours around it, and a path. */
  private static final Pattern PLACE =
      Pattern.compile(
          "(?<arrow>(?:-->|:::) (?:\u001b\\[[0-9;]*m)*)(?<path>[^/\u001b:][^\u001b:]*)(?=:\\d+:\\d+)");

  private Rust() {}

  @Override
  public Ecosystem ecosystem() {
    return CargoEcosystem.CARGO;
  }

  @Override
  public Tools tools() {
    return TOOLS;
  }

  @Override
  public PackageURLBuilder packageUrl(String name) {
    return PackageURLBuilder.aPackageURL().withType("cargo").withName(name);
  }

  @Override
  public Optional<Resource> overrides() {
    return Optional.of(
        new Resource(
            "/io/github/nixmaven/builder/library/overrides/crates.toml",
            "nix/overrides/crates.toml"));
  }

  @Override
  public List<String> overrideArguments() {
    return List.of("rustc-flags");
  }

  @Override
  public String packageNoun() {
    return "crate";
  }

  @Override
  public String label(
      @Nullable String packageId,
      String part,
      @Nullable String kind,
      @Nullable String name,
      @Nullable String target) {
    if (packageId == null) {
      return "Rust's standard library for " + target;
    }
    String suffix =
        switch (part) {
          case "script" -> "build script";
          case "script-run" -> "build script's run";
          case "program" -> "binary " + name;
          case "example" -> "example " + name;
          case "tests" -> tests(kind, name);
          case "test-run" -> "running " + target(kind, name);
          case "documentation-tests" -> "documentation tests";
          case "test-results" -> "test results";
          case "post-steps" -> "post-steps";
          case "component" -> "component";
          default -> "";
        };
    return suffix.isEmpty() ? packageId : packageId + " (" + suffix + ")";
  }

  private static String tests(@Nullable String kind, @Nullable String name) {
    if ("test".equals(kind)) {
      return target(kind, name);
    }
    return "lib".equals(kind) ? "unit tests" : "unit tests of " + kind + " " + name;
  }

  private static String target(@Nullable String kind, @Nullable String name) {
    return ("bin".equals(kind) ? "binary" : "bench".equals(kind) ? "benchmark" : kind) + " " + name;
  }

  @Override
  public TestOutput tests(String printed) {
    HarnessOutput output = HarnessOutput.of(printed);
    return new TestOutput(output.cases(), output.isComplete(), output.seconds());
  }

  @Override
  public String testSuite(String packageName, String kind, String name) {
    return switch (kind) {
      case "lib" -> packageName;
      case "doc" -> packageName + ".doc";
      default -> packageName + "." + kind + "." + name;
    };
  }

  /** The source file, as in cargo. */
  @Override
  public String testLabel(String packageName, String kind, String path) {
    return switch (kind) {
      case "doc" -> "documentation of " + packageName;
      case "test", "bench" -> packageName + " " + path;
      default -> packageName + " " + path + " (unit tests)";
    };
  }

  @Override
  public LogLine logLine(String line) {
    if (DIRECTIVE.matcher(line).find()) {
      return LogLine.DIRECTIVE;
    }
    if (SUMMARY.matcher(line).find()) {
      return LogLine.SUMMARY;
    }
    if (ERROR.matcher(line).find()) {
      return LogLine.ERROR;
    }
    return PANIC.matcher(line).find() ? LogLine.GAVE_UP : LogLine.OTHER;
  }

  @Override
  public Optional<String> sourceRoot() {
    return Optional.of(SOURCES);
  }

  @Override
  public String withPaths(String line, UnaryOperator<String> shown) {
    Matcher place = PLACE.matcher(line);
    String result =
        place.replaceFirst(
            match ->
                Matcher.quoteReplacement(place.group("arrow") + shown.apply(place.group("path"))));
    Matcher mapped = MAPPED.matcher(result);
    return mapped.replaceAll(match -> Matcher.quoteReplacement(shown.apply(mapped.group("path"))));
  }

  @Override
  public List<String> describe(Path output) throws IOException {
    if (Files.isDirectory(output)) {
      try (Stream<Path> files = Files.list(output)) {
        if (files.findAny().isEmpty()) {
          return List.of("It has no library, and no program whose required-features are on.");
        }
      }
    }
    return Modules.describe(output);
  }

  @Override
  public Role roleOf(Unit unit) {
    return switch (unit.part()) {
      case "script" -> Role.SCRIPT;
      case "script-run" -> Role.RUN;
      case "library", "macro" -> Role.LIBRARY;
      case "post-steps", "component" -> Role.STEP;
      default -> Role.PROGRAM;
    };
  }

  @Override
  public boolean isMacro(Unit unit) {
    return unit.part().equals("macro");
  }

  @Override
  public String advice(Cause cause, boolean byScript) {
    return switch (cause) {
      case TIME ->
          byScript
              ? "The build script reads the clock, or the times of files it created. It should"
                  + " use the time in SOURCE_DATE_EPOCH, or none."
              : "A program that runs during the build writes the time, such as a procedural macro"
                  + " or a tool it calls. It should use the time in SOURCE_DATE_EPOCH, which is set.";
      case PATH ->
          byScript
              ? "The build script writes the path of its sources: CARGO_MANIFEST_DIR, its current"
                  + " directory, or a C compiler's __FILE__. Use relative paths, or for C"
                  + " `-ffile-prefix-map`."
              : "The path of the sources is compiled in despite `--remap-path-prefix`: by"
                  + " env!(\"CARGO_MANIFEST_DIR\"), by a procedural macro, or by a build script's"
                  + " rustc-env.";
      case CORES ->
          byScript
              ? "The build script writes the number of processors or jobs (NUM_JOBS,"
                  + " available_parallelism), or divides its work by it."
              : "A program that runs during the build divides its work by the number of processors.";
      case ORDER ->
          "Files are read in the order in which the directory lists them (read_dir, find):"
              + " sort them.";
      case KERNEL ->
          "The output contains the kernel's release (uname): omit it, or derive it from the target.";
      case RANDOM ->
          byScript
              ? "The build script writes something random: the order of a HashMap, threads that"
                  + " race, random numbers, addresses, or a directory's random name."
              : "A program that runs during the build is random: the order of a HashMap in a procedural"
                  + " macro, threads that race, random numbers.";
      case INTERACTION -> "";
    };
  }

  @Override
  public String adviceOnMacro(String packageId, String macro, long users) {
    return packageId
        + " expands the procedural macro "
        + macro
        + ": "
        + (users == 1
            ? "only this build does, and only this build differs at random"
            : "all " + users + " builds that expand it differ at random, and no other build does")
        + ". The order of its output comes from a HashMap or HashSet: use a BTreeMap, or"
        + " sort it.";
  }
}
