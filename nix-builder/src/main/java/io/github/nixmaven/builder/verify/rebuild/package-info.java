/** One rebuild of one derivation, under conditions that vary. */
@NullMarked
package io.github.nixmaven.builder.verify.rebuild;

import org.jspecify.annotations.NullMarked;
