/** The unit graph as people and programs read it. */
@NullMarked
package io.github.nixmaven.generator.cargo.graph;

import org.jspecify.annotations.NullMarked;
