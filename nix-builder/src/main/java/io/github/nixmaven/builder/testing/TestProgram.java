package io.github.nixmaven.builder.testing;

import io.github.nixmaven.builder.language.TestCase;
import java.util.List;

/**
 * One program of tests that was run, or the tests in a library's documentation.
 *
 * @param suite the name under which its tests are reported
 * @param label its name in messages
 * @param packageName the package's name
 * @param version the package's version
 * @param kind what it was compiled from, in the ecosystem's words
 * @param name the target's name
 * @param path the target's source file, relative to the package
 * @param status how it ended; 0 where all went well
 * @param seconds how long its harness says it ran, 0 where it does not
 * @param cases its tests, in the order they ended
 * @param standardOutput all it printed
 * @param standardError all it printed as errors
 */
public record TestProgram(
    String suite,
    String label,
    String packageName,
    String version,
    String kind,
    String name,
    String path,
    int status,
    double seconds,
    List<TestCase> cases,
    String standardOutput,
    String standardError) {

  /** How many tests came to this. */
  public int count(TestCase.Outcome outcome) {
    return (int) cases.stream().filter(test -> test.outcome() == outcome).count();
  }
}
