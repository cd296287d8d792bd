package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.config.Rustflags;
import io.github.nixmaven.generator.cargo.emit.BuildContext;
import io.github.nixmaven.generator.cargo.emit.CargoNix;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.Selection;
import io.github.nixmaven.generator.cargo.resolve.TargetFilter;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import io.github.nixmaven.generator.text.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All builds that a Cargo.nix offers: every host with every target and every selection, for each
 * member alone and for all members together, as a build or as a test.
 *
 * @param hosts rustc triples of the build machines
 * @param targets rustc triples of the targets
 * @param selections the selections of features
 * @param tests whether members can be tested, not only built
 */
public record GenerationMatrix(
    SortedSet<String> hosts,
    SortedSet<String> targets,
    SortedSet<FeatureSelection> selections,
    boolean tests) {

  /**
   * Reads a user's lists; order and repetition do not matter.
   *
   * @throws InputException when a list is empty, rustc does not know a target, or a selection is
   *     malformed
   */
  public static GenerationMatrix of(
      List<String> hosts, List<String> targets, List<String> selections, boolean tests) {
    return new GenerationMatrix(
        triples("host", hosts),
        triples("target", targets),
        named("selection", selections).stream()
            .map(FeatureSelection::parse)
            .collect(Collectors.toCollection(TreeSet::new)),
        tests);
  }

  private static SortedSet<String> triples(String what, List<String> names) {
    return named(what, names).stream()
        .map(name -> TargetInfo.of(name.strip()).triple())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> named(String what, List<String> values) {
    if (values.isEmpty()) {
      throw new InputException(
          null,
          "there is no " + what + " to generate for",
          "Name one, or omit the list to use the default.");
    }
    return values;
  }

  /**
   * Plans all builds and adds them to a file, on all processors. No more plans than threads are in
   * memory at once.
   *
   * @throws InputException of the first build that cargo would reject
   */
  public void plan(
      PackageGraph graph, int resolver, Profiles profiles, Rustflags rustflags, CargoNix cargoNix) {
    List<Map.Entry<Build, SortedMap<Integer, BuildContext>>> builds =
        List.copyOf(builds(graph, resolver).entrySet());
    SortedMap<Integer, InputException> refusals = new ConcurrentSkipListMap<>();
    IntConsumer plan =
        number -> {
          // The reported error must not depend on which thread was faster.
          if (!refusals.headMap(number).isEmpty()) {
            return;
          }
          Build build = builds.get(number).getKey();
          boolean isNative = build.target().equals(build.host());
          try {
            cargoNix.add(
                builds.get(number).getValue(),
                UnitGraph.plan(
                    graph,
                    build.selection(),
                    resolver,
                    profiles,
                    rustflags.hostFacts(build.host(), isNative),
                    isNative ? null : rustflags.facts(build.target())));
          } catch (InputException e) {
            refusals.put(number, e);
          }
        };
    if (builds.size() == 1) {
      plan.accept(0); // without threads, which take a moment to start
    } else {
      IntStream.range(0, builds.size()).parallel().forEach(plan);
    }
    if (!refusals.isEmpty()) {
      throw refusals.get(refusals.firstKey());
    }
  }

  private record Build(String host, String target, Selection selection) {
    // A record's own methods are slow before the JIT compiles them.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Build build
          && build.host.equals(host)
          && build.target.equals(target)
          && build.selection.equals(selection);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * host.hashCode() + target.hashCode()) + selection.hashCode();
    }
  }

  /**
   * The builds, each with its contexts. In a workspace of one member, the member and the workspace
   * are the same build.
   */
  private Map<Build, SortedMap<Integer, BuildContext>> builds(PackageGraph graph, int resolver) {
    Map<Build, SortedMap<Integer, BuildContext>> result = new LinkedHashMap<>();
    addBuilds(result, graph, resolver, BuildContext.BUILD);
    // After all builds, because a condition that is true in all builds and tests is written like
    // one of builds.
    if (tests) {
      addBuilds(result, graph, resolver, BuildContext.TEST);
    }
    return result;
  }

  private void addBuilds(
      Map<Build, SortedMap<Integer, BuildContext>> result,
      PackageGraph graph,
      int resolver,
      String command) {
    int number = result.values().stream().mapToInt(Map::size).sum();
    for (FeatureSelection features : selections) {
      Map<String, Selection> chosen = new LinkedHashMap<>();
      chosen.put(BuildContext.WORKSPACE, features.of(graph));
      for (PackageGraph.Node member : graph.members()) {
        chosen.put(member.locked().name(), features.of(graph, member, resolver));
      }
      for (Map.Entry<String, Selection> choice : chosen.entrySet()) {
        Selection selection =
            command.equals(BuildContext.TEST)
                ? choice.getValue().with(Selection.Command.TEST_AND_BENCH, TargetFilter.DEFAULT)
                : choice.getValue();
        for (String host : hosts) {
          for (String target : targets) {
            result
                .computeIfAbsent(new Build(host, target, selection), build -> new TreeMap<>())
                .put(
                    number++,
                    new BuildContext(host, target, features.name(), choice.getKey(), command));
          }
        }
      }
    }
  }
}
