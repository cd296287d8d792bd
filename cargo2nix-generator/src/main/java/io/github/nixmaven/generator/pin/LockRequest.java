package io.github.nixmaven.generator.pin;

import java.io.IOException;
import java.nio.file.Path;

/** A request to generate a file from a lock, with the options of its ecosystem. */
public interface LockRequest {
  /** The ecosystem of the lock. */
  Ecosystem ecosystem();

  /** The file to write. */
  Path output();

  /** The directory of the project, absolute: where a user would call the ecosystem's own tool. */
  Path directory();

  /**
   * Reads the project and its lock. Reads only this disk.
   *
   * @param output the file to write, absolute and normalised
   * @throws io.github.nixmaven.generator.text.InputException when one of its files or the request
   *     is not valid
   */
  Project read(Path output, Context context) throws IOException, InterruptedException;
}
