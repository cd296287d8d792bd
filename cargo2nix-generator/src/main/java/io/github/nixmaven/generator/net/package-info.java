/** Fetching files whose digest is known in advance. */
@NullMarked
package io.github.nixmaven.generator.net;

import org.jspecify.annotations.NullMarked;
