package io.github.nixmaven.generator.api;

import io.github.nixmaven.generator.hash.Hash;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A package that members are built from, or a member itself.
 *
 * @param key what tells it from the lock's other packages, as in Cargo.nix: its name and version,
 *     and a short source where these are not enough
 * @param source what pins it
 * @param license the licence as its manifest says, usually an SPDX expression
 * @param licenseFile the file with another licence, relative to the package, as its manifest says
 * @param description what its manifest says it is
 * @param member whether it is a member of the workspace
 * @param linked whether its code gets into what is built: false for what only build scripts and
 *     procedural macros need, and for these themselves
 * @param program whether it is a program, and no library
 * @param dependencies the keys of the packages that it is built with
 */
public record BuiltPackage(
    String key,
    String name,
    String version,
    Source source,
    Optional<String> license,
    Optional<String> licenseFile,
    Optional<String> description,
    boolean member,
    boolean linked,
    boolean program,
    Set<String> dependencies) {

  public BuiltPackage {
    dependencies = Set.copyOf(dependencies);
  }

  /** Where a package comes from, and what pins it. */
  public sealed interface Source {}

  /**
   * A registry, also by way of a vendored folder.
   *
   * @param index the address of its index without user and password; absent for crates.io
   * @param hash the digest of the crate file
   */
  public record Registry(Optional<String> index, Hash hash) implements Source {}

  /**
   * A commit of a git repository.
   *
   * @param url the repository's address without user and password
   * @param commit the full commit
   * @param narHash the digest of the NAR of the commit's files with its submodules; absent where
   *     they are in a vendored folder
   */
  public record Git(String url, String commit, Optional<Hash> narHash) implements Source {}

  /**
   * A folder of the project.
   *
   * @param directory absolute
   */
  public record Folder(Path directory) implements Source {}
}
