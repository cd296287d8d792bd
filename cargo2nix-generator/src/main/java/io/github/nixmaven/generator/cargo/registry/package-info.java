/** Getting the bytes of published crates and reading what they hold. */
@NullMarked
package io.github.nixmaven.generator.cargo.registry;

import org.jspecify.annotations.NullMarked;
