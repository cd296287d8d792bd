package io.github.nixmaven.generator.cargo.config;

import io.github.nixmaven.generator.cargo.lock.SourceId;
import java.nio.file.Path;

/** The place of a source's packages (the Cargo Book, "Source Replacement"). */
public sealed interface SourceLocation {
  /**
   * A registry or a repository.
   *
   * @param source the source itself, or the one that replaces it
   */
  record Remote(SourceId source) implements SourceLocation {}

  /**
   * A directory with one unpacked package in each of its directories, as {@code cargo vendor} makes
   * it.
   *
   * @param folder an absolute path
   */
  record Directory(Path folder) implements SourceLocation {}

  /**
   * A directory with crate files and an index of them, as {@code cargo local-registry} makes it.
   *
   * @param folder an absolute path
   */
  record LocalRegistry(Path folder) implements SourceLocation {}
}
