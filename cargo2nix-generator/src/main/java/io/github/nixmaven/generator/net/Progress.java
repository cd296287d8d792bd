package io.github.nixmaven.generator.net;

/** Hears how a long piece of work goes on. Called from several threads at once. */
@FunctionalInterface
public interface Progress {
  /** Nobody listens. */
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
