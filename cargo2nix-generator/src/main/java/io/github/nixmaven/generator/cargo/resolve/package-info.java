/** Cargo's feature resolver and unit graph. */
@NullMarked
package io.github.nixmaven.generator.cargo.resolve;

import org.jspecify.annotations.NullMarked;
