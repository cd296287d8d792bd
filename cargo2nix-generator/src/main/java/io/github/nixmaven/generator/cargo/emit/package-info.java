/** Writing Cargo.nix and reading it again. */
@NullMarked
package io.github.nixmaven.generator.cargo.emit;

import org.jspecify.annotations.NullMarked;
