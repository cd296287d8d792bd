package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.manifest.Profile;
import io.github.nixmaven.generator.cargo.manifest.Target;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A unit before sharing.
 *
 * @param kind the target it is compiled for, or null for the host
 */
record Draft(
    PackageGraph.Node node,
    Target target,
    Profile profile,
    @Nullable TargetInfo kind,
    Unit.Mode mode,
    List<String> features) {
  /**
   * A dependency of a unit.
   *
   * @param unitFor its context in the graph
   * @param externCrateName the name by which code calls it
   */
  record Dependency(Draft unit, UnitFor unitFor, String externCrateName) {}

  /** Equal for units whose profiles differ only in undefined settings. */
  Draft settled() {
    return with(profile.settled(), kind);
  }

  Draft with(Profile other, @Nullable TargetInfo otherKind) {
    return new Draft(node, target, other, otherKind, mode, features);
  }

  // A record's own methods are slow before the JIT compiles them, and these are called often.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Draft draft
        && draft.node.index() == node.index()
        && draft.target.kind() == target.kind()
        && draft.target.name().equals(target.name())
        && draft.mode == mode
        && Objects.equals(draft.kind, kind)
        && draft.profile.equals(profile)
        && draft.features.equals(features);
  }

  /** A package has few units. */
  @Override
  public int hashCode() {
    return 31 * (31 * node.index() + target.name().hashCode()) + mode.name().hashCode();
  }
}
