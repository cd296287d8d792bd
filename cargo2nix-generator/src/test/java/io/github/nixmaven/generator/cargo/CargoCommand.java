package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.config.Rustflags;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.Selection;
import io.github.nixmaven.generator.cargo.resolve.TargetFilter;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A command line of cargo's, read as the selection it means. */
public final class CargoCommand {
  private static final TargetInfo HOST = TargetInfo.of("x86_64-unknown-linux-gnu");

  private Selection.Command command = Selection.Command.BUILD;
  private final Set<Target.Kind> kinds = EnumSet.noneOf(Target.Kind.class);
  private final Map<Target.Kind, List<String>> names = new EnumMap<>(Target.Kind.class);
  private boolean allTargets;
  private boolean documentation;
  private final List<String> packages = new ArrayList<>();
  private final List<String> excluded = new ArrayList<>();
  private final List<String> features = new ArrayList<>();
  private final List<TargetInfo> platforms = new ArrayList<>();
  private boolean workspace;
  private boolean allFeatures;
  private boolean defaultFeatures = true;
  private String profile = "";

  private CargoCommand() {}

  /** Reads a command line without {@code cargo} itself. */
  public static CargoCommand parse(List<String> arguments) {
    CargoCommand result = new CargoCommand();
    Iterator<String> rest = arguments.iterator();
    result.command = Selection.Command.valueOf(rest.next().toUpperCase(Locale.ROOT));
    result.profile = result.command.profile();
    while (rest.hasNext()) {
      String argument = rest.next();
      switch (argument) {
        case "-p" -> result.packages.add(rest.next());
        case "--workspace" -> result.workspace = true;
        case "--exclude" -> result.excluded.add(rest.next());
        case "--features" -> result.features.addAll(List.of(rest.next().split(",")));
        case "--all-features" -> result.allFeatures = true;
        case "--no-default-features" -> result.defaultFeatures = false;
        case "--target" -> result.platforms.add(TargetInfo.of(rest.next()));
        case "--release" -> result.profile = "release";
        case "--profile" -> result.profile = rest.next();
        case "--all-targets" -> result.allTargets = true;
        case "--doc" -> result.documentation = true;
        case "--lib" -> result.kinds.add(Target.Kind.LIB);
        case "--bins" -> result.kinds.add(Target.Kind.BIN);
        case "--examples" -> result.kinds.add(Target.Kind.EXAMPLE);
        case "--tests" -> result.kinds.add(Target.Kind.TEST);
        case "--benches" -> result.kinds.add(Target.Kind.BENCH);
        case "--bin", "--example", "--test", "--bench" ->
            result
                .names
                .computeIfAbsent(
                    Target.Kind.valueOf(argument.substring(2).toUpperCase(Locale.ROOT)),
                    kind -> new ArrayList<>())
                .add(rest.next());
        default -> throw new IllegalArgumentException(argument);
      }
    }
    return result;
  }

  /** Our units for the command. */
  public UnitGraph plan(CargoProject project, PackageGraph graph) {
    List<PackageGraph.Node> nodes =
        workspace ? graph.members() : packages.isEmpty() ? graph.defaultMembers() : graph.nodes();
    List<Integer> members =
        nodes.stream()
            .filter(n -> packages.isEmpty() || packages.contains(n.locked().name()))
            .filter(n -> !excluded.contains(n.locked().name()))
            .map(PackageGraph.Node::index)
            .toList();
    Rustflags rustflags = project.workspace().config().rustflags();
    return UnitGraph.planFor(
        graph,
        Selection.of(members)
            .with(command, new TargetFilter(kinds, names, allTargets, documentation))
            .withFeatures(features, allFeatures, defaultFeatures),
        project.workspace().resolver(),
        Profiles.of(project.workspace(), profile),
        rustflags.hostFacts(HOST.triple(), platforms.isEmpty()),
        platforms.stream().map(platform -> rustflags.facts(platform.triple())).toList());
  }
}
