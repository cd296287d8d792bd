/** The command line. It uses the library as anybody else does: by {@code api} alone. */
@NullMarked
package io.github.nixmaven.generator.cli;

import org.jspecify.annotations.NullMarked;
