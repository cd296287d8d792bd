package io.github.nixmaven.generator.cargo.cfg;

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

  // A record's own hash is slow where nothing is compiled yet.
  @Override
  public int hashCode() {
    return 31 * key.hashCode() + (value == null ? 0 : value.hashCode());
  }
}
