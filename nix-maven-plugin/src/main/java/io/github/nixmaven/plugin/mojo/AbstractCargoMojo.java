package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.generator.api.GenerateRequest;
import java.io.File;
import java.util.List;
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

  /**
   * The rustc triples of the machines that build. Build scripts and procedural macros run there, so
   * what they need may differ between hosts.
   *
   * <pre>{@code
   * <hosts>
   *   <host>x86_64-unknown-linux-gnu</host>
   *   <host>aarch64-apple-darwin</host>
   * </hosts>
   * }</pre>
   *
   * <p>Default: {@code x86_64-unknown-linux-gnu}, the host that {@code nix:build} has a toolchain
   * for.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.HOSTS, defaultValue = GenerateRequest.DEFAULT_TARGET)
  List<String> hosts;

  /**
   * The rustc triples to generate for, as {@code rustc --print target-list} names them. One file
   * holds them all, and grows by their differences only.
   *
   * <pre>{@code
   * <targets>
   *   <target>x86_64-unknown-linux-gnu</target>
   *   <target>wasm32-unknown-unknown</target>
   * </targets>
   * }</pre>
   *
   * <p>Default: {@code x86_64-unknown-linux-gnu}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.TARGETS, defaultValue = GenerateRequest.DEFAULT_TARGET)
  List<String> targets;

  /**
   * The features to generate for: {@code default}, {@code no-default}, {@code all}, or features
   * joined by commas, of which each member takes those it has. {@code Cargo.nix} chooses among them
   * by {@code rootFeatures}.
   *
   * <pre>{@code
   * <selections>
   *   <selection>default</selection>
   *   <selection>default,tls</selection>
   * </selections>
   * }</pre>
   *
   * <p>Default: {@code default}, as {@code cargo build} without options. On the command line only
   * selections of one feature can be told apart: {@code -Dnix.selections=default,all} are two.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SELECTIONS, defaultValue = GenerateRequest.DEFAULT_SELECTION)
  List<String> selections;

  /**
   * Whether what tests, examples and benchmarks of members need is generated, too. {@code nix:test}
   * needs it.
   *
   * <p>Default: {@code true}. {@code false} makes the file smaller where members have many
   * development dependencies and nobody runs their tests here.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.TESTS, defaultValue = "true")
  boolean tests = true;

  AbstractCargoMojo(MavenSession session) {
    super(session);
  }

  GenerateRequest request() {
    return GenerateRequest.of(cargoManifest.toPath(), cargoNix.toPath())
        .withHosts(hosts)
        .withTargets(targets)
        .withSelections(selections)
        .withTests(tests)
        .withOffline(session.isOffline());
  }
}
