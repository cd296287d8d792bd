package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.manifest.Dependency;
import io.github.nixmaven.generator.cargo.manifest.FeatureValue;
import io.github.nixmaven.generator.cargo.manifest.Profile;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.NearNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a selection, with its features resolved, into units. */
final class UnitPlanner {
  private static final List<Target.Kind> ROOT_KINDS =
      List.of(
          Target.Kind.LIB,
          Target.Kind.BIN,
          Target.Kind.TEST,
          Target.Kind.BENCH,
          Target.Kind.EXAMPLE);

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

    /** Equal for units that differ only in what their profiles leave open. */
    Draft settled() {
      return with(profile.settled(), kind);
    }

    Draft with(Profile other, @Nullable TargetInfo otherKind) {
      return new Draft(node, target, other, otherKind, mode, features);
    }

    // A record's own methods are slow where nothing is compiled yet, and these are asked often.

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

  private record DraftDependency(Draft unit, UnitFor unitFor, String externCrateName) {}

  /** Roots in cargo's order: by package, then kind and name of the target, then what is done. */
  private static final Comparator<Draft> ROOT_ORDER =
      Comparator.comparing((Draft draft) -> draft.node().locked().name())
          .thenComparing(draft -> draft.node().locked().version())
          .thenComparing(draft -> ROOT_KINDS.indexOf(draft.target().kind()))
          .thenComparing(draft -> draft.target().name())
          .thenComparing(draft -> draft.mode());

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

  /** What makes two units one: the same work on the same inputs. */
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

  private final PackageGraph graph;
  private final Selection selection;
  private final FeatureResolver resolved;
  private final LockedDependencies locked;
  private final Profiles profiles;
  private final TargetInfo host;
  private final List<TargetInfo> targets;
  private final boolean shareWithHost;

  private final Map<Draft, Draft> interned = new HashMap<>();
  private final Map<Draft, List<DraftDependency>> drafts = new LinkedHashMap<>();
  private final Set<Edge> developmentEdges = new HashSet<>();
  private final Map<Draft, Unit> memo = new HashMap<>();
  private final Map<Identity, Unit> units = new LinkedHashMap<>();

  /**
   * @param targets what is built for; empty where nobody named a target, so that what host and
   *     target both need is built once
   */
  UnitPlanner(
      PackageGraph graph,
      Selection selection,
      FeatureResolver resolved,
      LockedDependencies locked,
      Profiles profiles,
      TargetInfo host,
      List<TargetInfo> targets) {
    this.graph = graph;
    this.selection = selection;
    this.resolved = resolved;
    this.locked = locked;
    this.profiles = profiles;
    this.host = host;
    this.targets = targets.isEmpty() ? List.of(host) : targets;
    this.shareWithHost = targets.isEmpty();
  }

  UnitGraph plan() {
    List<Draft> roots = roots();
    for (Draft root : roots) {
      addDependencies(root, rootFor(root));
    }
    connectBuildScripts();
    checkLinks();
    if (selection.command() != Selection.Command.TEST_AND_BENCH) {
      roots.forEach(UnitPlanner::checkSourceFile);
    }
    Set<Unit> shared = new LinkedHashSet<>();
    for (Draft root : roots) {
      shared.add(share(root, false));
    }
    return new UnitGraph(
        List.copyOf(shared),
        Collections.unmodifiableCollection(units.values()),
        new Explanation(resolved));
  }

  private void checkLinks() {
    Map<String, PackageGraph.Node> linking = new HashMap<>();
    for (Draft unit : drafts.keySet()) {
      String links = unit.node().manifest().links();
      PackageGraph.Node first = links == null ? null : linking.putIfAbsent(links, unit.node());
      if (links != null && first != null && !first.equals(unit.node())) {
        throw LockChecks.twoLink(links, first, unit.node());
      }
    }
  }

  /** Cargo looks for the files of what it was asked for, and leaves the others to rustc. */
  private static void checkSourceFile(Draft root) {
    Path directory = root.node().manifest().directory();
    Path file = directory == null ? null : directory.resolve(root.target().path());
    if (file != null && (!Files.exists(file) || Files.isDirectory(file))) {
      throw new InputException(
          root.node().manifest().position(),
          (Files.exists(file) ? "a folder is where " : "there is no file for ")
              + root.target().kind().name().toLowerCase(Locale.ROOT)
              + " `"
              + root.target().name()
              + (Files.exists(file) ? "` should be: " : "`: ")
              + file,
          "Mend its `path`.");
    }
  }

