package io.github.nixmaven.generator.pin;

import java.io.IOException;
import java.nio.file.Path;

/** What to generate from a lock, with the options of its ecosystem. */
public interface LockRequest {
  /** The ecosystem that the lock is of. */
  Ecosystem ecosystem();

  /** The file to write. */
  Path output();

  /**
   * Reads the project and its lock. Reads this disk only.
   *
   * @param output the file to write, absolute and normalised
   * @throws io.github.nixmaven.generator.text.InputException when one of its files or the request
   *     is not what it should be
   */
  Project read(Path output, Context context) throws IOException, InterruptedException;
}
