/** Rebuilding and comparing. */
@NullMarked
package io.github.nixmaven.plugin.verify;

import org.jspecify.annotations.NullMarked;
