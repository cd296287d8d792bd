package io.github.nixmaven.generator.cargo.cfg;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One fact of a compilation target, as {@code rustc --print cfg} prints it.
 *
 * @param key the name, such as {@code unix} or {@code target_os}
 * @param value the value of a {@code key = "value"} pair, or null for a bare name
 */
public record Cfg(String key, @Nullable String value) {
  @Override
  public String toString() {
    return value == null ? key : key + "=\"" + value + '"';
  }

  // A record's own methods are slow before the JIT compiles them, and these are called often.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Cfg cfg && cfg.key.equals(key) && Objects.equals(cfg.value, value);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + (value == null ? 0 : value.hashCode());
  }
}
