/** Binary caches: what was built, for others to take. */
@NullMarked
package io.github.nixmaven.builder.cache;

import org.jspecify.annotations.NullMarked;