  private UnitFor rootFor(Draft root) {
    boolean test = root.mode().isTest() || selection.command().isTest();
    boolean macro = root.target().isProcMacro();
    return new UnitFor(macro, macro, macro || test);
  }

  // Which targets are roots: cargo's UnitGenerator.

  private List<Draft> roots() {
    List<PackageGraph.Node> packages =
        selection.members().stream().distinct().map(graph.nodes()::get).toList();
    Set<Draft> result = new LinkedHashSet<>();
    TargetFilter filter = selection.targets();
    Unit.Mode mode = selection.command().isTest() ? Unit.Mode.TEST : Unit.Mode.BUILD;
    if (!filter.isSpecific()) {
      for (PackageGraph.Node node : packages) {
        addRoots(result, node, this::isDefault, mode);
        if (selection.command().hasDocumentationTests()) {
          addRoots(result, node, Target::hasDocumentationTests, Unit.Mode.DOCTEST);
        }
      }
    }
    if (filter.documentation()) {
      requireLibrary(packages, Target::isDocumentationTestable, "--doc");
      packages.forEach(
          node -> addRoots(result, node, Target::isDocumentationTestable, Unit.Mode.DOCTEST));
    }
    if (filter.kinds().contains(Target.Kind.LIB)) {
      requireLibrary(packages, target -> target.kind() == Target.Kind.LIB, "--lib");
    }
    for (Target.Kind kind : ROOT_KINDS) {
      boolean tests = kind == Target.Kind.TEST || kind == Target.Kind.BENCH;
      if (filter.hasAll(kind)) {
        packages.forEach(node -> addRoots(result, node, all(kind), tests ? Unit.Mode.TEST : mode));
      }
      for (String name : filter.named(kind)) {
        addNamed(result, packages, kind, name, tests ? Unit.Mode.TEST : mode);
      }
    }
    return result.stream().sorted(ROOT_ORDER).toList();
  }

  /** What {@code --lib}, {@code --bins} and so on mean. */
  private static Predicate<Target> all(Target.Kind kind) {
    return switch (kind) {
      case TEST -> Target::tested;
      case BENCH -> Target::benched;
      default -> target -> target.kind() == kind;
    };
  }

  private static void requireLibrary(
      List<PackageGraph.Node> packages, Predicate<Target> wanted, String option) {
    if (packages.stream().flatMap(node -> node.manifest().targets().stream()).noneMatch(wanted)) {
      throw new InputException(
          packages.size() == 1 ? packages.get(0).manifest().position() : null,
          "no library targets found in package"
              + (packages.size() == 1 ? " `" : "s: `")
              + packages.stream()
                  .map(node -> node.locked().name())
                  .collect(Collectors.joining("`, `"))
              + "`",
          "Take `" + option + "` out, or write `src/lib.rs`.");
    }
  }

  private void addNamed(
      Set<Draft> result,
      List<PackageGraph.Node> packages,
      Target.Kind kind,
      String name,
      Unit.Mode mode) {
    Predicate<Target> wanted =
        target -> target.kind() == kind && TargetFilter.matches(name, target);
    boolean found = false;
    for (PackageGraph.Node node : packages) {
      for (Target target : node.manifest().targets()) {
        if (wanted.test(target)) {
          found = true;
          requireFeatures(node, target);
        }
      }
      addRoots(result, node, wanted, mode);
    }
    if (!found) {
      List<String> others =
          packages.stream()
              .flatMap(node -> node.manifest().targets().stream())
              .filter(target -> target.kind() == kind)
              .map(Target::name)
              .distinct()
              .toList();
      throw new InputException(
          packages.size() == 1 ? packages.get(0).manifest().position() : null,
          "no "
              + kind.name().toLowerCase(Locale.ROOT)
              + " target "
              + (TargetFilter.isPattern(name) ? "matches pattern" : "named")
              + " `"
              + name
              + "` in "
              + (packages.size() == 1
                  ? "package `" + packages.get(0).locked().name() + "`"
                  : "the selected packages"),
          NearNames.question(
              name,
              others,
              others.isEmpty()
                  ? "There is none at all: select another package."
                  : "There are " + String.join(", ", others) + "."));
    }
  }

