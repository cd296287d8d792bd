package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.manifest.Dependency;
import io.github.nixmaven.generator.cargo.manifest.Profile;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.text.InputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The units that {@code cargo build} would run, as {@code cargo build --unit-graph} prints them
 * (the Cargo Book, "Unstable Features", {@code unit-graph}).
 *
 * @param roots what was asked for
 * @param units all units, each after those it needs
 */
public record UnitGraph(List<Unit> roots, Collection<Unit> units) {

  /**
   * Plans a build.
   *
   * @param resolver the version of the feature resolver: 1, 2 or 3
   * @param target what to build for, or null for the host as cargo does without {@code --target}
   */
  public static UnitGraph plan(
      PackageGraph graph,
      Selection selection,
      int resolver,
      Profiles profiles,
      TargetInfo host,
      @Nullable TargetInfo target) {
    FeatureResolver features =
        new FeatureResolver(
            graph, selection, resolver, host, List.of(target == null ? host : target));
    features.resolve();
    return new Planner(graph, selection, features, profiles, host, target).plan();
  }

  /**
   * Where a unit stands in the graph, which decides profile and features of what it needs.
   *
   * @param host whether it runs while building, so that the build profile holds
   * @param hostFeatures whether the host's features hold
   * @param alwaysUnwind whether {@code panic} is set aside
   */
  private record UnitFor(boolean host, boolean hostFeatures, boolean alwaysUnwind) {
    UnitFor withDependency(Target parent, Target dependency) {
      boolean forHost = dependency.isForHost();
      return new UnitFor(
          host || forHost,
          hostFeatures || parent.isCustomBuild() || dependency.isProcMacro(),
          alwaysUnwind || forHost);
    }

    UnitFor forCustomBuild() {
      return new UnitFor(true, hostFeatures, true);
    }
  }

  /**
   * A unit before sharing.
   *
   * @param kind the target it is compiled for, or null for the host
   */
  private record Draft(
      PackageGraph.Node node,
      Target target,
      Profile profile,
      @Nullable TargetInfo kind,
      Unit.Mode mode,
      List<String> features) {

    /** Equal for units that differ only in whether their debug information may be weakened. */
    Draft settled() {
      return with(profile.withDebuginfo(profile.debuginfo(), false), kind);
    }

    Draft with(Profile other, @Nullable TargetInfo otherKind) {
      return new Draft(node, target, other, otherKind, mode, features);
    }
  }

  private record DraftDependency(Draft unit, UnitFor unitFor, String externCrateName) {}

  /** What makes two units one: the same work on the same inputs. */
  private record Identity(
      Draft draft, @Nullable String platform, List<Unit> dependencies, List<String> externs) {}

  private static final class Planner {
    private final PackageGraph graph;
    private final Selection selection;
    private final FeatureResolver resolved;
    private final Profiles profiles;
    private final TargetInfo host;
    private final TargetInfo target;
    private final boolean shareWithHost;

    private final Map<Draft, Draft> interned = new HashMap<>();
    private final Map<Draft, List<DraftDependency>> drafts = new LinkedHashMap<>();
    private final Map<Draft, Unit> memo = new HashMap<>();
    private final Map<Identity, Unit> units = new LinkedHashMap<>();

    Planner(
        PackageGraph graph,
        Selection selection,
        FeatureResolver resolved,
        Profiles profiles,
        TargetInfo host,
        @Nullable TargetInfo target) {
      this.graph = graph;
      this.selection = selection;
      this.resolved = resolved;
      this.profiles = profiles;
      this.host = host;
      this.target = target == null ? host : target;
      this.shareWithHost = target == null;
    }

    UnitGraph plan() {
      List<Draft> roots = new ArrayList<>();
      for (int member : selection.members()) {
        roots.addAll(roots(graph.nodes().get(member)));
      }
      for (Draft root : roots) {
        addDependencies(root, rootFor(root.target()));
      }
      connectBuildScripts();
      List<Unit> shared = roots.stream().map(root -> share(root, false)).toList();
      return new UnitGraph(shared, Collections.unmodifiableCollection(units.values()));
    }

    private static UnitFor rootFor(Target target) {
      return target.isProcMacro()
          ? new UnitFor(true, true, true)
          : new UnitFor(false, false, false);
    }

