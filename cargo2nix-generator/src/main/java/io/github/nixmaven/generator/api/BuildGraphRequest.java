package io.github.nixmaven.generator.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A build to plan, in the terms of {@code cargo build}.
 *
 * @param manifest the Cargo.toml of a package or a workspace
 * @param packages {@code -p}: members as {@code NAME} or {@code NAME@VERSION}; empty for the
 *     manifest's own package, or for all members where it has none
 * @param workspace {@code --workspace}: all members
 * @param features {@code --features}: {@code FEATURE}, {@code MEMBER/FEATURE} or {@code
 *     DEPENDENCY/FEATURE}
 * @param allFeatures {@code --all-features}
 * @param defaultFeatures false for {@code --no-default-features}
 * @param host the rustc target that build scripts and procedural macros run on
 * @param target {@code --target}, if it is given
 * @param profile {@code --profile}: {@code dev}, {@code release} or another
 * @param offline whether crates that no cache holds are an error instead of fetched
 * @param listener hears of progress
 */
public record BuildGraphRequest(
    Path manifest,
    List<String> packages,
    boolean workspace,
    List<String> features,
    boolean allFeatures,
    boolean defaultFeatures,
    String host,
    Optional<String> target,
    String profile,
    boolean offline,
    GenerateListener listener) {
  public BuildGraphRequest {
    packages = List.copyOf(packages);
    features = List.copyOf(features);
  }
}
