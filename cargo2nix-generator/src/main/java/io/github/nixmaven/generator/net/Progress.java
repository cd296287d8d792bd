package io.github.nixmaven.generator.net;

/** Is told about the progress of long work. Called from several threads at once. */
@FunctionalInterface
public interface Progress {
  /** Ignores progress. */
  Progress NONE = (what, done, total) -> {};

  /**
   * One more part is done.
   *
   * @param what the part, as a user would name it
   * @param done how many parts are done
   * @param total how many there are
   */
  void step(String what, int done, int total);
}
