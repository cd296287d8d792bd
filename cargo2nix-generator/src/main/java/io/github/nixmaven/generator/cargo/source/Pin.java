package io.github.nixmaven.generator.cargo.source;

import java.nio.file.Path;

/** The place of a package's source, and its digest. */
public sealed interface Pin {

  /**
   * A directory on this disk: a path dependency, or a package of a vendored directory.
   *
   * @param directory the package's directory, absolute
   */
  record Folder(Path directory) implements Pin {}

  /**
   * A crate file of a registry.
   *
   * @param registry the registry's name in Cargo.nix; {@code crates-io} is the default one
   * @param url the address of its crate files, with the markers of {@code dl} in a registry's
   *     {@code config.json} (the Cargo Book, "Index Format"): {@code {crate}}, {@code {version}},
   *     {@code {prefix}}, {@code {lowerprefix}}, {@code {sha256-checksum}}
   * @param sha256 the digest of the file in lower-case hexadecimal
   */
  record CrateFile(String registry, String url, String sha256) implements Pin {}

  /**
   * A commit of a git repository.
   *
   * @param url the repository's address
   * @param commit the full commit
   * @param narHash the digest of the tree's NAR with its submodules and without {@code .git}, an
   *     SRI string
   * @param folder the package's directory in it, with {@code /} between names; empty for the root
   */
  record Commit(String url, String commit, String narHash, String folder) implements Pin {}
}
