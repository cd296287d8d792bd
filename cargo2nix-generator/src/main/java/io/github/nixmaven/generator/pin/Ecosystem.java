package io.github.nixmaven.generator.pin;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/** A package manager, whose lock files become Nix. */
public interface Ecosystem {
  /** Its name in lower case: the type of its package URLs, and its element in a POM. */
  String id();

  /** What the generated file beside a lock is called. */
  String generatedName();

  /** The lock in a directory; absent where there is none. */
  Optional<Path> lockIn(Path directory);

  /**
   * What to generate from a lock by default.
   *
   * @param lock a lock, or the manifest beside it
   * @param output the file to write
   */
  LockRequest request(Path lock, Path output);

  /**
   * The packages that a generated file pins, by key.
   *
   * @throws io.github.nixmaven.generator.text.InputException where somebody changed the file so
   *     that it cannot be read
   */
  SortedMap<String, Fingerprint> packages(GeneratedFile file);
}
