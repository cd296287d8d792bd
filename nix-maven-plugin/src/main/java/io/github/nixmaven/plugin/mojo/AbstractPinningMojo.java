package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.nio.file.Files;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the goals share that read the lock and the manifests. */
abstract class AbstractPinningMojo extends AbstractLockMojo {
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
  @Parameter(property = NixProperties.HOSTS)
  @Nullable List<String> hosts;

  /**
   * The rustc triples to generate for, as {@code rustc --print target-list} names them. One file
   * holds them all, and grows by their differences only. The list replaces the default: name {@code
   * x86_64-unknown-linux-gnu} as well to go on building for it.
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
  @Parameter(property = NixProperties.TARGETS)
  @Nullable List<String> targets;

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
  @Parameter(property = NixProperties.SELECTIONS)
  @Nullable List<String> selections;

  /**
   * Whether what tests, examples and benchmarks of members need is generated, too. {@code nix:test}
   * needs it.
   *
   * <p>Default: {@code true}. {@code false} makes the file smaller where members have many
   * development dependencies and nobody runs their tests here.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.TESTS)
  @Nullable Boolean tests;

  AbstractPinningMojo(MavenSession session) {
    super(session);
  }

  @Override
  void describe(Cargo cargo) {
    super.describe(cargo);
    cargo.hosts = hosts;
    cargo.targets = targets;
    cargo.selections = selections;
    cargo.tests = tests;
  }

  CargoRequest request(Cargo cargo) {
    if (!Files.exists(cargo.manifest())) {
      throw new InputException(
          Position.of(cargo.manifest()),
          "no such file",
          "Give the manifest of a Rust package or workspace with"
              + " `<cargoManifest>src/main/rust/Cargo.toml</cargoManifest>`. In a module without"
              + " one, set `<nix.skip>true</nix.skip>` in its `<properties>`.");
    }
    return cargo.request();
  }
}