  /** A target that is named must be built; others are left out where features are missing. */
  private void requireFeatures(PackageGraph.Node node, Target target) {
    if (!isAvailable(node, target, selection.needsDevelopmentDependencies(), targets)) {
      throw new InputException(
          node.manifest().position(),
          "target `"
              + target.name()
              + "` in package `"
              + node.locked().name()
              + "` requires the features: `"
              + String.join("`, `", target.requiredFeatures())
              + "`",
          "Switch them on with `--features " + String.join(",", target.requiredFeatures()) + "`.");
    }
  }

  /** Which targets a command takes where none are named. */
  private boolean isDefault(Target target) {
    return switch (selection.command()) {
      case BUILD -> target.kind() == Target.Kind.LIB || target.kind() == Target.Kind.BIN;
      case TEST -> target.tested() || target.kind() == Target.Kind.EXAMPLE;
      case BENCH -> target.benched();
      case TEST_AND_BENCH ->
          target.tested()
              || target.kind() == Target.Kind.EXAMPLE
              || (target.kind() == Target.Kind.BENCH && target.benched());
    };
  }

  private void addRoots(
      Set<Draft> result, PackageGraph.Node node, Predicate<Target> filter, Unit.Mode mode) {
    for (Target target : node.manifest().targets()) {
      if (target.isCustomBuild()
          || !filter.test(target)
          || (target.kind() != Target.Kind.LIB
              && !isAvailable(node, target, selection.needsDevelopmentDependencies(), targets))) {
        continue;
      }
      // An example without tests of its own is built by `cargo test`, to see that it compiles.
      boolean compiledOnly =
          target.kind() == Target.Kind.EXAMPLE
              && !selection.targets().isSpecific()
              && !target.tested();
      // The profile of a root procedural macro is the target's, that of a needed one the host's.
      UnitFor unitFor =
          new UnitFor(false, target.isProcMacro(), target.isForHost() || mode.isTest());
      for (TargetInfo compiledFor : targets) {
        result.add(
            draft(
                node,
                target,
                profile(node, unitFor, compiledFor),
                unitFor,
                target.isForHost() ? null : compiledFor,
                compiledOnly && mode == Unit.Mode.TEST ? Unit.Mode.BUILD : mode));
      }
    }
  }

  private boolean isAvailable(
      PackageGraph.Node node, Target target, boolean development, List<TargetInfo> compiledFor) {
    for (String feature : target.requiredFeatures()) {
      FeatureValue value = FeatureValue.parse(feature);
      if (value.weak() || (value.dependency() != null && value.feature() == null)) {
        throw new InputException(
            node.manifest().position(),
            "`"
                + feature
                + "` is not allowed in the required-features of target `"
                + target.name()
                + "`",
            "Write FEATURE or DEPENDENCY/FEATURE.");
      }
    }
    return target.requiredFeatures().isEmpty()
        || availableFeatures(node, development, compiledFor).containsAll(target.requiredFeatures());
  }

  /**
   * What {@code required-features} may name: own features, and {@code dependency/feature} (cargo's
   * {@code resolve_all_features}).
   */
  private SortedSet<String> availableFeatures(
      PackageGraph.Node node, boolean development, List<TargetInfo> compiledFor) {
    SortedSet<String> result =
        new TreeSet<>(resolved.features(new FeatureResolver.Key(node.index(), false)));
    for (PackageGraph.Edge edge : node.edges()) {
      List<Dependency> entries = locked.of(node, edge);
      if (entries.stream().noneMatch(entry -> counts(entry, development, compiledFor))) {
        continue;
      }
      boolean macro = graph.nodes().get(edge.to()).manifest().hasProcMacro();
      for (Dependency entry : entries) {
        FeatureResolver.Key key =
            new FeatureResolver.Key(edge.to(), macro || entry.kind() == Dependency.Kind.BUILD);
        if (resolved.isResolved(key)) {
          for (String feature : resolved.features(key)) {
            result.add(entry.nameInToml() + "/" + feature);
          }
        }
      }
    }
    return result;
  }

