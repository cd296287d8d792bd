/** Getting the files of published crates and reading their contents. */
@NullMarked
package io.github.nixmaven.generator.cargo.registry;

import org.jspecify.annotations.NullMarked;
