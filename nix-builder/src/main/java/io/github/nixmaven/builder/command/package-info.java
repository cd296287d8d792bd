/** Running other programs. */
@NullMarked
package io.github.nixmaven.builder.command;

import org.jspecify.annotations.NullMarked;
