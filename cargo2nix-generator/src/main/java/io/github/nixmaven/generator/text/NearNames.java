package io.github.nixmaven.generator.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Suggests existing names for a name that does not exist. */
public final class NearNames {
  private static final int SHOWN = 3;

  private NearNames() {}

  /**
   * The names that look most like one, nearest first, at most three: those that contain it or are
   * contained in it, then those for which a third of its letters or less would have to change.
   */
  public static List<String> of(String name, Collection<String> known) {
    int tolerance = Math.max(1, name.length() / 3);
    return known.stream()
        .distinct()
        .filter(other -> isPart(name, other) || distance(name, other) <= tolerance)
        .sorted(
            Comparator.<String, Boolean>comparing(other -> !isPart(name, other))
                .thenComparing(other -> distance(name, other))
                .thenComparing(Comparator.naturalOrder()))
        .limit(SHOWN)
        .toList();
  }

  /**
   * Asks whether one of the near names is meant; returns another text when there are none.
   *
   * @param otherwise a whole sentence
   */
  public static String question(String name, Collection<String> known, String otherwise) {
    List<String> near = of(name, known);
    return near.isEmpty()
        ? otherwise
        : near.stream()
            .map(other -> "`" + other + "`")
            .collect(Collectors.joining(" or ", "Did you mean ", "?"));
  }

  private static boolean isPart(String name, String other) {
    return Math.min(name.length(), other.length()) >= 3
        && (other.contains(name) || name.contains(other));
  }

  /** Levenshtein's distance. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
