/** Reading text a user wrote: TOML with positions, and the error that names a place in it. */
@NullMarked
package io.github.nixmaven.generator.text;

import org.jspecify.annotations.NullMarked;
