/** The library's public API, with types of the JDK and its own types only. */
@NullMarked
package io.github.nixmaven.generator.api;

import org.jspecify.annotations.NullMarked;
