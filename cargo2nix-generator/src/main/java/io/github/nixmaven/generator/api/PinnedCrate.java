package io.github.nixmaven.generator.api;

import io.github.nixmaven.generator.cargo.emit.GeneratedCrates;
import io.github.nixmaven.generator.cargo.semver.Version;
import io.github.nixmaven.generator.cargo.semver.VersionReq;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A crate that a Cargo.nix pins.
 *
 * @param key what tells it from the file's other crates: its name and version, and a short source
 *     where these are not enough
 * @param source where its source comes from: {@code registry}, also by way of a vendored folder,
 *     {@code git}, or {@code path}
 * @param license the licence as its manifest says, usually an SPDX expression
 * @param links the native library that it links, as its manifest says
 * @param features the sets of features that it is built with; each holds for some member, target or
 *     role of what the file was generated for
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
   * The crates of a Cargo.nix, sorted by key. Reads this disk only.
   *
   * @return nothing for a file that is not ours, such as crate2nix's
   */
  public static List<PinnedCrate> of(Path cargoNix) throws IOException {
    return GeneratedCrates.read(cargoNix).stream()
        .map(
            crate ->
                new PinnedCrate(
                    crate.key(),
                    crate.name(),
                    crate.version(),
                    crate.source(),
                    crate.license(),
                    crate.links(),
                    crate.features()))
        .toList();
  }

  /**
   * Whether the crate's version satisfies a requirement in cargo's syntax. A pre-release counts as
   * the version it comes before.
   *
   * @throws IllegalArgumentException when the text is no requirement
   */
  public boolean satisfies(String requirement) {
    Version own = Version.parse(version);
    return VersionReq.parse(requirement)
        .matches(new Version(own.major(), own.minor(), own.patch(), "", ""));
  }
}
