/** Cargo's cfg() expressions and what rustc says of each target. */
@NullMarked
package io.github.nixmaven.generator.cargo.cfg;

import org.jspecify.annotations.NullMarked;
