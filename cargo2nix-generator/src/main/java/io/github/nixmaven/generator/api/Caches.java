package io.github.nixmaven.generator.api;

import io.github.nixmaven.generator.cargo.config.CargoConfig;
import java.nio.file.Path;

/** Where caches are, after the XDG Base Directory Specification and the Cargo Book. */
public final class Caches {
  private Caches() {}

  /**
   * Our own cache of crate files, facts and toolchains: {@code nix-maven} in the user's cache
   * folder. A relative {@code XDG_CACHE_HOME} is ignored, as the specification wants.
   */
  public static Path own() {
    Path cache = folder("XDG_CACHE_HOME", ".cache");
    return (cache.isAbsolute() ? cache : inHome(".cache")).resolve("nix-maven");
  }

  /** Cargo's home. */
  static Path cargoHome() {
    return CargoConfig.home(System.getenv());
  }

  private static Path folder(String variable, String below) {
    String value = System.getenv(variable);
    return value == null || value.isEmpty() ? inHome(below) : Path.of(value);
  }

  private static Path inHome(String below) {
    return Path.of(System.getProperty("user.home"), below);
  }
}
