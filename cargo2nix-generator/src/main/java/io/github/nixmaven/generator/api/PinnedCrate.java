package io.github.nixmaven.generator.api;

import io.github.nixmaven.generator.cargo.semver.Version;
import io.github.nixmaven.generator.cargo.semver.VersionReq;
import io.github.nixmaven.generator.nix.NixValue;
import io.github.nixmaven.generator.pin.GeneratedFile;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A crate that a Cargo.nix pins.
 *
 * @param key its unique key in the file: its name and version, and a short source if these are not
 *     enough
 * @param source the kind of its source: {@code registry}, also for a vendored crate, {@code git},
 *     or {@code path}
 * @param license the licence in its manifest, usually an SPDX expression
 * @param links the native library in its manifest
 * @param features the sets of features that it is built with; each applies to some member, target
 *     or role in the file
 */
public record PinnedCrate(
    String key,
    String name,
    String version,
    String source,
    Optional<String> license,
    Optional<String> links,
    Set<Set<String>> features) {

  /**
   * The crates of a Cargo.nix, sorted by key. Reads only this disk.
   *
   * @return nothing for a file that is not ours, such as crate2nix's
   * @throws InputException when the file was edited and cannot be read
   */
  public static List<PinnedCrate> of(Path cargoNix) throws IOException {
    Optional<GeneratedFile> file = GeneratedFile.read(cargoNix);
    if (file.isEmpty()) {
      return List.of();
    }
    Map<String, NixValue> crates = file.get().entries("crates");
    Map<String, Set<Set<String>>> features = features(file.get().entries("nodes"));
    return crates.keySet().stream()
        .sorted()
        .map(
            key ->
                of(
                    key,
                    Objects.requireNonNull(crates.get(key)),
                    features.getOrDefault(key, Set.of())))
        .toList();
  }

  private static PinnedCrate of(String key, NixValue crate, Set<Set<String>> features) {
    boolean folder = crate.string("path").isPresent() && !crate.isTrue("vendored");
    return new PinnedCrate(
        key,
        crate.string("crateName").orElse(""),
        crate.string("version").orElse(""),
        crate.get("git").isPresent() ? "git" : folder ? "path" : "registry",
        crate.string("license"),
        crate.string("links"),
        features);
  }

  /** The sets of features that each crate is built with: those of its nodes under any condition. */
  private static Map<String, Set<Set<String>>> features(Map<String, NixValue> nodes) {
    Map<String, Set<Set<String>>> result = new HashMap<>();
    for (Map.Entry<String, NixValue> entry : nodes.entrySet()) {
      NixValue node = entry.getValue();
      Set<Set<String>> sets =
          result.computeIfAbsent(
              node.string("crate").orElse(entry.getKey()), key -> new LinkedHashSet<>());
      sets.add(features(node.get("features")));
      for (NixValue rule : node.get("otherwise").map(NixValue::list).orElse(List.of())) {
        if (rule.get("features").isPresent()) {
          sets.add(features(rule.get("features")));
        }
      }
    }
    return result;
  }

  private static Set<String> features(Optional<NixValue> list) {
    return list.map(value -> Set.copyOf(value.strings())).orElse(Set.of());
  }

  /**
   * Whether the crate's version satisfies a requirement in cargo's syntax. A pre-release counts as
   * its release.
   *
   * @throws IllegalArgumentException when the text is not a requirement
   */
  public boolean satisfies(String requirement) {
    Version own = Version.parse(version);
    return VersionReq.parse(requirement)
        .matches(new Version(own.major(), own.minor(), own.patch(), "", ""));
  }
}
