package io.github.nixmaven.builder.language;

import org.jspecify.annotations.Nullable;

/**
 * The part of a package that a derivation builds, from the evaluation.
 *
 * @param ecosystem the ecosystem that it belongs to; empty for a derivation of which nothing is
 *     said
 * @param packageName the package's name, or null for what belongs to no single package
 * @param version the package's version, or null likewise
 * @param part what of the package it is, in the ecosystem's words, such as {@code library}; empty
 *     for a derivation of which nothing is said
 * @param kind the kind of target that it belongs to, in the ecosystem's words; null for most parts
 * @param name the name of the target that it belongs to, such as a program's; null for most parts
 * @param script the directory of the output that a package's own build script made, relative to the
 *     output and empty for all of it; null where no script made any of it
 * @param target the platform that it is built for, in the ecosystem's words; null for the machine
 *     that builds
 * @param label what to call it towards a user
 */
public record Unit(
    String ecosystem,
    @Nullable String packageName,
    @Nullable String version,
    String part,
    @Nullable String kind,
    @Nullable String name,
    @Nullable String script,
    @Nullable String target,
    String label) {

  /**
   * A derivation of which nothing is said.
   *
   * @param name what the derivation is called
   */
  public static Unit unnamed(String name) {
    return new Unit("", null, null, "", null, null, null, null, name);
  }

  /** The package's name and version with a space between, or null. */
  public @Nullable String packageId() {
    return packageName == null ? null : packageName + " " + version;
  }

  /** The label, followed by {@code for TARGET} where that is another machine than builds. */
  public String labelWithTarget() {
    return target == null || packageName == null ? label : label + " for " + target;
  }

  /**
   * Whether a package's own build script made a file of the output.
   *
   * @param file its path, relative to the output
   */
  public boolean isByScript(String file) {
    return script != null
        && (script.isEmpty() || file.equals(script) || file.startsWith(script + "/"));
  }
}
