package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.manifest.Profile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns drafts into units, one for all drafts that do the same work on the same inputs. */
final class Sharing {
  /** The identity of a unit: the same work on the same inputs. */
  private record Identity(
      Draft draft, @Nullable String platform, List<Unit> dependencies, List<String> externs) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Identity identity
          && identity.draft.equals(draft)
          && Objects.equals(identity.platform, platform)
          && identity.dependencies.equals(dependencies)
          && identity.externs.equals(externs);
    }

    @Override
    public int hashCode() {
      return draft.hashCode();
    }
  }

  private final Drafts drafts;
  private final TargetInfo host;
  private final boolean shareWithHost;
  private final Map<Draft, Unit> memo = new HashMap<>();
  private final Map<Identity, Unit> units = new LinkedHashMap<>();

  /**
   * @param shareWithHost whether packages that host and target both need are built once
   */
  Sharing(Drafts drafts, TargetInfo host, boolean shareWithHost) {
    this.drafts = drafts;
    this.host = host;
    this.shareWithHost = shareWithHost;
  }

  /** All units, in the order in which they were finished. */
  Collection<Unit> units() {
    return Collections.unmodifiableCollection(units.values());
  }

  /**
   * Finishes a unit. Without {@code --target}, equal units for the target and for the host become
   * one.
   */
  Unit share(Draft draft, boolean forHost) {
    Unit known = memo.get(draft);
    if (known != null) {
      return known;
    }
    List<Unit.Dependency> dependencies = new ArrayList<>();
    for (Draft.Dependency dependency : drafts.dependencies(draft)) {
      dependencies.add(
          new Unit.Dependency(
              share(dependency.unit(), dependency.unitFor().host()),
              dependency.externCrateName(),
              drafts.isDevelopment(draft, dependency.unit())));
    }
    Profile profile = draft.profile();
    if (profile.stripDeferred() && !profile.hasDebuginfo() && !haveDebuginfo(dependencies)) {
      profile = profile.withDebuginfoStripped();
    }
    if (forHost && shareWithHost && profile.debuginfoDeferred()) {
      boolean neededByTarget = drafts.hasSettled(draft.with(profile.settled(), host));
      profile = profile.withDebuginfo(neededByTarget ? profile.debuginfo() : "0");
    }
    // Two units whose profiles differ only in undefined settings are one: the first, as cargo
    // prints it.
    Profile first = profile.withDebuginfo(profile.debuginfo());
    String platform = draft.kind() == null || shareWithHost ? null : draft.kind().triple();
    Identity identity =
        new Identity(
            draft.with(profile.settled(), null),
            platform,
            units(dependencies),
            externCrateNames(dependencies));
    Unit unit =
        units.computeIfAbsent(
            identity,
            key ->
                new Unit(
                    draft.node(),
                    draft.target(),
                    first,
                    platform,
                    draft.mode(),
                    draft.features(),
                    List.copyOf(dependencies)));
    memo.put(draft, unit);
    return unit;
  }

  private static boolean haveDebuginfo(List<Unit.Dependency> dependencies) {
    for (Unit.Dependency dependency : dependencies) {
      if (dependency.unit().profile().hasDebuginfo()) {
        return true;
      }
    }
    return false;
  }

  private static List<Unit> units(List<Unit.Dependency> dependencies) {
    List<Unit> result = new ArrayList<>(dependencies.size());
    dependencies.forEach(dependency -> result.add(dependency.unit()));
    return result;
  }

  private static List<String> externCrateNames(List<Unit.Dependency> dependencies) {
    List<String> result = new ArrayList<>(dependencies.size());
    dependencies.forEach(dependency -> result.add(dependency.externCrateName()));
    return result;
  }
}
