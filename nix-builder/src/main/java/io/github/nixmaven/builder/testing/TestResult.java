package io.github.nixmaven.builder.testing;

import io.github.nixmaven.builder.language.TestCase;
import java.util.List;

/**
 * The results of all tests.
 *
 * @param programs the programs that were run, by member, in the order in which they ran
 */
public record TestResult(List<TestProgram> programs) {
  /** How many tests came to this. */
  public int count(TestCase.Outcome outcome) {
    return programs.stream().mapToInt(program -> program.count(outcome)).sum();
  }

  /** Whether no test failed. */
  public boolean isGood() {
    return count(TestCase.Outcome.FAILED) == 0;
  }
}