    private List<Draft> roots(PackageGraph.Node node) {
      List<Draft> result = new ArrayList<>();
      SortedSet<String> available = availableFeatures(node);
      for (Target candidate : node.manifest().targets()) {
        boolean built = candidate.kind() == Target.Kind.LIB || candidate.kind() == Target.Kind.BIN;
        if (!built || !available.containsAll(candidate.requiredFeatures())) {
          continue;
        }
        // The profile of a root procedural macro is the target's, that of a needed one the host's.
        UnitFor unitFor = new UnitFor(false, candidate.isProcMacro(), candidate.isForHost());
        result.add(
            draft(
                node,
                candidate,
                profile(node, unitFor, target),
                unitFor,
                candidate.isForHost() ? null : target,
                Unit.Mode.BUILD));
      }
      return result;
    }

    /** What {@code required-features} may name: own features, and {@code dependency/feature}. */
    private SortedSet<String> availableFeatures(PackageGraph.Node node) {
      SortedSet<String> result =
          new TreeSet<>(resolved.features(new FeatureResolver.Key(node.index(), false)));
      for (PackageGraph.Edge edge : node.edges()) {
        for (Dependency dependency : edge.dependencies()) {
          for (boolean side : new boolean[] {false, true}) {
            FeatureResolver.Key key = new FeatureResolver.Key(edge.to(), side);
            if (resolved.isResolved(key)) {
              for (String feature : resolved.features(key)) {
                result.add(dependency.nameInToml() + "/" + feature);
              }
            }
          }
        }
      }
      return result;
    }

    private Draft draft(
        PackageGraph.Node node,
        Target what,
        UnitFor unitFor,
        @Nullable TargetInfo kind,
        Unit.Mode mode) {
      Profile profile = profile(node, unitFor, kind == null ? host : kind);
      return draft(node, what, profile, unitFor, kind, mode);
    }

    private Profile profile(PackageGraph.Node node, UnitFor unitFor, TargetInfo compiledFor) {
      return profiles.get(
          node.locked().name(),
          node.locked().version(),
          node.isMember(),
          node.isLocal(),
          unitFor.host(),
          unitFor.alwaysUnwind(),
          compiledFor.triple());
    }

