/** The hermetic build and what it prints. */
@NullMarked
package io.github.nixmaven.builder.realise;

import org.jspecify.annotations.NullMarked;
