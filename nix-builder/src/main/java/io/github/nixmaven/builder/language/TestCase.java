package io.github.nixmaven.builder.language;

/**
 * One test and what came of it.
 *
 * @param name its path in its package, such as {@code parser::tests::empty}; of documentation the
 *     file, the item and the line; the program's name where a program is one test
 * @param outcome what came of it
 * @param message why it is ignored, or what went wrong; empty where nobody said
 * @param output what it printed, where the harness says; empty for tests that passed
 */
public record TestCase(String name, Outcome outcome, String message, String output) {
  /** The outcome of a test. */
  public enum Outcome {
    PASSED,
    FAILED,
    IGNORED
  }
}
