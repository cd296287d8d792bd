/** Files that locks pin, verified, from wherever they are nearest. */
@NullMarked
package io.github.nixmaven.generator.files;

import org.jspecify.annotations.NullMarked;
