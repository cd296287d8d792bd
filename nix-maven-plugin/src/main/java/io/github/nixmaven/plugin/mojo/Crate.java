package io.github.nixmaven.plugin.mojo;

import org.apache.maven.plugins.annotations.Parameter;

/** A program published on crates.io. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters.
public final class Crate {
  /** The crate's name: {@code <name>ripgrep</name>}. */
  @Parameter(required = true)
  String name;

  /** Its version: {@code <version>14.1.1</version>}. */
  @Parameter(required = true)
  String version;

  /** The SHA-256 digest of its crate file, in hexadecimal. */
  @Parameter(required = true)
  String sha256;
}
