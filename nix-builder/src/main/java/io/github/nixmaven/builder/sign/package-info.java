/** Keys, and the forms of signatures that Nix, in-toto and other consumers read. */
@NullMarked
package io.github.nixmaven.builder.sign;

import org.jspecify.annotations.NullMarked;
