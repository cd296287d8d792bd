/** The debian platform: from a signed package index to a pinned sysroot in the Nix store. */
@NullMarked
package io.github.nixmaven.plugin.toolchain;

import org.jspecify.annotations.NullMarked;
