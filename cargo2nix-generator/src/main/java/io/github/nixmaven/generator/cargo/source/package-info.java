/** The pins of packages' sources, and where Nix gets them. */
@NullMarked
package io.github.nixmaven.generator.cargo.source;

import org.jspecify.annotations.NullMarked;
