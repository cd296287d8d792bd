package io.github.nixmaven.builder.verify.inspect;

/**
 * Something in an output that often makes builds differ. By itself no failure: it may be the same
 * in every build.
 *
 * @param kind what it looks like
 * @param file the file below the output, with slashes; empty for the output itself
 * @param offset where in the file, counted from 0
 * @param place the part of the file as for a difference; empty where it has none
 * @param text the text there
 */
public record Note(Kind kind, String file, long offset, String place, String text) {
  /** The subject of a note. */
  public enum Kind {
    /** A time near the one the output was made at. */
    TIME,
    /** The directory that the build ran in. */
    BUILD_PATH,
    /** The name of the machine, or the release of its kernel. */
    HOST
  }
}
