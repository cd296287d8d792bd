package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.plugin.toolchain.Mirrors;
import java.io.File;
import java.net.URI;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the goals share that need the toolchain. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters.
abstract class AbstractToolchainMojo extends AbstractNixMojo {
  /**
   * The lock of the toolchain: which Debian packages the compiler and its libraries come from.
   *
   * <pre>{@code
   * <toolchainLock>toolchain/forky.lock.json</toolchainLock>
   * }</pre>
   *
   * <p>Default: {@code nix-toolchain.lock.json} beside the POM. Where no such file is, builds use
   * the lock that comes with the plugin, so that a project needs none before it wants another
   * compiler; {@code nix:toolchain} makes one.
   *
   * @since 0.1.0
   */
  @Parameter(
      property = NixProperties.TOOLCHAIN_LOCK,
      defaultValue = "${basedir}/nix-toolchain.lock.json")
  File toolchainLock;

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
