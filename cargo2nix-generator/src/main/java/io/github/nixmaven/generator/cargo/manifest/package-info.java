/** Reading Cargo.toml: inheritance, targets, features, profiles. */
@NullMarked
package io.github.nixmaven.generator.cargo.manifest;

import org.jspecify.annotations.NullMarked;
