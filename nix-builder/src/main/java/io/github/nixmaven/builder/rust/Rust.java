package io.github.nixmaven.builder.rust;

import io.github.nixmaven.builder.language.Cause;
import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.language.LogLine;
import io.github.nixmaven.builder.language.TestOutput;
import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.builder.toolchain.Targets;
import java.util.Optional;
import java.util.regex.Pattern;
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

  @Override
  public String ecosystem() {
    return "cargo";
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
  public Optional<String> adviceOnMissing(String target, String file) {
    return Targets.advice(target, file);
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
