package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.Selection;
import io.github.nixmaven.generator.text.InputException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * A choice of the members' features, as cargo's options make it.
 *
 * @param name {@code all} for {@code --all-features}, {@code no-default} for {@code
 *     --no-default-features}, else the enabled features, sorted and joined by commas; {@code
 *     default} among them means the default features
 */
public record FeatureSelection(String name) implements Comparable<FeatureSelection> {
  private static final String ALL = "all";
  private static final String NONE = "no-default";
  private static final String DEFAULT = "default";

  /**
   * Reads a user's choice.
   *
   * @param text the features in any order: {@code default}, {@code no-default}, {@code all}, {@code
   *     a,b}, {@code default,MEMBER/a}
   * @throws InputException when it is empty, or combines {@code all} or {@code no-default} with
   *     something else
   */
  public static FeatureSelection parse(String text) {
    TreeSet<String> features = new TreeSet<>(Arrays.asList(text.strip().split("\\s*,\\s*", -1)));
    if (features.contains("")) {
      throw new InputException(
          null,
          "the selection `" + text + "` has an empty name",
          "Name features, as in `default` or `tls,json`; `no-default` means no features.");
    }
    for (String alone : List.of(ALL, NONE)) {
      if (features.contains(alone) && features.size() > 1) {
        throw new InputException(
            null,
            "the selection `" + text + "` combines `" + alone + "` with something else",
            "Use `" + alone + "` alone, or remove it.");
      }
    }
    return new FeatureSelection(String.join(",", features));
  }

  /** The features for {@code cargo build --workspace}. */
  public Selection of(PackageGraph graph) {
    List<Integer> members = graph.members().stream().map(PackageGraph.Node::index).toList();
    return with(Selection.of(members), named());
  }

  /**
   * The features for {@code cargo build -p MEMBER}: the named features that the member has.
   *
   * @param resolver the version of the feature resolver: with 1, cargo applies features to the root
   *     package unless they name the member
   */
  public Selection of(PackageGraph graph, PackageGraph.Node member, int resolver) {
    boolean qualified =
        resolver < 2 && graph.rootPackage() != null && !member.equals(graph.rootPackage());
    String prefix = member.locked().name() + "/";
    List<String> features =
        named().stream()
            .filter(feature -> isMeant(member.manifest(), feature))
            .map(f -> qualified && !f.startsWith(prefix) ? prefix + f : f)
            .toList();
    return with(Selection.of(member.index()), features);
  }

  private static boolean isMeant(Manifest manifest, String feature) {
    int slash = feature.indexOf('/');
    if (slash < 0) {
      return manifest.features().containsKey(feature);
    }
    String of = feature.substring(0, slash);
    return manifest.name().equals(of)
        ? manifest.features().containsKey(feature.substring(slash + 1))
        : manifest.dependencies().stream().anyMatch(d -> d.nameInToml().equals(of));
  }

  private Selection with(Selection selection, List<String> features) {
    return selection.withFeatures(features, name.equals(ALL), words().contains(DEFAULT));
  }

  private List<String> named() {
    return name.equals(ALL) || name.equals(NONE)
        ? List.of()
        : words().stream().filter(word -> !word.equals(DEFAULT)).toList();
  }

  private List<String> words() {
    return List.of(name.split(","));
  }

  /** The default features come first, so that they are the normal case if all else is equal. */
  @Override
  public int compareTo(FeatureSelection other) {
    return Comparator.comparing((FeatureSelection s) -> !s.name.equals(DEFAULT))
        .thenComparing(FeatureSelection::name)
        .compare(this, other);
  }
}
