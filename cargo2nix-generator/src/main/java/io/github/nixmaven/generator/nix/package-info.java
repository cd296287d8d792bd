/** Nix's formats: archives, store paths and the syntax of its language. */
@NullMarked
package io.github.nixmaven.generator.nix;

import org.jspecify.annotations.NullMarked;
