/** Talking to Nix through its command line. */
@NullMarked
package io.github.nixmaven.plugin.nix;

import org.jspecify.annotations.NullMarked;
