package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.toolchain.Mirrors;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the goals share that start Nix, and so need the toolchain in its store. */
abstract class AbstractEvaluatingMojo extends AbstractMembersMojo {
  /**
   * The Debian mirror to fetch packages from if the toolchain is not in the Nix store yet.
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
   * The mirror of Debian's security archive, for suites such as {@code trixie-security}, used if
   * the toolchain is not in the Nix store yet.
   *
   * <p>Default: Debian's own.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SECURITY_MIRROR)
  @Nullable URI securityMirror;

  /**
   * The archive of all packages Debian ever had. Packages that the mirror no longer has are fetched
   * from it.
   *
   * <p>Default: Debian's own.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SNAPSHOT_MIRROR)
  @Nullable URI snapshotMirror;

  /**
   * The directory of Nix's commands ({@code nix-build}, {@code nix-store}, {@code
   * nix-instantiate}).
   *
   * <pre>{@code
   * <nixDirectory>/nix/var/nix/profiles/default/bin</nixDirectory>
   * }</pre>
   *
   * <p>Default: the commands on the search path. The property's old name, {@code nix.executables},
   * still works.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.NIX_DIRECTORY)
  @Nullable File nixDirectory;

  AbstractEvaluatingMojo(MavenSession session) {
    super(session);
  }

  @Override
  Mirrors mirrors() {
    return mirrors(mirror, securityMirror, snapshotMirror);
  }

  static Mirrors mirrors(@Nullable URI archive, @Nullable URI security, @Nullable URI snapshot) {
    return new Mirrors(
        archive == null ? Mirrors.DEBIAN.archive() : archive,
        security == null ? Mirrors.DEBIAN.security() : security,
        snapshot == null ? Mirrors.DEBIAN.snapshot() : snapshot);
  }

  @Override
  @Nullable Path nixDirectory() {
    if (nixDirectory != null) {
      return nixDirectory.toPath();
    }
    String former = property(NixProperties.EXECUTABLES);
    return former == null ? null : baseDirectory().resolve(former);
  }
}
