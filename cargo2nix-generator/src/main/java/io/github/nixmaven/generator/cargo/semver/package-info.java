/** Versions and version requirements as cargo's {@code semver} crate reads them. */
@NullMarked
package io.github.nixmaven.generator.cargo.semver;

import org.jspecify.annotations.NullMarked;
