/** Talking to Nix through its command line. */
@NullMarked
package io.github.nixmaven.builder.nix;

import org.jspecify.annotations.NullMarked;
