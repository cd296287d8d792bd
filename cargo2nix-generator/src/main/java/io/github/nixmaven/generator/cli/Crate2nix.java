package io.github.nixmaven.generator.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of {@code crate2nix generate} that have no place here, and what replaces them. */
final class Crate2nix {
  private static final String HASHES =
      "Omit it: hashes come from Cargo.lock, and those of git dependencies from"
          + " crate-hashes.json beside the output.";
  private static final String NIXPKGS =
      "Omit it: pass `pkgs` to Cargo.nix, as in `import ./Cargo.nix { inherit pkgs; }`.";
  private static final String CONFIG =
      "Omit it: add the packages in crate2nix.json to the workspace, and lock them with cargo.";
  private static final String FORMAT = "Omit it: Cargo.nix is a Nix expression.";

  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry("-n", NIXPKGS),
          Map.entry("--nixpkgs-path", NIXPKGS),
          Map.entry("-c", CONFIG),
          Map.entry("--config", CONFIG),
          Map.entry("-h", HASHES + " `--help` prints help."),
          Map.entry("--crate-hashes", HASHES),
          Map.entry("-r", HASHES),
          Map.entry("--registry-hashes", HASHES),
          Map.entry("--no-cargo-lock-checksums", HASHES),
          Map.entry("--dont-read-crate-hashes", HASHES),
          Map.entry("--format", FORMAT));

  private Crate2nix() {}

  /** The replacement, or null when the argument is not an option of crate2nix. */
  static @Nullable String instead(String argument) {
    int equals = argument.indexOf('=');
    return INSTEAD.get(equals < 0 ? argument : argument.substring(0, equals));
  }
}
