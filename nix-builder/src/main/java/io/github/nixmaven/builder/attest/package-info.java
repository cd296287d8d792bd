/** Signed statements about what was built, and what they are worth. */
@NullMarked
package io.github.nixmaven.builder.attest;

import org.jspecify.annotations.NullMarked;
