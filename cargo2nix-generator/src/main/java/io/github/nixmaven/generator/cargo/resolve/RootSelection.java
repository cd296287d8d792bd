package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.NearNames;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Selects the targets of the selected packages that a command line names. */
final class RootSelection {
  private static final List<Target.Kind> ROOT_KINDS =
      List.of(
          Target.Kind.LIB,
          Target.Kind.BIN,
          Target.Kind.TEST,
          Target.Kind.BENCH,
          Target.Kind.EXAMPLE);

  /** Roots in cargo's order: by package, then kind and name of the target, then mode. */
  private static final Comparator<Draft> ROOT_ORDER =
      Comparator.comparing((Draft draft) -> draft.node().locked().name())
          .thenComparing(draft -> draft.node().locked().version())
          .thenComparing(draft -> ROOT_KINDS.indexOf(draft.target().kind()))
          .thenComparing(draft -> draft.target().name())
          .thenComparing(draft -> draft.mode());

  private final PackageGraph graph;
  private final Selection selection;
  private final RequiredFeatures required;
  private final Drafts drafts;
  private final List<TargetInfo> targets;

  RootSelection(
      PackageGraph graph,
      Selection selection,
      RequiredFeatures required,
      Drafts drafts,
      List<TargetInfo> targets) {
    this.graph = graph;
    this.selection = selection;
    this.required = required;
    this.drafts = drafts;
    this.targets = targets;
  }

  List<Draft> roots() {
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

  /** The meaning of {@code --lib}, {@code --bins} and so on. */
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
          "Remove `" + option + "`, or write `src/lib.rs`.");
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
                  ? "The package has no such targets: select another package."
                  : "There are " + String.join(", ", others) + "."));
    }
  }

  /** A named target must be built; other targets are omitted if features are missing. */
  private void requireFeatures(PackageGraph.Node node, Target target) {
    if (!required.areOn(node, target, selection.needsDevelopmentDependencies(), targets)) {
      throw new InputException(
          node.manifest().position(),
          "target `"
              + target.name()
              + "` in package `"
              + node.locked().name()
              + "` requires the features: `"
              + String.join("`, `", target.requiredFeatures())
              + "`",
          "Enable them with `--features " + String.join(",", target.requiredFeatures()) + "`.");
    }
  }

  /** The targets of a command when none are named. */
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
              && !required.areOn(
                  node, target, selection.needsDevelopmentDependencies(), targets))) {
        continue;
      }
      // `cargo test` builds an example without tests to check that it compiles.
      boolean compiledOnly =
          target.kind() == Target.Kind.EXAMPLE
              && !selection.targets().isSpecific()
              && !target.tested();
      // A procedural macro that is a root has the target's profile; one that is a dependency has
      // the host's.
      UnitFor unitFor =
          new UnitFor(false, target.isProcMacro(), target.isForHost() || mode.isTest());
      for (TargetInfo compiledFor : targets) {
        result.add(
            drafts.draft(
                node,
                target,
                drafts.profile(node, unitFor, compiledFor),
                unitFor,
                target.isForHost() ? null : compiledFor,
                compiledOnly && mode == Unit.Mode.TEST ? Unit.Mode.BUILD : mode));
      }
    }
  }
}
