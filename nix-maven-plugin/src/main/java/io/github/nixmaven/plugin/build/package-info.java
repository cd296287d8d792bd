/** The hermetic build and what it prints. */
@NullMarked
package io.github.nixmaven.plugin.build;

import org.jspecify.annotations.NullMarked;
