package io.github.nixmaven.builder.cache;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where files of a binary cache go. For several threads. */
interface BinaryCache {
  /** The directory for files before they are put into the cache; it need not exist. */
  Path staging();

  /**
   * The contents of a small file, or null if it does not exist.
   *
   * @param name the file's name, relative to the cache
   */
  @Nullable String read(String name) throws IOException, InterruptedException;

  /**
   * Puts a file, whole or not at all.
   *
   * @param file a file in {@link #staging}; need not be there afterwards
   * @param name what it is called in the cache
   */
  void put(Path file, String name) throws IOException, InterruptedException;
}
