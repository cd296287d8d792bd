/** What files of an output contain, and where they differ. */
@NullMarked
package io.github.nixmaven.builder.verify.inspect;

import org.jspecify.annotations.NullMarked;
