package io.github.nixmaven.builder.testing;

import io.github.nixmaven.builder.language.TestCase;
import java.util.List;

/**
 * One program of tests that was run, or the tests in a library's documentation.
 *
 * @param crate the package's name
 * @param version the package's version
 * @param kind what it was compiled from: {@code lib}, {@code bin}, {@code test}, {@code bench},
 *     {@code example} or {@code doc}
 * @param name the target's name
 * @param path the target's source file, relative to the package
 * @param status how it ended; 0 where all went well
 * @param seconds how long its harness says it ran, 0 where it does not
 * @param cases its tests, in the order they ended
 * @param standardOutput all it printed
 * @param standardError all it printed as errors
 */
public record TestProgram(
    String crate,
    String version,
    String kind,
    String name,
    String path,
    int status,
    double seconds,
    List<TestCase> cases,
    String standardOutput,
    String standardError) {

  /**
   * The name under which its tests are reported: the package for its library's unit tests, {@code
   * PACKAGE.KIND.NAME} for other programs and {@code PACKAGE.doc} for documentation.
   */
  public String suite() {
    return switch (kind) {
      case "lib" -> crate;
      case "doc" -> crate + ".doc";
      default -> crate + "." + kind + "." + name;
    };
  }

  /** Its name in messages: its source file, as in cargo. */
  public String label() {
    return switch (kind) {
      case "doc" -> "documentation of " + crate;
      case "test", "bench" -> crate + " " + path;
      default -> crate + " " + path + " (unit tests)";
    };
  }

  /** How many tests came to this. */
  public int count(TestCase.Outcome outcome) {
    return (int) cases.stream().filter(test -> test.outcome() == outcome).count();
  }
}
