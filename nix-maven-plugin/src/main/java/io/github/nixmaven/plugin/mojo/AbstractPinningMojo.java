package io.github.nixmaven.plugin.mojo;

import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the goals share that read the lock and the manifests. */
abstract class AbstractPinningMojo extends AbstractLockMojo {
  /**
   * The rustc triples of the building machines. Build scripts and procedural macros run there, so
   * their dependencies may differ between hosts.
   *
   * <pre>{@code
   * <hosts>
   *   <host>x86_64-unknown-linux-gnu</host>
   *   <host>aarch64-apple-darwin</host>
   * </hosts>
   * }</pre>
   *
   * <p>Default: {@code x86_64-unknown-linux-gnu}, the only host for which {@code nix:build} has a
   * toolchain.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.HOSTS)
  @Nullable List<String> hosts;

  /**
   * The rustc triples to generate for, as {@code rustc --print target-list} prints them. One file
   * contains all targets, and each adds only its differences. The list replaces the default:
   * include {@code x86_64-unknown-linux-gnu} to also build for it.
   *
   * <pre>{@code
   * <targets>
   *   <target>x86_64-unknown-linux-gnu</target>
   *   <target>wasm32-unknown-unknown</target>
   * </targets>
   * }</pre>
   *
   * <p>Default: {@code build.target} of cargo's configuration, or {@code CARGO_BUILD_TARGET}; else
   * {@code x86_64-unknown-linux-gnu}.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.TARGETS)
  @Nullable List<String> targets;

  /**
   * The feature selections to generate for: {@code default}, {@code no-default}, {@code all}, or a
   * list of features separated by commas. A member ignores features that it does not have. The
   * argument {@code rootFeatures} of {@code Cargo.nix} chooses one of the selections.
   *
   * <pre>{@code
   * <selections>
   *   <selection>default</selection>
   *   <selection>default,tls</selection>
   * </selections>
   * }</pre>
   *
   * <p>Default: {@code default}, as {@code cargo build} without options. On the command line every
   * comma begins a new selection: {@code -Dnix.selections=default,all} is two.
   *
   * @since 0.1.0
   */
  @Parameter(property = NixProperties.SELECTIONS)
  @Nullable List<String> selections;

  /**
   * Whether to include the dependencies of the members' tests, examples and benchmarks. {@code
   * nix:test} needs them.
   *
   * <p>Default: {@code true}. {@code false} makes the file smaller if members have many development
   * dependencies.
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
}
