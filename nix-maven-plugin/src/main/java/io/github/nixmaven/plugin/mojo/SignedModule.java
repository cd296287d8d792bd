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

  /** Its name in the manifest. Default: the file's name without the last extension. */
  @Parameter @Nullable String name;

  /** Its path for the manifest's reader. Default: the file's name. */
  @Parameter @Nullable String path;

  /** Its capabilities. Default: none. */
  @Parameter @Nullable List<String> capabilities;
}
