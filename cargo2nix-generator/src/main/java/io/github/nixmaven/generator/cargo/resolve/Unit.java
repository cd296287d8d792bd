package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.manifest.Profile;
import io.github.nixmaven.generator.cargo.manifest.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of the compiler or of a build script, as cargo plans it. Two units are equal only if they
 * are the same object.
 */
public final class Unit {
  private final PackageGraph.Node node;
  private final Target target;
  private final Profile profile;
  private final @Nullable String platform;
  private final Mode mode;
  private final List<String> features;
  private final List<Dependency> dependencies;

  Unit(
      PackageGraph.Node node,
      Target target,
      Profile profile,
      @Nullable String platform,
      Mode mode,
      List<String> features,
      List<Dependency> dependencies) {
    this.node = node;
    this.target = target;
    this.profile = profile;
    this.platform = platform;
    this.mode = mode;
    this.features = features;
    this.dependencies = dependencies;
  }

  /** The work of a unit. */
  public enum Mode {
    /** Compiles a test, or a target with its unit tests: rustc's {@code --test}. */
    TEST,
    /** Compiles. */
    BUILD,
    /** Compiles and runs the examples in a library's documentation. */
    DOCTEST,
    /** Runs a build script. */
    RUN_CUSTOM_BUILD;

    boolean isTest() {
      return this == TEST || this == DOCTEST;
    }
  }

  /**
   * A dependency of a unit.
   *
   * @param unit the unit
   * @param externCrateName its name in the other unit's code
   * @param development whether it is needed as a development dependency only
   */
  public record Dependency(Unit unit, String externCrateName, boolean development) {}

  /** The package. */
  public PackageGraph.Node node() {
    return node;
  }

  /** The target that is built. */
  public Target target() {
    return target;
  }

  /** The profile. */
  public Profile profile() {
    return profile;
  }

  /** The platform it is compiled for if the user named one; null means the host. */
  public @Nullable String platform() {
    return platform;
  }

  /** The work. */
  public Mode mode() {
    return mode;
  }

  /** The package's active features, sorted. */
  public List<String> features() {
    return features;
  }

  /** The units that must be finished first. */
  public List<Dependency> dependencies() {
    return dependencies;
  }

  @Override
  public String toString() {
    return node + " " + target.kind() + " " + target.name() + " " + mode;
  }
}
