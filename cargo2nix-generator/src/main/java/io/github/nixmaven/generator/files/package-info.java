/** Files that locks pin: found in the nearest place, and verified. */
@NullMarked
package io.github.nixmaven.generator.files;

import org.jspecify.annotations.NullMarked;
