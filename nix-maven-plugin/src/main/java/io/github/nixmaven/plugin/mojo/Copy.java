package io.github.nixmaven.plugin.mojo;

import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A file to copy from an output. */
public final class Copy {
  /** The file, relative to the member's output, such as {@code lib/libfoo.so}. */
  @Parameter(required = true)
  @Nullable String from;

  /**
   * Where it goes, relative to the project's output directory: a directory if it ends in a slash,
   * such as {@code native/}.
   */
  @Parameter @Nullable String to;

  /**
   * The rustc triple of the output that has the file. Not needed if only one output has the file.
   */
  @Parameter @Nullable String target;
}
