/** The debian platform: from a signed package index to a pinned sysroot in the Nix store. */
@NullMarked
package io.github.nixmaven.builder.toolchain;

import org.jspecify.annotations.NullMarked;
