package io.github.nixmaven.generator.pin;

import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** A project and its lock, as they are on this disk. */
public interface Project {
  /** The lock file. */
  Path lock();

  /** The digest of all that decides what is generated. */
  String inputs();

  /** All packages that the lock and the manifests pin, by key. */
  SortedMap<String, Fingerprint> locked();

  /**
   * The keys of {@link #locked} that are in every file generated from it, as far as that is known
   * without fetching: a lock may have packages that are built elsewhere only.
   */
  Set<String> needed();

  /** Whether the files that belong beside the generated one are there. */
  boolean hasCompanions();

  /**
   * Makes sure that sources on this disk are what the lock pins.
   *
   * @throws InputException when one is not
   */
  void verify() throws IOException, InterruptedException;

  /**
   * What to write into the generated file. Writes its companions, and fetches what a cache lacks.
   *
   * @throws InputException when a package is not what the lock says, or is not to be had
   */
  Expression expression() throws IOException, InterruptedException;

  /** Fetches what Nix cannot fetch by itself. */
  void provide() throws IOException, InterruptedException;

  /**
   * The packages that builds are made of, sorted by key: what a bill of materials lists. Tests are
   * not part of it.
   *
   * @param members what is built, by name; empty for all
   * @throws InputException as {@link #expression} does
   */
  List<PinnedPackage> packages(List<String> members) throws IOException, InterruptedException;
}
