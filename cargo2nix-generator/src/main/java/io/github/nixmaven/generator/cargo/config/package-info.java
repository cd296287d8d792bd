/** Cargo's configuration files (the Cargo Book, "Configuration" and "Source Replacement"). */
@NullMarked
package io.github.nixmaven.generator.cargo.config;

import org.jspecify.annotations.NullMarked;