  private boolean counts(Dependency entry, boolean development, List<TargetInfo> compiledFor) {
    if (entry.kind() == Dependency.Kind.DEVELOPMENT && !development) {
      return false;
    }
    return entry.platform() == null
        || entry.platform().matches(host)
        || compiledFor.stream().anyMatch(entry.platform()::matches);
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
        node::source,
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
      boolean used = false;
      boolean onlyDevelopment = true;
      for (Dependency entry : edge.dependencies()) {
        if (isUsed(unit, unitFor, entry)) {
          used = true;
          onlyDevelopment &= entry.kind() == Dependency.Kind.DEVELOPMENT;
        }
      }
      PackageGraph.Node node = graph.nodes().get(edge.to());
      Optional<Target> library = node.manifest().library();
      if (!used || library.isEmpty()) {
        continue;
      }
      DraftDependency dependency =
          library(unit, unitFor, node, library.get(), externCrateName(unit, edge, library.get()));
      result.add(dependency);
      if (onlyDevelopment) {
        developmentEdges.add(new Edge(unit, dependency.unit()));
      }
    }
    if (unit.target().isCustomBuild()) {
      return result;
    }
    unit.node()
        .manifest()
        .buildScript()
        .ifPresent(script -> result.add(buildScriptRun(unit, unitFor, script)));
    if (unit.target().kind() == Target.Kind.LIB && unit.mode() != Unit.Mode.DOCTEST) {
      return result;
    }
    unit.node()
        .manifest()
        .library()
        .filter(Target::isLinkable)
        .ifPresent(own -> result.add(library(unit, unitFor, unit.node(), own, own.crateName())));
    boolean runsBinaries =
        unit.target().kind() == Target.Kind.TEST || unit.target().kind() == Target.Kind.BENCH;
    if (runsBinaries && unit.mode() == Unit.Mode.TEST) {
      UnitFor binaryFor = new UnitFor(false, false, false);
      List<TargetInfo> compiledFor = unit.kind() == null ? List.of() : List.of(unit.kind());
      for (Target binary : unit.node().manifest().targets()) {
        if (binary.kind() == Target.Kind.BIN
            && isAvailable(unit.node(), binary, false, compiledFor)) {
          result.add(
              new DraftDependency(
                  draft(unit.node(), binary, binaryFor, unit.kind(), Unit.Mode.BUILD),
                  binaryFor,
                  binary.crateName()));
        }
      }
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
    if (unit.target().isCustomBuild() != (dependency.kind() == Dependency.Kind.BUILD)) {
      return false;
    }
    if (dependency.kind() == Dependency.Kind.DEVELOPMENT
        && unit.target().kind() != Target.Kind.TEST
        && unit.target().kind() != Target.Kind.EXAMPLE
        && !unit.mode().isTest()) {
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
    if (edge.dependencies().size() == 1) {
      return externCrateName(edge.dependencies().get(0), library);
    }
    SortedSet<String> names = externCrateNames(edge.dependencies(), library);
    if (names.size() > 1) {
      names = externCrateNames(locked.of(unit.node(), edge), library);
    }
    if (names.size() > 1) {
      throw new InputException(
          edge.dependencies().get(0).position(),
          unit.node()
              + " depends on "
              + graph.nodes().get(edge.to())
              + " under the names "
              + String.join(" and ", names),
          "Use one name: cargo refuses this too.");
    }
    return names.first();
  }

  private static SortedSet<String> externCrateNames(List<Dependency> entries, Target library) {
    SortedSet<String> names = new TreeSet<>();
    for (Dependency entry : entries) {
      names.add(externCrateName(entry, library));
    }
    return names;
  }

  private static String externCrateName(Dependency entry, Target library) {
    return entry.isRenamed() ? entry.nameInToml().replace('-', '_') : library.crateName();
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
                  .addAll(linkedBuildScripts(parent, run.unit(), dependencies));
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

  private List<DraftDependency> linkedBuildScripts(
      Draft parent, Draft run, List<DraftDependency> siblings) {
    List<DraftDependency> result = new ArrayList<>();
    for (DraftDependency sibling : siblings) {
      Draft other = sibling.unit();
      if (!other.node().equals(run.node())
          && other.target().isLinkable()
          && other.node().manifest().links() != null
          // Development dependencies may form cycles, which runs of build scripts must not.
          && !developmentEdges.contains(new Edge(parent, other))) {
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
              dependency.externCrateName(),
              developmentEdges.contains(new Edge(draft, dependency.unit()))));
    }
    Profile profile = draft.profile();
    if (profile.stripDeferred() && !profile.hasDebuginfo() && !haveDebuginfo(dependencies)) {
      profile = profile.withDebuginfoStripped();
    }
    if (forHost && shareWithHost && profile.debuginfoDeferred()) {
      boolean neededByTarget = interned.containsKey(draft.with(profile.settled(), host));
      profile = profile.withDebuginfo(neededByTarget ? profile.debuginfo() : "0");
    }
    // Two units whose profiles differ in what they leave open are one: the first, as cargo prints
    // it.
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
