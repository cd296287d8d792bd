package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.cargo.emit.CargoNix;
import io.github.nixmaven.generator.cargo.emit.Context;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.Selection;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import io.github.nixmaven.generator.text.InputException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a Cargo.nix can be asked for: every host with every target and every selection, for each
 * member by itself and for all of them together.
 *
 * @param hosts rustc triples of the machines that build
 * @param targets rustc triples of what is built for
 * @param selections the features that are built
 */
public record Scope(
    SortedSet<String> hosts, SortedSet<String> targets, SortedSet<FeatureSelection> selections) {

  /**
   * Reads what a user wrote; order and repetition do not count.
   *
   * @throws InputException when a list is empty, rustc knows no such target, or a selection is
   *     malformed
   */
  public static Scope of(List<String> hosts, List<String> targets, List<String> selections) {
    return new Scope(
        triples("host", hosts),
        triples("target", targets),
        named("selection", selections).stream()
            .map(FeatureSelection::parse)
            .collect(Collectors.toCollection(TreeSet::new)));
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
          "Name one, or leave the list out: it has a default.");
    }
    return values;
  }

  /** Plans all builds and adds them to a file. */
  public void plan(PackageGraph graph, int resolver, Profiles profiles, CargoNix cargoNix) {
    for (FeatureSelection selection : selections) {
      plan(Context.WORKSPACE, selection, selection.of(graph), graph, resolver, profiles, cargoNix);
      for (PackageGraph.Node member : graph.members()) {
        plan(
            member.locked().name(),
            selection,
            selection.of(graph, member, resolver),
            graph,
            resolver,
            profiles,
            cargoNix);
      }
    }
  }

  private void plan(
      String member,
      FeatureSelection features,
      Selection selection,
      PackageGraph graph,
      int resolver,
      Profiles profiles,
      CargoNix cargoNix) {
    for (String host : hosts) {
      for (String target : targets) {
        cargoNix.add(
            new Context(host, target, features.name(), member),
            UnitGraph.plan(
                graph,
                selection,
                resolver,
                profiles,
                TargetInfo.of(host),
                target.equals(host) ? null : TargetInfo.of(target)));
      }
    }
  }
}
