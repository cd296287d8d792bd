package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.config.CargoConfig;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.Ecosystem;
import io.github.nixmaven.generator.pin.LockRequest;
import io.github.nixmaven.generator.pin.Project;
import io.github.nixmaven.generator.text.AtomicFile;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A request to generate Cargo.nix from a lock.
 *
 * <p>The file describes the builds for every host with every target and every selection.
 *
 * @param manifest the Cargo.toml of a package or a workspace
 * @param output the file to write, usually {@code Cargo.nix} beside the lock
 * @param hosts rustc triples of the build machines, at least one; build scripts and procedural
 *     macros run there
 * @param targets rustc triples of the targets, at least one; a target that is the host is built as
 *     by cargo without {@code --target}
 * @param selections the selections of features, at least one: {@code default}, {@code no-default},
 *     {@code all}, or features joined by commas such as {@code default,tls}
 * @param tests whether members can be tested, not only built
 */
public record CargoRequest(
    Path manifest,
    Path output,
    List<String> hosts,
    List<String> targets,
    List<String> selections,
    boolean tests)
    implements LockRequest {
  /** The default host and the default target. */
  public static final String DEFAULT_TARGET = "x86_64-unknown-linux-gnu";

  /** The default selection of features. */
  public static final String DEFAULT_SELECTION = "default";

  /** A request is immutable. */
  public CargoRequest {
    hosts = List.copyOf(hosts);
    targets = List.copyOf(targets);
    selections = List.copyOf(selections);
  }

  /** A request with the defaults: with tests, default features on and for x86-64 Linux. */
  public static CargoRequest of(Path manifest, Path output) {
    return new CargoRequest(
        manifest,
        output,
        List.of(DEFAULT_TARGET),
        List.of(DEFAULT_TARGET),
        List.of(DEFAULT_SELECTION),
        true);
  }

  /**
   * The targets that cargo builds a project for when none is named: {@code build.target} of the
   * project's configuration and {@code CARGO_BUILD_TARGET}, else {@link #DEFAULT_TARGET}.
   *
   * @param manifest the Cargo.toml of the workspace
   * @param environment the environment variables
   * @throws InputException when cargo would reject the configuration, or has no such target
   */
  public static List<String> defaultTargets(Path manifest, Map<String, String> environment) {
    try {
      CargoConfig config = CargoConfig.load(directory(manifest), environment);
      List<String> configured = config.ownBuildTargets(DEFAULT_TARGET);
      for (String target : configured) {
        try {
          TargetInfo.of(target);
        } catch (InputException e) {
          throw new InputException(config.buildTargetPosition(), e.problem(), e.remedy(), e);
        }
      }
      return configured.isEmpty() ? List.of(DEFAULT_TARGET) : configured;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This request for other hosts, such as {@code aarch64-apple-darwin}. */
  public CargoRequest withHosts(List<String> newHosts) {
    return new CargoRequest(manifest, output, newHosts, targets, selections, tests);
  }

  /** This request for other rustc targets, such as {@code wasm32-unknown-unknown}. */
  public CargoRequest withTargets(List<String> newTargets) {
    return new CargoRequest(manifest, output, hosts, newTargets, selections, tests);
  }

  /** This request with other features. */
  public CargoRequest withSelections(List<String> newSelections) {
    return new CargoRequest(manifest, output, hosts, targets, newSelections, tests);
  }

  /** This request, with or without tests. */
  public CargoRequest withTests(boolean newTests) {
    return new CargoRequest(manifest, output, hosts, targets, selections, newTests);
  }

  @Override
  public Ecosystem ecosystem() {
    return CargoEcosystem.CARGO;
  }

  @Override
  public Path directory() {
    return directory(manifest);
  }

  /** The directory of a manifest, absolute. */
  static Path directory(Path manifest) {
    return Objects.requireNonNull(manifest.toAbsolutePath().normalize().getParent());
  }

  @Override
  public Project read(Path file, Context context) throws IOException {
    CargoProject project = CargoProject.load(manifest, context);
    // What is written to a pipe is taken for the file in its usual place.
    Path directory =
        AtomicFile.isReplaceable(file)
            ? Objects.requireNonNull(file.getParent())
            : project.workspace().directory();
    return new LockedProject(
        project, GenerationMatrix.of(hosts, targets, selections, tests), directory, context);
  }
}
