/** What all ecosystems share: locks become generated files, which pin every package. */
@org.jspecify.annotations.NullMarked
package io.github.nixmaven.generator.pin;
