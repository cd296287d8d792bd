package io.github.nixmaven.generator.pin;

import io.github.nixmaven.generator.hash.Hash;
import java.nio.file.Path;
import java.util.Optional;

/** The origin of a package's source, and its digest. */
public sealed interface Pin {

  /**
   * A file of a registry, or a copy of one on this disk.
   *
   * @param registry the address of the registry without user and password; absent for the
   *     ecosystem's default one
   * @param hash the digest of the file
   */
  record File(Optional<String> registry, Hash hash) implements Pin {}

  /**
   * A commit of a git repository.
   *
   * @param url the repository's address without user and password
   * @param commit the full commit
   * @param narHash the digest of the NAR of the commit's files with its submodules; absent when
   *     they are in a copy on this disk
   */
  record Commit(String url, String commit, Optional<Hash> narHash) implements Pin {}

  /**
   * A directory of the project.
   *
   * @param path absolute
   */
  record Directory(Path path) implements Pin {}
}
