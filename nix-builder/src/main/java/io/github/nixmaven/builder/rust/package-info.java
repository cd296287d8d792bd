/** Rust, whose packages are cargo's crates. */
@org.jspecify.annotations.NullMarked
package io.github.nixmaven.builder.rust;
