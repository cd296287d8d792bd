/** Rebuilding and comparing. */
@NullMarked
package io.github.nixmaven.builder.verify;

import org.jspecify.annotations.NullMarked;
