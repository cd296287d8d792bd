/** Hashes and the ways to write them. */
@NullMarked
package io.github.nixmaven.generator.hash;

import org.jspecify.annotations.NullMarked;
