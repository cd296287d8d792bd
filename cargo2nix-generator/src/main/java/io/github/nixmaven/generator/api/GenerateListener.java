package io.github.nixmaven.generator.api;

/** Hears how generation goes on. Called from several threads at once. */
@FunctionalInterface
public interface GenerateListener {
  /**
   * One more crate is there.
   *
   * @param crate its name and version
   * @param done how many are there
   * @param total how many are needed
   */
  void crateRead(String crate, int done, int total);
}
