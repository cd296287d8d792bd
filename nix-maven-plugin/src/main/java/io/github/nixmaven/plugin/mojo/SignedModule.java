package io.github.nixmaven.plugin.mojo;

import java.io.File;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A {@code <module>} of {@code nix:sign}. */
public final class SignedModule {
  /** The file. */
  @Parameter(required = true)
  @Nullable File file;

  /** What the manifest calls it; the file's name up to its last period where nothing is given. */
  @Parameter @Nullable String name;

  /** Where whoever reads the manifest finds it; the file's name where nothing is given. */
  @Parameter @Nullable String path;

  /** What it may do there; nothing where nothing is given. */
  @Parameter @Nullable List<String> capabilities;
}
