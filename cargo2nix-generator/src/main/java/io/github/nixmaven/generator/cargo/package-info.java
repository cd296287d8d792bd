/** Everything about cargo: a workspace, its lock and the crates it pins. */
@NullMarked
package io.github.nixmaven.generator.cargo;

import org.jspecify.annotations.NullMarked;
