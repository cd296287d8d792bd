package io.github.nixmaven.generator.pin;

import org.jspecify.annotations.Nullable;

/**
 * The identity of one state of a package.
 *
 * @param kind its kind, as in "another checksum": {@code checksum}, {@code commit} or {@code
 *     manifest}
 * @param value a hash in hexadecimal or as SRI
 */
public record Fingerprint(String kind, String value) {
  // A record's own methods are slow before the JIT compiles them.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fingerprint print
        && print.value.equals(value)
        && print.kind.equals(kind);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
