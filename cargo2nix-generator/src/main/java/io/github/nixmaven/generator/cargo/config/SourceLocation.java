package io.github.nixmaven.generator.cargo.config;

import io.github.nixmaven.generator.cargo.lock.SourceId;
import java.nio.file.Path;

/** Where the packages of a source are to be had (the Cargo Book, "Source Replacement"). */
public sealed interface SourceLocation {
  /**
   * A registry or a repository.
   *
   * @param source the source itself, or the one that stands in for it
   */
  record Remote(SourceId source) implements SourceLocation {}

  /**
   * A folder with one unpacked package in each of its folders, as {@code cargo vendor} makes it.
   *
   * @param folder an absolute path
   */
  record Directory(Path folder) implements SourceLocation {}

  /**
   * A folder with crate files and an index of them, as {@code cargo local-registry} makes it.
   *
   * @param folder an absolute path
   */
  record LocalRegistry(Path folder) implements SourceLocation {}
}
