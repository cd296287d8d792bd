/** The unit graph as text for people and as JSON for programs. */
@NullMarked
package io.github.nixmaven.generator.cargo.graph;

import org.jspecify.annotations.NullMarked;
