/** The library's public face: JDK types and its own types only. */
@NullMarked
package io.github.nixmaven.generator.api;

import org.jspecify.annotations.NullMarked;
