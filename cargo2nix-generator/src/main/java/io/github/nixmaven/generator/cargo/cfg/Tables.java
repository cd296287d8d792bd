package io.github.nixmaven.generator.cargo.cfg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The tables of this package, which {@code scripts/refresh-target-cfg} writes. */
final class Tables {
  private Tables() {}

  /** The text of a table. */
  static String text(String name) {
    try (InputStream stream =
        Objects.requireNonNull(Tables.class.getResourceAsStream(name), name)) {
      return new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
