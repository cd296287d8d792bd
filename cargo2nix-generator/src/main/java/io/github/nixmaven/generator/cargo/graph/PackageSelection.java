package io.github.nixmaven.generator.cargo.graph;

import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.NearNames;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The packages that a command line selects.
 *
 * @param names {@code -p}: {@code NAME} or {@code NAME@VERSION}
 * @param workspace {@code --workspace}
 */
public record PackageSelection(List<String> names, boolean workspace) {

  /**
   * Finds the selected packages, as indices. Without a selection it is the manifest's own package,
   * or the default members if the manifest has no package.
   *
   * @param manifest the manifest of the command
   * @throws InputException when no package has one of the names, or several have
   */
  public List<Integer> in(PackageGraph graph, Path manifest) {
    return nodes(graph, manifest).stream().map(PackageGraph.Node::index).toList();
  }

  private List<PackageGraph.Node> nodes(PackageGraph graph, Path manifest) {
    if (workspace) {
      return graph.members();
    }
    if (!names.isEmpty()) {
      Set<PackageGraph.Node> named = new LinkedHashSet<>();
      names.forEach(name -> named.add(find(graph, name)));
      return List.copyOf(named);
    }
    Path folder = manifest.toAbsolutePath().normalize().getParent();
    PackageGraph.Node root = graph.rootPackage();
    if (root != null && Objects.equals(root.manifest().directory(), folder)) {
      return graph.defaultMembers();
    }
    List<PackageGraph.Node> own =
        graph.members().stream()
            .filter(node -> Objects.equals(node.manifest().directory(), folder))
            .toList();
    return own.isEmpty() ? graph.defaultMembers() : own;
  }

  private static PackageGraph.Node find(PackageGraph graph, String text) {
    PackageName wanted = PackageName.parse(text);
    List<PackageGraph.Node> found = graph.nodes().stream().filter(wanted::means).toList();
    if (found.isEmpty()) {
      List<String> members =
          graph.members().stream().map(node -> node.locked().name()).distinct().toList();
      throw new InputException(
          null,
          "there is no package `" + text + "`",
          NearNames.question(
              wanted.name(),
              graph.nodes().stream().map(node -> node.locked().name()).toList(),
              "The members of the workspace are " + String.join(", ", members) + "."));
    }
    if (found.size() > 1) {
      throw new InputException(
          null,
          found.size() + " packages are called `" + text + "`",
          found.stream()
              .map(node -> "`" + node.locked().name() + "@" + node.locked().version() + "`")
              .collect(Collectors.joining(" or ", "Choose one: ", ".")));
    }
    return found.get(0);
  }
}
