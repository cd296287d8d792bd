package io.github.nixmaven.generator.api;

import java.nio.file.Path;
import java.util.List;

/**
 * What to generate from what.
 *
 * <p>The file holds the answer for every host with every target and every selection.
 *
 * @param manifest the Cargo.toml of a package or a workspace
 * @param output the file to write, usually {@code Cargo.nix} beside the lock
 * @param hosts rustc triples of the machines that build, at least one; build scripts and procedural
 *     macros run there
 * @param targets rustc triples of what is built for, at least one; a target that is the host is
 *     built as by cargo without {@code --target}
 * @param selections the features that are built, at least one: {@code default}, {@code no-default},
 *     {@code all}, or features joined by commas such as {@code default,tls}
 * @param tests whether members can be tested, not only built
 * @param offline whether crates that no cache holds are an error instead of fetched
 * @param listener hears of progress
 */
public record GenerateRequest(
    Path manifest,
    Path output,
    List<String> hosts,
    List<String> targets,
    List<String> selections,
    boolean tests,
    boolean offline,
    GenerateListener listener) {
  /** The host and the target that are generated for by default. */
  public static final String DEFAULT_TARGET = "x86_64-unknown-linux-gnu";

  /** The features that are built by default. */
  public static final String DEFAULT_SELECTION = "default";

  /** A request is immutable. */
  public GenerateRequest {
    hosts = List.copyOf(hosts);
    targets = List.copyOf(targets);
    selections = List.copyOf(selections);
  }

  /**
   * A request with the defaults: with tests, online, silent, default features on and for x86-64
   * Linux.
   */
  public static GenerateRequest of(Path manifest, Path output) {
    return new GenerateRequest(
        manifest,
        output,
        List.of(DEFAULT_TARGET),
        List.of(DEFAULT_TARGET),
        List.of(DEFAULT_SELECTION),
        true,
        false,
        (crate, done, total) -> {});
  }

  /** The same for builds on other machines, such as {@code aarch64-apple-darwin}. */
  public GenerateRequest withHosts(List<String> newHosts) {
    return new GenerateRequest(
        manifest, output, newHosts, targets, selections, tests, offline, listener);
  }

  /** The same for other rustc targets, such as {@code wasm32-unknown-unknown}. */
  public GenerateRequest withTargets(List<String> newTargets) {
    return new GenerateRequest(
        manifest, output, hosts, newTargets, selections, tests, offline, listener);
  }

  /** The same with other features. */
  public GenerateRequest withSelections(List<String> newSelections) {
    return new GenerateRequest(
        manifest, output, hosts, targets, newSelections, tests, offline, listener);
  }

  /** The same, with or without tests. */
  public GenerateRequest withTests(boolean newTests) {
    return new GenerateRequest(
        manifest, output, hosts, targets, selections, newTests, offline, listener);
  }

  /** The same, with or without fetching. */
  public GenerateRequest withOffline(boolean newOffline) {
    return new GenerateRequest(
        manifest, output, hosts, targets, selections, tests, newOffline, listener);
  }

  /** The same with somebody listening. */
  public GenerateRequest withListener(GenerateListener newListener) {
    return new GenerateRequest(
        manifest, output, hosts, targets, selections, tests, offline, newListener);
  }
}
