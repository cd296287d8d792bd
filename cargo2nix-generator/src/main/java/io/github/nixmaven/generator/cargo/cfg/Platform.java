package io.github.nixmaven.generator.cargo.cfg;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A key of the table {@code target} in a manifest: a target's name or a {@code cfg(…)}. */
public final class Platform {
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_.-]*");

  private final String text;
  private final @Nullable CfgExpr cfg;

  private Platform(String text, @Nullable CfgExpr cfg) {
    this.text = text;
    this.cfg = cfg;
  }

  /**
   * Reads a key of the {@code [target]} table.
   *
   * @throws IllegalArgumentException when it is a malformed {@code cfg(…)}, or has characters that
   *     a target's name cannot have
   */
  public static Platform parse(String key) {
    if (key.startsWith("cfg(") && key.endsWith(")")) {
      return new Platform(key, CfgExpr.parse(key.substring(4, key.length() - 1)));
    }
    if (!NAME.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "`" + key + "` is neither the name of a target nor a complete `cfg(…)`");
    }
    return new Platform(key, null);
  }

  /** Whether the platform includes a target. */
  public boolean matches(TargetInfo target) {
    return cfg == null ? target.triple().equals(text) : cfg.matches(target.cfg());
  }

  /** The key that was given to {@link #parse}. */
  @Override
  public String toString() {
    return text;
  }
}
