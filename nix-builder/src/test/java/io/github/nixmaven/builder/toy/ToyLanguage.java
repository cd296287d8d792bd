package io.github.nixmaven.builder.toy;

import com.github.packageurl.PackageURLBuilder;
import io.github.nixmaven.builder.language.Cause;
import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.language.LogLine;
import io.github.nixmaven.builder.language.Role;
import io.github.nixmaven.builder.language.TestCase;
import io.github.nixmaven.builder.language.TestOutput;
import io.github.nixmaven.builder.language.Tools;
import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.generator.pin.Ecosystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Toys are painted, which is all there is to build. */
final class ToyLanguage implements Language {
  static final ToyLanguage LANGUAGE = new ToyLanguage();

  private ToyLanguage() {}

  @Override
  public Ecosystem ecosystem() {
    return ToyEcosystem.TOY;
  }

  @Override
  public String packageNoun() {
    return "toy";
  }

  @Override
  public Tools tools() {
    return new ToyTools();
  }

  @Override
  public PackageURLBuilder packageUrl(String name) {
    return PackageURLBuilder.aPackageURL().withType("toy").withName(name);
  }

  @Override
  public Optional<Resource> overrides() {
    return Optional.empty();
  }

  @Override
  public List<String> overrideArguments() {
    return List.of();
  }

  @Override
  public String label(
      @Nullable String packageId,
      String part,
      @Nullable String kind,
      @Nullable String name,
      @Nullable String target) {
    return packageId + " (" + part + ")";
  }

  @Override
  public TestOutput tests(String printed) {
    List<TestCase> cases =
        printed
            .lines()
            .map(
                line ->
                    new TestCase(
                        line.substring(3),
                        line.startsWith("ok ") ? TestCase.Outcome.PASSED : TestCase.Outcome.FAILED,
                        "",
                        ""))
            .toList();
    return new TestOutput(cases, true, 0);
  }

  @Override
  public String testSuite(String packageName, String kind, String name) {
    return packageName + "." + name;
  }

  @Override
  public String testLabel(String packageName, String kind, String path) {
    return packageName + " " + path;
  }

  @Override
  public LogLine logLine(String line) {
    return line.startsWith("oh no: ") ? LogLine.ERROR : LogLine.OTHER;
  }

  @Override
  public Optional<String> sourceRoot() {
    return Optional.empty();
  }

  @Override
  public String withPaths(String line, UnaryOperator<String> shown) {
    return line;
  }

  @Override
  public List<String> describe(Path output) {
    return List.of("a toy");
  }

  @Override
  public Role roleOf(Unit unit) {
    return Role.PROGRAM;
  }

  @Override
  public boolean isMacro(Unit unit) {
    return false;
  }

  @Override
  public String advice(Cause cause, boolean byScript) {
    return cause == Cause.TIME ? "Use paint without a date." : "";
  }

  @Override
  public String adviceOnMacro(String packageId, String macro, long users) {
    throw new UnsupportedOperationException("toys have no macros");
  }
}
