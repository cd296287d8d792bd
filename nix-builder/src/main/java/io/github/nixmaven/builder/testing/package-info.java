/** Running the tests of workspace members, and telling what came of them. */
@NullMarked
package io.github.nixmaven.builder.testing;

import org.jspecify.annotations.NullMarked;
