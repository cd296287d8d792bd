package io.github.nixmaven.builder.language;

/** What kind of work a unit is, so that a chart can give each kind its own colour. */
public enum Role {
  /** A package's library. */
  LIBRARY,
  /** A program, or the run of one's tests. */
  PROGRAM,
  /** The compilation of a package's own build script. */
  SCRIPT,
  /** The run of a package's own build script. */
  RUN,
  /** A step after the build. */
  STEP
}
