package io.github.nixmaven.generator.cargo.cfg;

import org.jspecify.annotations.Nullable;

/** What stands behind {@code target.} in a manifest: a target's name or a {@code cfg(…)}. */
public final class Platform {
  private final @Nullable String name;
  private final @Nullable CfgExpr cfg;

  private Platform(@Nullable String name, @Nullable CfgExpr cfg) {
    this.name = name;
    this.cfg = cfg;
  }

  /**
   * Reads a key of the {@code [target]} table.
   *
   * @throws IllegalArgumentException when it is a malformed {@code cfg(…)}
   */
  public static Platform parse(String key) {
    if (key.startsWith("cfg(") && key.endsWith(")")) {
      return new Platform(null, CfgExpr.parse(key.substring(4, key.length() - 1)));
    }
    return new Platform(key, null);
  }

  /** Whether the platform takes in a target. */
  public boolean matches(TargetInfo target) {
    return cfg == null ? target.triple().equals(name) : cfg.matches(target.cfg());
  }
}
