package io.github.nixmaven.generator.pin;

import io.github.nixmaven.generator.hash.Hash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A package manager whose lock files can be translated into Nix. */
public interface Ecosystem {
  /** Its name in lower case: the type of its package URLs, and its element in a POM. */
  String id();

  /** The name of the generated file beside a lock. */
  String generatedName();

  /** The lock in a directory; absent when there is none. */
  Optional<Path> lockIn(Path directory);

  /**
   * The default request for a lock.
   *
   * @param lock a lock, or the manifest beside it
   * @param output the file to write
   */
  LockRequest request(Path lock, Path output);

  /**
   * The packages that a generated file pins, by key.
   *
   * @throws io.github.nixmaven.generator.text.InputException when the file was edited and cannot be
   *     read
   */
  SortedMap<String, Fingerprint> packages(GeneratedFile file);

  /**
   * What a generated file says of its packages, sorted by key.
   *
   * @throws io.github.nixmaven.generator.text.InputException when the file was edited and cannot be
   *     read
   */
  List<ListedPackage> list(GeneratedFile file);

  /**
   * Whether a version satisfies a requirement. A pre-release counts as its release.
   *
   * @param version the version of a package
   * @param requirement a requirement in the ecosystem's syntax
   * @throws IllegalArgumentException when the text is not a requirement
   */
  boolean satisfies(String version, String requirement);

  /**
   * The file of a published package that is in our cache or in the package manager's. It must not
   * be changed.
   *
   * @param name the package's name
   * @param version its version
   * @param hash the digest of the file, which is verified
   */
  Optional<Path> cached(String name, String version, Hash hash, Context context)
      throws IOException, InterruptedException;

  /**
   * Writes the files of a commit, submodules included, as a NAR. They come from our cache, from the
   * package manager's or from the repository itself.
   *
   * @param url the repository's address
   * @param commit the full commit
   * @param nar is not closed
   * @throws io.github.nixmaven.generator.text.InputException when the commit cannot be fetched
   */
  void writeTree(String url, String commit, Context context, OutputStream nar)
      throws IOException, InterruptedException;
}
