package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.toolchain.Mirrors;
import java.net.URI;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the goals share that need the toolchain. */
abstract class AbstractToolchainMojo extends AbstractOverridesMojo {
  /**
   * The Debian mirror that packages come from.
   *
   * <pre>{@code
   * <mirror>https://mirror.example/debian</mirror>
   * }</pre>
   *
   * <p>Default: Debian's own. Any mirror will do: every file is checked against the lock.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.MIRROR)
  @Nullable URI mirror;

  /**
   * The mirror of Debian's security archive, for suites such as {@code trixie-security}.
   *
   * <p>Default: Debian's own.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SECURITY_MIRROR)
  @Nullable URI securityMirror;

  /**
   * The archive that keeps every package Debian ever had, where packages are looked for that have
   * gone from the mirror.
   *
   * <p>Default: Debian's own.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SNAPSHOT_MIRROR)
  @Nullable URI snapshotMirror;

  AbstractToolchainMojo(MavenSession session) {
    super(session);
  }

  Mirrors mirrors() {
    return new Mirrors(
        mirror == null ? Mirrors.DEBIAN.archive() : mirror,
        securityMirror == null ? Mirrors.DEBIAN.security() : securityMirror,
        snapshotMirror == null ? Mirrors.DEBIAN.snapshot() : snapshotMirror);
  }
}
