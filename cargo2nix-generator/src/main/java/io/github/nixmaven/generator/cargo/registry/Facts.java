package io.github.nixmaven.generator.cargo.registry;

import io.github.nixmaven.generator.text.RecordFile;

/**
 * What is kept of a published crate once it was read, and how it is kept.
 *
 * @param <T> what is kept
 */
public interface Facts<T> extends RecordFile.Format<T> {
  /**
   * The name of the file in our cache. Whenever what is written comes to be something else, so must
   * the name.
   */
  String fileName();

  /**
   * What is to be kept of a crate.
   *
   * @throws io.github.nixmaven.generator.text.InputException when the crate is not what it should
   *     be
   */
  T of(CrateContents contents);
}
