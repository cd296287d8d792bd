package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.manifest.Profile;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.manifest.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All units before sharing, with their dependencies. */
final class Drafts {
  private record Edge(Draft from, Draft to) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Edge edge && edge.from.equals(from) && edge.to.equals(to);
    }

    @Override
    public int hashCode() {
      return 31 * from.hashCode() + to.hashCode();
    }
  }

  private final FeatureResolver resolved;
  private final Profiles profiles;
  private final TargetInfo host;

  private final Map<Draft, Draft> interned = new HashMap<>();
  private final Map<Draft, List<Draft.Dependency>> dependencies = new LinkedHashMap<>();
  private final Set<Edge> developmentEdges = new HashSet<>();

  Drafts(FeatureResolver resolved, Profiles profiles, TargetInfo host) {
    this.resolved = resolved;
    this.profiles = profiles;
    this.host = host;
  }

  /** The dependencies of each unit. */
  Map<Draft, List<Draft.Dependency>> dependencies() {
    return dependencies;
  }

  List<Draft.Dependency> dependencies(Draft unit) {
    return dependencies.getOrDefault(unit, List.of());
  }

  /** Records that only development dependencies lead from one unit to another. */
  void markDevelopment(Draft from, Draft to) {
    developmentEdges.add(new Edge(from, to));
  }

  boolean isDevelopment(Draft from, Draft to) {
    return developmentEdges.contains(new Edge(from, to));
  }

  /**
   * Whether there is a unit that differs from this one only in undefined settings of the profile.
   */
  boolean hasSettled(Draft settled) {
    return interned.containsKey(settled);
  }

  Draft draft(
      PackageGraph.Node node,
      Target what,
      UnitFor unitFor,
      @Nullable TargetInfo kind,
      Unit.Mode mode) {
    Profile profile = profile(node, unitFor, kind == null ? host : kind);
    return draft(node, what, profile, unitFor, kind, mode);
  }

  Profile profile(PackageGraph.Node node, UnitFor unitFor, TargetInfo compiledFor) {
    return profiles.get(
        node.locked().name(),
        node.locked().version(),
        node::source,
        node.isMember(),
        node.isLocal(),
        unitFor.host(),
        unitFor.alwaysUnwind(),
        compiledFor.triple());
  }

  Draft draft(
      PackageGraph.Node node,
      Target what,
      Profile profile,
      UnitFor unitFor,
      @Nullable TargetInfo kind,
      Unit.Mode mode) {
    FeatureResolver.Key key = new FeatureResolver.Key(node.index(), unitFor.hostFeatures());
    Draft draft = new Draft(node, what, profile, kind, mode, List.copyOf(resolved.features(key)));
    Draft known = interned.putIfAbsent(draft.settled(), draft);
    return known == null ? draft : known;
  }
}
