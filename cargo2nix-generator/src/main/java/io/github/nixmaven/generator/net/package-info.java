/** Fetching files whose digest is known beforehand. */
@NullMarked
package io.github.nixmaven.generator.net;

import org.jspecify.annotations.NullMarked;
