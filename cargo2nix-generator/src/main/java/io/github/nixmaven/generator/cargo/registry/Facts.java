package io.github.nixmaven.generator.cargo.registry;

import io.github.nixmaven.generator.text.RecordFile;

/**
 * A kind of cached facts about published crates, and their format.
 *
 * @param <T> the type of the facts
 */
public interface Facts<T> extends RecordFile.Format<T> {
  /** The name of the file in our cache. Change it whenever the format changes. */
  String fileName();

  /**
   * Reads the facts about a crate.
   *
   * @throws io.github.nixmaven.generator.text.InputException when the crate is not valid
   */
  T of(CrateContents contents);
}
