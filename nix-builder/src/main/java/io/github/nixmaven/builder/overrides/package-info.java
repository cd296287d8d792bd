/** The override table: what packages need beyond the compiler. */
@NullMarked
package io.github.nixmaven.builder.overrides;

import org.jspecify.annotations.NullMarked;
