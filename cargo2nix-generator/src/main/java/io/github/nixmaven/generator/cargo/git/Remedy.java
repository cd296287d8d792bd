package io.github.nixmaven.generator.cargo.git;

/** What to do about a repository, wherever the trouble shows. */
final class Remedy {
  /** What is wrong is in the commit itself. */
  static final String BROKEN =
      "Take another commit of the repository with `cargo update -p PACKAGE --precise COMMIT`, or"
          + " vendor the package and point to it with `[patch]`.";

  private Remedy() {}
}
