package io.github.nixmaven.generator.api;

import java.nio.file.Path;

/** Where caches are, after the XDG Base Directory Specification and the Cargo Book. */
final class Caches {
  private Caches() {}

  /** Our own cache of crate files and facts. */
  static Path own() {
    return folder("XDG_CACHE_HOME", ".cache").resolve("nix-maven");
  }

  /** Cargo's home. */
  static Path cargoHome() {
    return folder("CARGO_HOME", ".cargo");
  }

  private static Path folder(String variable, String below) {
    String value = System.getenv(variable);
    return value == null || value.isEmpty()
        ? Path.of(System.getProperty("user.home"), below)
        : Path.of(value);
  }
}
