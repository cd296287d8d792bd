/** Reading Cargo.lock. */
@NullMarked
package io.github.nixmaven.generator.cargo.lock;

import org.jspecify.annotations.NullMarked;
