/**
 * The common part of all ecosystems: translates locks into generated files, which pin every
 * package.
 */
@org.jspecify.annotations.NullMarked
package io.github.nixmaven.generator.pin;
