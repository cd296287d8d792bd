package io.github.nixmaven.builder.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The packages in columns: the roots in the first, and each package to the right of all that are
 * built from it, as near to these as its column lets it be.
 *
 * @param nodes where each package is
 * @param edges from a package to what it is built from, without those that a longer way implies
 * @param columns how many columns there are
 * @param rows how many rows the longest column has
 */
record Graph(List<Node> nodes, List<Edge> edges, int columns, int rows) {
  /** How often columns are sorted by where their neighbours are; it settles after a few. */
  private static final int SWEEPS = 4;

  /**
   * A package's place.
   *
   * @param row counted from the top of its column, from 0
   */
  record Node(String id, String verdict, int column, int row) {}

  /** From one package to another that it is built from, by their places. */
  record Edge(Node from, Node to) {}

  static Graph of(List<ReportData.BuiltPackage> packages) {
    Map<String, ReportData.BuiltPackage> byId = new HashMap<>();
    packages.forEach(one -> byId.put(one.id(), one));
    Map<String, Integer> columns = new HashMap<>();
    Map<String, Set<String>> reach = new HashMap<>();
    packages.forEach(one -> place(one, byId, columns, reach));
    int count = columns.values().stream().mapToInt(column -> column + 1).max().orElse(0);
    List<List<String>> table = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int column = i;
      table.add(
          new ArrayList<>(
              packages.stream()
                  .map(ReportData.BuiltPackage::id)
                  .filter(id -> Objects.equals(columns.get(id), column))
                  .toList()));
    }
    sort(table, byId);
    Map<String, Node> nodes = new HashMap<>();
    List<Node> all = new ArrayList<>();
    for (int column = 0; column < count; column++) {
      for (int row = 0; row < table.get(column).size(); row++) {
        ReportData.BuiltPackage one = Objects.requireNonNull(byId.get(table.get(column).get(row)));
        Node node = new Node(one.id(), one.verdict(), column, row);
        nodes.put(one.id(), node);
        all.add(node);
      }
    }
    List<Edge> edges = new ArrayList<>();
    for (ReportData.BuiltPackage one : packages) {
      for (String dependency : direct(one, reach)) {
        edges.add(
            new Edge(
                Objects.requireNonNull(nodes.get(one.id())),
                Objects.requireNonNull(nodes.get(dependency))));
      }
    }
    return new Graph(
        List.copyOf(all),
        List.copyOf(edges),
        count,
        table.stream().mapToInt(List::size).max().orElse(0));
  }

  /** Finds a package's column, and all that are built from it. Packages have no cycles. */
  private static int place(
      ReportData.BuiltPackage one,
      Map<String, ReportData.BuiltPackage> byId,
      Map<String, Integer> columns,
      Map<String, Set<String>> reach) {
    Integer known = columns.get(one.id());
    if (known != null) {
      return known;
    }
    int column = 0;
    Set<String> all = new HashSet<>();
    for (String dependent : one.dependents()) {
      ReportData.BuiltPackage other = Objects.requireNonNull(byId.get(dependent));
      column = Math.max(column, place(other, byId, columns, reach) + 1);
      all.add(dependent);
      all.addAll(Objects.requireNonNull(reach.get(dependent)));
    }
    columns.put(one.id(), column);
    reach.put(one.id(), all);
    return column;
  }

  private static List<String> direct(ReportData.BuiltPackage one, Map<String, Set<String>> reach) {
    return one.dependencies().stream()
        .filter(
            dependency ->
                one.dependencies().stream()
                    .noneMatch(Objects.requireNonNull(reach.get(dependency))::contains))
        .toList();
  }

  /** Puts each package at the height of its neighbours, so that fewer edges cross. */
  private static void sort(List<List<String>> table, Map<String, ReportData.BuiltPackage> byId) {
    Map<String, Double> heights = new HashMap<>();
    table.forEach(column -> spread(column, heights));
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (List<String> column : table) {
        Map<String, Double> wanted = new HashMap<>();
        for (String id : column) {
          ReportData.BuiltPackage one = Objects.requireNonNull(byId.get(id));
          List<String> near = new ArrayList<>(one.dependencies());
          near.addAll(one.dependents());
          wanted.put(
              id,
              near.stream()
                  .mapToDouble(other -> Objects.requireNonNull(heights.get(other)))
                  .average()
                  .orElse(Objects.requireNonNull(heights.get(id))));
        }
        column.sort(
            (a, b) ->
                Double.compare(
                    Objects.requireNonNull(wanted.get(a)), Objects.requireNonNull(wanted.get(b))));
        spread(column, heights);
      }
    }
  }

  private static void spread(List<String> column, Map<String, Double> heights) {
    for (int row = 0; row < column.size(); row++) {
      heights.put(column.get(row), (row + 0.5) / column.size());
    }
  }
}
