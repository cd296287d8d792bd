/** Binary caches: what was built, for others to take. */
@NullMarked
package io.github.nixmaven.plugin.cache;

import org.jspecify.annotations.NullMarked;
