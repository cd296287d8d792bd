/** What pins a package's source, and where Nix gets it. */
@NullMarked
package io.github.nixmaven.generator.cargo.source;

import org.jspecify.annotations.NullMarked;
