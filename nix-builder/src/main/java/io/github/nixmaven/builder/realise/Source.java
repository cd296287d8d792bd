package io.github.nixmaven.builder.realise;

import org.jspecify.annotations.Nullable;

/**
 * The source that a derivation fetches, from the evaluation.
 *
 * @param ecosystem the ecosystem that it belongs to
 * @param kind how it is fetched
 * @param packageName the package whose file it is, or null
 * @param version the package's version, or null likewise
 * @param url the repository's address, or null for a file
 * @param rev the commit, or null likewise
 */
public record Source(
    String ecosystem,
    Kind kind,
    @Nullable String packageName,
    @Nullable String version,
    @Nullable String url,
    @Nullable String rev) {
  /** How a source is fetched. */
  public enum Kind {
    /** One file, by its hash. */
    FILE,
    /** The files of a commit. */
    REPOSITORY
  }
}
