/** Cargo's cfg() expressions and rustc's facts about each target. */
@NullMarked
package io.github.nixmaven.generator.cargo.cfg;

import org.jspecify.annotations.NullMarked;
