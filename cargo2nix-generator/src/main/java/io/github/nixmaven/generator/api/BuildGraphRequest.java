package io.github.nixmaven.generator.api;

import java.nio.file.Path;
import java.util.List;

/**
 * A build to plan, in cargo's terms.
 *
 * @param manifest the Cargo.toml of a package or a workspace
 * @param command cargo's subcommand
 * @param packages {@code -p}: {@code NAME} or {@code NAME@VERSION}; empty for the manifest's own
 *     package, or for the default members when it has none
 * @param workspace {@code --workspace}: all members
 * @param buildTargets which targets of the packages
 * @param features {@code --features}: {@code FEATURE}, {@code MEMBER/FEATURE} or {@code
 *     DEPENDENCY/FEATURE}
 * @param allFeatures {@code --all-features}
 * @param defaultFeatures false for {@code --no-default-features}
 * @param host the rustc target that build scripts and procedural macros run on
 * @param targets {@code --target}; empty for those in cargo's configuration, or else the host
 * @param profile {@code --profile}: {@code dev}, {@code release} or another; the empty string for
 *     the command's default
 */
public record BuildGraphRequest(
    Path manifest,
    Command command,
    List<String> packages,
    boolean workspace,
    BuildTargets buildTargets,
    List<String> features,
    boolean allFeatures,
    boolean defaultFeatures,
    String host,
    List<String> targets,
    String profile) {

  /** Cargo's subcommands. */
  public enum Command {
    /** {@code cargo build}. */
    BUILD,
    /** {@code cargo test}. */
    TEST,
    /** {@code cargo bench}. */
    BENCH
  }

  public BuildGraphRequest {
    packages = List.copyOf(packages);
    features = List.copyOf(features);
    targets = List.copyOf(targets);
  }
}
