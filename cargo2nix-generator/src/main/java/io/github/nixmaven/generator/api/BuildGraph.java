package io.github.nixmaven.generator.api;

import io.github.nixmaven.generator.cargo.CargoProject;
import io.github.nixmaven.generator.cargo.CargoSources;
import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.config.Rustflags;
import io.github.nixmaven.generator.cargo.graph.PackageSelection;
import io.github.nixmaven.generator.cargo.graph.Reasons;
import io.github.nixmaven.generator.cargo.graph.UnitGraphJson;
import io.github.nixmaven.generator.cargo.graph.UnitTree;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.Selection;
import io.github.nixmaven.generator.cargo.resolve.TargetFilter;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The build that cargo would make: every run of the compiler and of a build script, with its
 * features, profile and dependencies. It is planned without cargo.
 */
public final class BuildGraph {
  private final PackageGraph packages;
  private final UnitGraph units;
  private final int resolver;
  private final Path cargoHome;

  private BuildGraph(PackageGraph packages, UnitGraph units, int resolver, Path cargoHome) {
    this.packages = packages;
    this.units = units;
    this.resolver = resolver;
    this.cargoHome = cargoHome;
  }

  /**
   * Plans a build.
   *
   * @throws InputException when the lock, a manifest, a crate or the request is not valid, or cargo
   *     would reject the build
   */
  public static BuildGraph plan(BuildGraphRequest request, Context context)
      throws IOException, InterruptedException {
    Selection.Command command =
        switch (request.command()) {
          case BUILD -> Selection.Command.BUILD;
          case TEST -> Selection.Command.TEST;
          case BENCH -> Selection.Command.BENCH;
        };
    CargoProject project = CargoProject.load(request.manifest(), context);
    Rustflags rustflags = project.workspace().config().rustflags();
    List<String> triples =
        request.targets().isEmpty()
            ? project.workspace().config().buildTargets(request.host())
            : request.targets();
    List<TargetInfo> targets = triples.stream().map(rustflags::facts).toList();
    TargetInfo host = rustflags.hostFacts(request.host(), targets.isEmpty());
    Profiles profiles =
        Profiles.of(
            project.workspace(),
            request.profile().isEmpty() ? command.profile() : request.profile());
    PackageGraph graph = project.graph(CargoSources.packages(context), context.progress());
    PackageSelection choice = new PackageSelection(request.packages(), request.workspace());
    Selection selection =
        Selection.of(choice.in(graph, request.manifest()))
            .with(command, filter(request))
            .withFeatures(request.features(), request.allFeatures(), request.defaultFeatures());
    int resolver = project.workspace().resolver();
    return new BuildGraph(
        graph,
        UnitGraph.planFor(graph, selection, resolver, profiles, host, targets),
        resolver,
        CargoSources.home(context));
  }

  private static TargetFilter filter(BuildGraphRequest request) {
    BuildTargets chosen = request.buildTargets();
    if (chosen.documentation()) {
      if (request.command() != BuildGraphRequest.Command.TEST) {
        throw new InputException(
            null, "only `cargo test` has `--doc`", "Choose `test` too, or remove `--doc`.");
      }
      if (chosen.all() || !chosen.kinds().isEmpty() || !chosen.names().isEmpty()) {
        throw new InputException(
            null,
            "can't mix --doc with other target selecting options",
            "Run the documentation tests alone.");
      }
    }
    Map<Target.Kind, List<String>> names = new EnumMap<>(Target.Kind.class);
    chosen.names().forEach((kind, named) -> names.put(Target.Kind.valueOf(kind.name()), named));
    return new TargetFilter(
        chosen.kinds().stream()
            .map(kind -> Target.Kind.valueOf(kind.name()))
            .collect(Collectors.toSet()),
        names,
        chosen.all(),
        chosen.documentation());
  }

  /**
   * Writes the units as {@code cargo build --unit-graph} prints them: one line of JSON in UTF-8,
   * with cargo's field names. Paths of crates that cargo would unpack are those in cargo's home
   * ({@code CARGO_HOME} or {@code ~/.cargo}), whether or not they exist.
   *
   * @param out stays open
   */
  public void writeJson(OutputStream out) throws IOException {
    UnitGraphJson.write(units, cargoHome, out);
  }

  /**
   * Writes the units as a tree for people.
   *
   * @param unicode whether lines may contain more than ASCII
   */
  public void writeTree(boolean unicode, Appendable out) throws IOException {
    UnitTree.write(units, unicode, out);
  }

  /**
   * Writes why a crate or a feature is part of the build: the path from the selection to it,
   * separately for target and host. If it is not part of the build, writes that, and suggestions.
   *
   * @param what {@code CRATE[@VERSION][/FEATURE]}
   * @return whether it is part of the build
   */
  public boolean writeReasons(String what, Appendable out) throws IOException {
    return new Reasons(packages, units, resolver).write(what, out);
  }
}
