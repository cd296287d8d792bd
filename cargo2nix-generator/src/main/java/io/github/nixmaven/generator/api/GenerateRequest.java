package io.github.nixmaven.generator.api;

import java.nio.file.Path;

/**
 * What to generate from what.
 *
 * @param manifest the Cargo.toml of a package or a workspace
 * @param output the file to write, usually {@code Cargo.nix} beside the lock
 * @param target the rustc target to generate for
 * @param offline whether crates that no cache holds are an error instead of fetched
 * @param listener hears of progress
 */
public record GenerateRequest(
    Path manifest, Path output, String target, boolean offline, GenerateListener listener) {
  /** The target that is generated for by default. */
  public static final String DEFAULT_TARGET = "x86_64-unknown-linux-gnu";

  /** A request with the defaults: online, silent, for x86-64 Linux. */
  public static GenerateRequest of(Path manifest, Path output) {
    return new GenerateRequest(manifest, output, DEFAULT_TARGET, false, (crate, done, total) -> {});
  }

  /** The same for another rustc target, such as {@code aarch64-unknown-linux-gnu}. */
  public GenerateRequest withTarget(String newTarget) {
    return new GenerateRequest(manifest, output, newTarget, offline, listener);
  }

  /** The same, with or without fetching. */
  public GenerateRequest withOffline(boolean newOffline) {
    return new GenerateRequest(manifest, output, target, newOffline, listener);
  }

  /** The same with somebody listening. */
  public GenerateRequest withListener(GenerateListener newListener) {
    return new GenerateRequest(manifest, output, target, offline, newListener);
  }
}
