package io.github.nixmaven.generator.pin;

import java.nio.file.Path;
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
}
