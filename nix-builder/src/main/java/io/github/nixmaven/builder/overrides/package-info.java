/** The override table: what crates need beyond the compiler. */
@NullMarked
package io.github.nixmaven.builder.overrides;

import org.jspecify.annotations.NullMarked;
