package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.generator.api.GenerateRequest;
import java.io.File;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals share that work on the lock and the manifests. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters.
abstract class AbstractCargoMojo extends AbstractNixMojo {
  /**
   * The {@code Cargo.toml} of the package or workspace. {@code Cargo.lock} is looked for beside it.
   *
   * <pre>{@code
   * <cargoManifest>src/main/rust/Cargo.toml</cargoManifest>
   * }</pre>
   *
   * <p>Default: {@code Cargo.toml} beside the POM, where cargo looks for it too.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.CARGO_MANIFEST, defaultValue = "${basedir}/Cargo.toml")
  File cargoManifest;

  /**
   * The generated file. Commit it together with {@code Cargo.lock}.
   *
   * <pre>{@code
   * <cargoNix>src/main/rust/Cargo.nix</cargoNix>
   * }</pre>
   *
   * <p>Default: {@code Cargo.nix} beside the POM, the name that crate2nix gives it.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.CARGO_NIX, defaultValue = "${basedir}/Cargo.nix")
  File cargoNix;

  AbstractCargoMojo(MavenSession session) {
    super(session);
  }

  GenerateRequest request() {
    return GenerateRequest.of(cargoManifest.toPath(), cargoNix.toPath())
        .withOffline(session.isOffline());
  }
}
