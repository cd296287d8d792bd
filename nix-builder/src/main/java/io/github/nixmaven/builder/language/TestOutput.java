package io.github.nixmaven.builder.language;

import java.util.List;

/**
 * The parsed output of a test program.
 *
 * @param cases the tests that ended, in that order
 * @param complete whether the program came to its end
 * @param seconds how long it says that it ran, 0 where it does not
 */
public record TestOutput(List<TestCase> cases, boolean complete, double seconds) {}
