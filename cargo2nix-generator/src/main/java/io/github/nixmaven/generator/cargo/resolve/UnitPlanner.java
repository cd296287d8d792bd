package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.manifest.Dependency;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Turns a selection, with its features resolved, into units. */
final class UnitPlanner {
  private final PackageGraph graph;
  private final Selection selection;
  private final FeatureResolver resolved;
  private final LockedDependencies locked;
  private final TargetInfo host;
  private final List<TargetInfo> targets;
  private final boolean shareWithHost;
  private final RequiredFeatures required;
  private final Drafts drafts;

  /**
   * @param targets the targets; empty when no target is named, so that packages that host and
   *     target both need are built once
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
    this.host = host;
    this.targets = targets.isEmpty() ? List.of(host) : targets;
    this.shareWithHost = targets.isEmpty();
    this.required = new RequiredFeatures(graph, resolved, locked, host);
    this.drafts = new Drafts(resolved, profiles, host);
  }

  UnitGraph plan() {
    List<Draft> roots = new RootSelection(graph, selection, required, drafts, targets).roots();
    for (Draft root : roots) {
      addDependencies(root, rootFor(root));
    }
    connectBuildScripts();
    checkLinks();
    if (selection.command() != Selection.Command.TEST_AND_BENCH) {
      roots.forEach(UnitPlanner::checkSourceFile);
    }
    Sharing sharing = new Sharing(drafts, host, shareWithHost);
    Set<Unit> shared = new LinkedHashSet<>();
    for (Draft root : roots) {
      shared.add(sharing.share(root, false));
    }
    return new UnitGraph(List.copyOf(shared), sharing.units(), new Explanation(resolved));
  }

  private void checkLinks() {
    Map<String, PackageGraph.Node> linking = new HashMap<>();
    for (Draft unit : drafts.dependencies().keySet()) {
      String links = unit.node().manifest().links();
      PackageGraph.Node first = links == null ? null : linking.putIfAbsent(links, unit.node());
      if (links != null && first != null && !first.equals(unit.node())) {
        throw LockChecks.twoLink(links, first, unit.node());
      }
    }
  }

  /** Cargo checks only the files of requested targets and leaves the others to rustc. */
  private static void checkSourceFile(Draft root) {
    Path directory = root.node().manifest().directory();
    Path file = directory == null ? null : directory.resolve(root.target().path());
    if (file != null && (!Files.exists(file) || Files.isDirectory(file))) {
      throw new InputException(
          root.node().manifest().position(),
          (Files.exists(file)
                  ? "there is a directory instead of a file for "
                  : "there is no file for ")
              + root.target().kind().name().toLowerCase(Locale.ROOT)
              + " `"
              + root.target().name()
              + "`: "
              + file,
          "Fix its `path`.");
    }
  }

  private UnitFor rootFor(Draft root) {
    boolean test = root.mode().isTest() || selection.command().isTest();
    boolean macro = root.target().isProcMacro();
    return new UnitFor(macro, macro, macro || test);
  }

  private void addDependencies(Draft unit, UnitFor unitFor) {
    if (drafts.dependencies().containsKey(unit)) {
      return;
    }
    List<Draft.Dependency> dependencies =
        unit.mode() == Unit.Mode.RUN_CUSTOM_BUILD
            ? compiledBuildScript(unit, unitFor)
            : compileDependencies(unit, unitFor);
    drafts.dependencies().put(unit, new ArrayList<>(dependencies));
    for (Draft.Dependency dependency : dependencies) {
      addDependencies(dependency.unit(), dependency.unitFor());
    }
  }

  /** Nothing where the configuration says what the build script would. */
  private List<Draft.Dependency> compiledBuildScript(Draft run, UnitFor unitFor) {
    if (isOverridden(run)) {
      return List.of();
    }
    UnitFor scriptFor = unitFor.forCustomBuild();
    Draft script = drafts.draft(run.node(), run.target(), scriptFor, null, Unit.Mode.BUILD);
    return List.of(new Draft.Dependency(script, scriptFor, run.target().crateName()));
  }

  private boolean isOverridden(Draft run) {
    return graph.scriptOutput(run.node(), (run.kind() == null ? host : run.kind()).triple())
        != null;
  }

  private List<Draft.Dependency> compileDependencies(Draft unit, UnitFor unitFor) {
    List<Draft.Dependency> result = new ArrayList<>();
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
      Draft.Dependency dependency =
          library(unit, unitFor, node, library.get(), externCrateName(unit, edge, library.get()));
      result.add(dependency);
      if (onlyDevelopment) {
        drafts.markDevelopment(unit, dependency.unit());
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
            && required.areOn(unit.node(), binary, false, compiledFor)) {
          result.add(
              new Draft.Dependency(
                  drafts.draft(unit.node(), binary, binaryFor, unit.kind(), Unit.Mode.BUILD),
                  binaryFor,
                  binary.crateName()));
        }
      }
    }
    return result;
  }

  private Draft.Dependency library(
      Draft unit, UnitFor unitFor, PackageGraph.Node node, Target library, String name) {
    UnitFor libraryFor = unitFor.withDependency(unit.target(), library);
    TargetInfo kind = library.isForHost() ? null : unit.kind();
    return new Draft.Dependency(
        drafts.draft(node, library, libraryFor, kind, Unit.Mode.BUILD), libraryFor, name);
  }

  private Draft.Dependency buildScriptRun(Draft unit, UnitFor unitFor, Target script) {
    UnitFor scriptFor = unitFor.forCustomBuild();
    Draft run =
        drafts.draft(
            unit.node(),
            script,
            unit.profile().forRunningBuildScript(),
            scriptFor,
            unit.kind(),
            Unit.Mode.RUN_CUSTOM_BUILD);
    return new Draft.Dependency(run, scriptFor, script.crateName());
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
          "Use one name: cargo rejects this too.");
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
    Map<Draft, List<Draft.Dependency>> added = new LinkedHashMap<>();
    drafts
        .dependencies()
        .forEach(
            (parent, dependencies) -> {
              for (Draft.Dependency run : dependencies) {
                if (run.unit().mode() == Unit.Mode.RUN_CUSTOM_BUILD) {
                  added
                      .computeIfAbsent(run.unit(), key -> new ArrayList<>())
                      .addAll(linkedBuildScripts(parent, run.unit(), dependencies));
                }
              }
            });
    added.forEach(
        (run, scripts) -> {
          List<Draft.Dependency> dependencies = drafts.dependencies(run);
          for (Draft.Dependency script : scripts) {
            if (dependencies.stream().noneMatch(d -> d.unit().equals(script.unit()))) {
              dependencies.add(script);
            }
          }
        });
  }

  private List<Draft.Dependency> linkedBuildScripts(
      Draft parent, Draft run, List<Draft.Dependency> siblings) {
    List<Draft.Dependency> result = new ArrayList<>();
    for (Draft.Dependency sibling : siblings) {
      Draft other = sibling.unit();
      if (!other.node().equals(run.node())
          && other.target().isLinkable()
          && other.node().manifest().links() != null
          // Development dependencies may form cycles, but runs of build scripts must not.
          && !drafts.isDevelopment(parent, other)) {
        drafts.dependencies(other).stream()
            .filter(d -> d.unit().mode() == Unit.Mode.RUN_CUSTOM_BUILD)
            .findFirst()
            .ifPresent(result::add);
      }
    }
    return result;
  }
}
