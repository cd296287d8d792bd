/** The command line. Like other programs, it uses only the library's {@code api}. */
@NullMarked
package io.github.nixmaven.generator.cli;

import org.jspecify.annotations.NullMarked;