    private Draft draft(
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

    private void addDependencies(Draft unit, UnitFor unitFor) {
      if (drafts.containsKey(unit)) {
        return;
      }
      List<DraftDependency> dependencies =
          unit.mode() == Unit.Mode.RUN_CUSTOM_BUILD
              ? List.of(compiledBuildScript(unit, unitFor))
              : compileDependencies(unit, unitFor);
      drafts.put(unit, new ArrayList<>(dependencies));
      for (DraftDependency dependency : dependencies) {
        addDependencies(dependency.unit(), dependency.unitFor());
      }
    }

    private DraftDependency compiledBuildScript(Draft run, UnitFor unitFor) {
      UnitFor scriptFor = unitFor.forCustomBuild();
      Draft script = draft(run.node(), run.target(), scriptFor, null, Unit.Mode.BUILD);
      return new DraftDependency(script, scriptFor, run.target().crateName());
    }

    private List<DraftDependency> compileDependencies(Draft unit, UnitFor unitFor) {
      List<DraftDependency> result = new ArrayList<>();
      for (PackageGraph.Edge edge : unit.node().edges()) {
        if (edge.dependencies().stream().noneMatch(d -> isUsed(unit, unitFor, d))) {
          continue;
        }
        PackageGraph.Node node = graph.nodes().get(edge.to());
        Optional<Target> library = node.manifest().library();
        if (library.isPresent()) {
          result.add(
              library(
                  unit, unitFor, node, library.get(), externCrateName(unit, edge, library.get())));
        }
      }
      if (unit.target().isCustomBuild()) {
        return result;
      }
      unit.node()
          .manifest()
          .buildScript()
          .ifPresent(script -> result.add(buildScriptRun(unit, unitFor, script)));
      if (unit.target().kind() != Target.Kind.LIB) {
        unit.node()
            .manifest()
            .library()
            .filter(Target::isLinkable)
            .ifPresent(
                own -> result.add(library(unit, unitFor, unit.node(), own, own.crateName())));
      }
      return result;
    }

    private DraftDependency library(
        Draft unit, UnitFor unitFor, PackageGraph.Node node, Target library, String name) {
      UnitFor libraryFor = unitFor.withDependency(unit.target(), library);
      TargetInfo kind = library.isForHost() ? null : unit.kind();
      return new DraftDependency(
          draft(node, library, libraryFor, kind, Unit.Mode.BUILD), libraryFor, name);
    }

    private DraftDependency buildScriptRun(Draft unit, UnitFor unitFor, Target script) {
      UnitFor scriptFor = unitFor.forCustomBuild();
      Draft run =
          draft(
              unit.node(),
              script,
              unit.profile().forRunningBuildScript(),
              scriptFor,
              unit.kind(),
              Unit.Mode.RUN_CUSTOM_BUILD);
      return new DraftDependency(run, scriptFor, script.crateName());
    }

    private boolean isUsed(Draft unit, UnitFor unitFor, Dependency dependency) {
      if (unit.target().isCustomBuild() != (dependency.kind() == Dependency.Kind.BUILD)
          || dependency.kind() == Dependency.Kind.DEVELOPMENT) {
        return false;
      }
      if (dependency.platform() != null
          && !dependency.platform().matches(unit.kind() == null ? host : unit.kind())) {
        return false;
      }
      return !dependency.optional()
          || resolved.isActivated(
              new FeatureResolver.Key(unit.node().index(), unitFor.hostFeatures()),
              dependency.nameInToml());
    }

    private String externCrateName(Draft unit, PackageGraph.Edge edge, Target library) {
      Set<String> names = new HashSet<>();
      for (Dependency dependency : edge.dependencies()) {
        names.add(
            dependency.isRenamed()
                ? dependency.nameInToml().replace('-', '_')
                : library.crateName());
      }
      if (names.size() > 1) {
        throw new InputException(
            edge.dependencies().get(0).position(),
            unit.node()
                + " depends on "
                + graph.nodes().get(edge.to())
                + " under the names "
                + String.join(" and ", new TreeSet<>(names)),
            "Use one name: cargo refuses this too.");
      }
      return names.iterator().next();
    }

    /**
     * A build script sees the {@code links} metadata of the packages its own package depends on, so
     * it runs after their build scripts.
     */
    private void connectBuildScripts() {
      Map<Draft, List<DraftDependency>> added = new LinkedHashMap<>();
      drafts.forEach(
          (parent, dependencies) -> {
            for (DraftDependency run : dependencies) {
              if (run.unit().mode() == Unit.Mode.RUN_CUSTOM_BUILD) {
                added
                    .computeIfAbsent(run.unit(), key -> new ArrayList<>())
                    .addAll(linkedBuildScripts(run.unit(), dependencies));
              }
            }
          });
      added.forEach(
          (run, scripts) -> {
            List<DraftDependency> dependencies = drafts.getOrDefault(run, List.of());
            for (DraftDependency script : scripts) {
              if (dependencies.stream().noneMatch(d -> d.unit().equals(script.unit()))) {
                dependencies.add(script);
              }
            }
          });
    }

    private List<DraftDependency> linkedBuildScripts(Draft run, List<DraftDependency> siblings) {
      List<DraftDependency> result = new ArrayList<>();
      for (DraftDependency sibling : siblings) {
        Draft other = sibling.unit();
        if (!other.node().equals(run.node())
            && other.target().isLinkable()
            && other.node().manifest().links() != null) {
          drafts.getOrDefault(other, List.of()).stream()
              .filter(d -> d.unit().mode() == Unit.Mode.RUN_CUSTOM_BUILD)
              .findFirst()
              .ifPresent(result::add);
        }
      }
      return result;
    }

    /**
     * Finishes a unit. Without {@code --target}, what is built for the target and what is built for
     * the host become one where they are the same.
     */
    private Unit share(Draft draft, boolean forHost) {
      Unit known = memo.get(draft);
      if (known != null) {
        return known;
      }
      List<Unit.Dependency> dependencies = new ArrayList<>();
      for (DraftDependency dependency : drafts.getOrDefault(draft, List.of())) {
        dependencies.add(
            new Unit.Dependency(
                share(dependency.unit(), dependency.unitFor().host()),
                dependency.externCrateName()));
      }
      Profile profile = draft.profile();
      if (profile.stripDeferred()
          && !profile.hasDebuginfo()
          && dependencies.stream().noneMatch(d -> d.unit().profile().hasDebuginfo())) {
        profile = profile.withDebuginfoStripped();
      }
      if (forHost && shareWithHost && profile.debuginfoDeferred()) {
        Profile strong = profile.withDebuginfo(profile.debuginfo(), false);
        profile =
            interned.containsKey(draft.with(strong, target))
                ? strong
                : profile.withDebuginfo("0", false);
      }
      Profile settled = profile.withDebuginfo(profile.debuginfo(), false);
      String platform = draft.kind() == null || shareWithHost ? null : draft.kind().triple();
      Identity identity =
          new Identity(
              draft.with(settled, null),
              platform,
              dependencies.stream().map(Unit.Dependency::unit).toList(),
              dependencies.stream().map(Unit.Dependency::externCrateName).toList());
      Unit unit =
          units.computeIfAbsent(
              identity,
              key ->
                  new Unit(
                      draft.node(),
                      draft.target(),
                      settled,
                      platform,
                      draft.mode(),
                      draft.features(),
                      List.copyOf(dependencies)));
      memo.put(draft, unit);
      return unit;
    }
  }
}
