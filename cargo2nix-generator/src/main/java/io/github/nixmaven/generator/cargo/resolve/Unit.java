package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.manifest.Profile;
import io.github.nixmaven.generator.cargo.manifest.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of the compiler or of a build script, as cargo plans it. Two units are equal only when
 * they are one.
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

  /** What a unit does. */
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
   * A unit that another one needs.
   *
   * @param unit the unit
   * @param externCrateName the name the other one knows it by
   * @param development whether it is needed as a development dependency only
   */
  public record Dependency(Unit unit, String externCrateName, boolean development) {}

  /** The package. */
  public PackageGraph.Node node() {
    return node;
  }

  /** What is built. */
  public Target target() {
    return target;
  }

  /** The settings. */
  public Profile profile() {
    return profile;
  }

  /** The target it is compiled for where the user named one; null means the host. */
  public @Nullable String platform() {
    return platform;
  }

  /** What is done. */
  public Mode mode() {
    return mode;
  }

  /** The package's features that are on, sorted. */
  public List<String> features() {
    return features;
  }

  /** What must be there first. */
  public List<Dependency> dependencies() {
    return dependencies;
  }

  @Override
  public String toString() {
    return node + " " + target.kind() + " " + target.name() + " " + mode;
  }
}
