package io.github.nixmaven.generator.pin;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A project and its lock, as they are on this disk. */
public interface Project {
  /** The lock file. */
  Path lock();

  /** The digest of everything that affects the generated file. */
  String inputs();

  /** All packages that the lock and the manifests pin, by key. */
  SortedMap<String, Fingerprint> locked();

  /**
   * The keys of {@link #locked} that are in every file generated from it, as far as this is known
   * without fetching: some packages of a lock may only be built elsewhere.
   */
  Set<String> needed();

  /**
   * What of the user's settings counts, each with where it is set and a digest of its value.
   *
   * @param position the place, or null when there are several
   * @param digest an SRI string
   */
  record Setting(@Nullable Position position, String digest) {}

  /** The user's settings that count, by name. */
  default SortedMap<String, Setting> settings() {
    return new TreeMap<>();
  }

  /**
   * What of the user's settings does not count here although it would for the package manager, each
   * with its place and the reason.
   */
  default List<String> ignored() throws IOException {
    return List.of();
  }

  /** Whether the files that belong beside the generated one are there. */
  boolean hasCompanions();

  /**
   * Verifies that sources on this disk match the lock.
   *
   * @throws InputException when one does not
   */
  void verify() throws IOException, InterruptedException;

  /**
   * The expression for the generated file. Writes its companion files, and fetches missing
   * packages.
   *
   * @throws InputException when a package does not match the lock, or cannot be fetched
   */
  Expression expression() throws IOException, InterruptedException;

  /** Fetches what Nix cannot fetch by itself. */
  void provide() throws IOException, InterruptedException;

  /**
   * The packages for a bill of materials, sorted by key. Tests are not included.
   *
   * @param members the members that are built, by name; empty for all
   * @throws InputException as {@link #expression} does
   */
  List<PinnedPackage> packages(List<String> members) throws IOException, InterruptedException;
}
