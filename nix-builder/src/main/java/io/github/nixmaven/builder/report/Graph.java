package io.github.nixmaven.builder.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The crates in columns: the roots in the first, and each crate to the right of all that are built
 * from it, as near to these as its column lets it be.
 *
 * @param nodes where each crate is
 * @param edges from a crate to what it is built from, without those that a longer way implies
 * @param columns how many columns there are
 * @param rows how many rows the longest column has
 */
record Graph(List<Node> nodes, List<Edge> edges, int columns, int rows) {
  /** How often columns are sorted by where their neighbours are; it settles after a few. */
  private static final int SWEEPS = 4;

  /**
   * A crate's place.
   *
   * @param row counted from the top of its column, from 0
   */
  record Node(String id, String verdict, int column, int row) {}

  /** From one crate to another that it is built from, by their places. */
  record Edge(Node from, Node to) {}

  static Graph of(List<ReportData.Crate> crates) {
    Map<String, ReportData.Crate> byId = new HashMap<>();
    crates.forEach(crate -> byId.put(crate.id(), crate));
    Map<String, Integer> columns = new HashMap<>();
    Map<String, Set<String>> reach = new HashMap<>();
    crates.forEach(crate -> place(crate, byId, columns, reach));
    int count = columns.values().stream().mapToInt(column -> column + 1).max().orElse(0);
    List<List<String>> table = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int column = i;
      table.add(
          new ArrayList<>(
              crates.stream()
                  .map(ReportData.Crate::id)
                  .filter(id -> Objects.equals(columns.get(id), column))
                  .toList()));
    }
    sort(table, byId);
    Map<String, Node> nodes = new HashMap<>();
    List<Node> all = new ArrayList<>();
    for (int column = 0; column < count; column++) {
      for (int row = 0; row < table.get(column).size(); row++) {
        ReportData.Crate crate = Objects.requireNonNull(byId.get(table.get(column).get(row)));
        Node node = new Node(crate.id(), crate.verdict(), column, row);
        nodes.put(crate.id(), node);
        all.add(node);
      }
    }
    List<Edge> edges = new ArrayList<>();
    for (ReportData.Crate crate : crates) {
      for (String dependency : direct(crate, reach)) {
        edges.add(
            new Edge(
                Objects.requireNonNull(nodes.get(crate.id())),
                Objects.requireNonNull(nodes.get(dependency))));
      }
    }
    return new Graph(
        List.copyOf(all),
        List.copyOf(edges),
        count,
        table.stream().mapToInt(List::size).max().orElse(0));
  }

  /** Finds a crate's column, and all that are built from it. Crates have no cycles. */
  private static int place(
      ReportData.Crate crate,
      Map<String, ReportData.Crate> byId,
      Map<String, Integer> columns,
      Map<String, Set<String>> reach) {
    Integer known = columns.get(crate.id());
    if (known != null) {
      return known;
    }
    int column = 0;
    Set<String> all = new HashSet<>();
    for (String dependent : crate.dependents()) {
      ReportData.Crate other = Objects.requireNonNull(byId.get(dependent));
      column = Math.max(column, place(other, byId, columns, reach) + 1);
      all.add(dependent);
      all.addAll(Objects.requireNonNull(reach.get(dependent)));
    }
    columns.put(crate.id(), column);
    reach.put(crate.id(), all);
    return column;
  }

  private static List<String> direct(ReportData.Crate crate, Map<String, Set<String>> reach) {
    return crate.dependencies().stream()
        .filter(
            dependency ->
                crate.dependencies().stream()
                    .noneMatch(Objects.requireNonNull(reach.get(dependency))::contains))
        .toList();
  }

  /** Puts each crate at the height of its neighbours, so that fewer edges cross. */
  private static void sort(List<List<String>> table, Map<String, ReportData.Crate> byId) {
    Map<String, Double> heights = new HashMap<>();
    table.forEach(column -> spread(column, heights));
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (List<String> column : table) {
        Map<String, Double> wanted = new HashMap<>();
        for (String id : column) {
          ReportData.Crate crate = Objects.requireNonNull(byId.get(id));
          List<String> near = new ArrayList<>(crate.dependencies());
          near.addAll(crate.dependents());
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
