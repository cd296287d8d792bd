package io.github.nixmaven.generator.cargo.graph;

import io.github.nixmaven.generator.cargo.manifest.Dependency;
import io.github.nixmaven.generator.cargo.manifest.FeatureValue;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.Selection;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.NearNames;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Packages and features as somebody names them on a command line.
 *
 * @param packages {@code -p}: members as {@code NAME} or {@code NAME@VERSION}
 * @param workspace {@code --workspace}
 * @param features {@code --features}
 * @param allFeatures {@code --all-features}
 * @param defaultFeatures false for {@code --no-default-features}
 */
public record Choice(
    List<String> packages,
    boolean workspace,
    List<String> features,
    boolean allFeatures,
    boolean defaultFeatures) {

  /**
   * Finds what is named.
   *
   * @param manifest the manifest that the command was given: its own package is meant where none is
   *     named
   * @throws InputException when there is no such package or feature
   */
  public Selection in(PackageGraph graph, Path manifest) {
    List<PackageGraph.Node> members = members(graph, manifest);
    if (members.size() > 1 && !features.isEmpty()) {
      throw new InputException(
          null,
          "features are named, but " + members.size() + " packages are chosen: " + labels(members),
          "Name one of them with `--package`.");
    }
    return new Selection(
        members.stream().map(PackageGraph.Node::index).toList(),
        features.stream().map(name -> feature(members.get(0), name)).toList(),
        allFeatures,
        defaultFeatures);
  }

  private List<PackageGraph.Node> members(PackageGraph graph, Path manifest) {
    if (workspace) {
      return graph.members();
    }
    if (!packages.isEmpty()) {
      Set<PackageGraph.Node> named = new LinkedHashSet<>();
      packages.forEach(spec -> named.add(member(graph, spec)));
      return List.copyOf(named);
    }
    Path folder = manifest.toAbsolutePath().normalize().getParent();
    List<PackageGraph.Node> own =
        graph.members().stream()
            .filter(n -> Objects.equals(n.manifest().directory(), folder))
            .toList();
    return own.isEmpty() ? graph.members() : own;
  }

  private static PackageGraph.Node member(PackageGraph graph, String spec) {
    int at = spec.indexOf('@');
    String name = at < 0 ? spec : spec.substring(0, at);
    List<PackageGraph.Node> found =
        graph.members().stream()
            .filter(node -> node.locked().name().equals(name))
            .filter(
                node -> at < 0 || node.locked().version().toString().equals(spec.substring(at + 1)))
            .toList();
    if (found.isEmpty()) {
      throw new InputException(
          null,
          "no member of the workspace is `" + spec + "`",
          NearNames.question(
              name,
              graph.members().stream().map(node -> node.locked().name()).toList(),
              "Its members are " + labels(graph.members()) + "."));
    }
    if (found.size() > 1) {
      throw new InputException(
          null,
          found.size() + " members of the workspace are called `" + spec + "`",
          "Say which: "
              + found.stream()
                  .map(node -> "`" + name + "@" + node.locked().version() + "`")
                  .collect(Collectors.joining(" or "))
              + ".");
    }
    return found.get(0);
  }

  private static FeatureValue feature(PackageGraph.Node member, String text) {
    String own = member.locked().name() + "/";
    FeatureValue value =
        FeatureValue.parse(text.startsWith(own) ? text.substring(own.length()) : text);
    Set<String> features = member.manifest().features().keySet();
    String dependency = value.dependency();
    boolean known =
        dependency == null
            ? features.contains(value.toString())
            : value.feature() != null && dependencies(member).contains(dependency);
    if (!known) {
      throw new InputException(
          member.manifest().position(),
          member + " has no feature `" + text + "`",
          NearNames.question(
              dependency == null ? value.toString() : dependency,
              dependency == null ? features : dependencies(member),
              features.isEmpty()
                  ? "It has no features."
                  : "It has " + String.join(", ", features) + "."));
    }
    return value;
  }

  private static Set<String> dependencies(PackageGraph.Node member) {
    return member.manifest().dependencies().stream()
        .map(Dependency::nameInToml)
        .collect(Collectors.toSet());
  }

  private static String labels(List<PackageGraph.Node> nodes) {
    return nodes.stream().map(n -> n.locked().name()).collect(Collectors.joining(", "));
  }
}
