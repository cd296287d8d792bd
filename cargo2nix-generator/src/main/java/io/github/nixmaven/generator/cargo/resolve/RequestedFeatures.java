package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.manifest.Dependency;
import io.github.nixmaven.generator.cargo.manifest.FeatureValue;
import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.text.InputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The features that a selection requests of one member (the Cargo Book, "Features", "Command-line
 * feature options", and "Feature resolver version 2 command-line flags").
 *
 * @param named features by name
 * @param all whether all features are wanted
 * @param defaults whether the default features are wanted
 */
record RequestedFeatures(List<FeatureValue> named, boolean all, boolean defaults) {

  /**
   * Assigns the features of the command line to members.
   *
   * @return by index of the member
   * @throws InputException when no member has a named feature
   */
  static Map<Integer, RequestedFeatures> of(PackageGraph graph, Selection selection, int resolver) {
    List<FeatureValue> named = new ArrayList<>();
    for (String feature : new TreeSet<>(selection.features())) {
      named.add(parse(feature));
    }
    List<PackageGraph.Node> selected =
        selection.members().stream()
            .distinct()
            .map(graph.nodes()::get)
            .filter(PackageGraph.Node::isMember)
            .toList();
    PackageGraph.Node current = graph.rootPackage();
    Map<Integer, RequestedFeatures> result =
        resolver >= 2 || current == null
            ? toAll(graph, selection, selected, named)
            : toCurrent(selection, selected, current, named);
    result.forEach((member, request) -> request.check(graph, graph.nodes().get(member)));
    return result;
  }

  /** The name of an optional dependency that {@code dep:} hides is not a feature. */
  private void check(PackageGraph graph, PackageGraph.Node member) {
    List<FeatureValue> unknown =
        named.stream().filter(value -> !isAccepted(member.manifest(), value)).toList();
    if (!unknown.isEmpty()) {
      throw unknown(graph, List.of(member), unknown);
    }
  }

  private static FeatureValue parse(String feature) {
    FeatureValue value = FeatureValue.parse(feature);
    if (value.dependency() != null && value.feature() == null) {
      throw new InputException(
          null,
          "feature `" + feature + "` is not allowed to use explicit `dep:` syntax",
          "Use a feature of the package that has `" + feature + "` in its list.");
    }
    if (value.feature() != null && value.feature().contains("/")) {
      throw new InputException(
          null,
          "multiple slashes in feature `" + feature + "` is not allowed",
          "Write FEATURE, MEMBER/FEATURE or DEPENDENCY/FEATURE.");
    }
    return value;
  }

  /**
   * Resolver 2 and 3, and workspaces without a root package: each member gets the features that it
   * has.
   */
  private static Map<Integer, RequestedFeatures> toAll(
      PackageGraph graph,
      Selection selection,
      List<PackageGraph.Node> selected,
      List<FeatureValue> named) {
    Map<Integer, RequestedFeatures> result = new LinkedHashMap<>();
    if (selected.isEmpty()) {
      if (!named.isEmpty() || selection.allFeatures() || !selection.defaultFeatures()) {
        throw new InputException(
            null,
            "cannot specify features for packages outside of workspace",
            "Select a member of the workspace, or no features.");
      }
      for (PackageGraph.Node member : graph.members()) {
        result.put(member.index(), new RequestedFeatures(List.of(), false, true));
      }
      return result;
    }
    Set<FeatureValue> found = new HashSet<>();
    for (PackageGraph.Node member : selected) {
      List<FeatureValue> own = new ArrayList<>();
      for (FeatureValue value : named) {
        FeatureValue meant = meant(member.manifest(), value);
        if (meant != null) {
          own.add(meant);
          found.add(value);
        }
      }
      result.put(
          member.index(),
          new RequestedFeatures(own, selection.allFeatures(), selection.defaultFeatures()));
    }
    List<FeatureValue> unknown = named.stream().filter(value -> !found.contains(value)).toList();
    if (!unknown.isEmpty()) {
      throw unknown(graph, selected, unknown);
    }
    return result;
  }

  /** The meaning of a command line's feature for a member, or null when it has none. */
  private static @Nullable FeatureValue meant(Manifest manifest, FeatureValue value) {
    String dependency = value.dependency();
    String feature = Objects.requireNonNull(value.feature());
    if (dependency == null) {
      return has(manifest, feature) ? value : null;
    }
    if (manifest.dependencies().stream().anyMatch(d -> d.nameInToml().equals(dependency))) {
      return value;
    }
    return manifest.name().equals(dependency) && has(manifest, feature)
        ? new FeatureValue(null, feature, false)
        : null;
  }

  /** If an optional dependency has several entries, cargo uses the last one. */
  private static boolean has(Manifest manifest, String feature) {
    return manifest.features().containsKey(feature)
        || manifest.dependencies().stream()
            .filter(dependency -> dependency.nameInToml().equals(feature))
            .reduce((first, second) -> second)
            .map(Dependency::optional)
            .orElse(false);
  }

  private static InputException unknown(
      PackageGraph graph, List<PackageGraph.Node> selected, List<FeatureValue> unknown) {
    String features =
        unknown.stream().map(FeatureValue::toString).sorted().collect(Collectors.joining(", "));
    String elsewhere =
        graph.members().stream()
            .filter(member -> !selected.contains(member))
            .filter(
                member ->
                    unknown.stream()
                        .anyMatch(v -> member.manifest().features().containsKey(v.toString())))
            .map(member -> member.locked().name())
            .sorted()
            .collect(Collectors.joining(", "));
    String what = unknown.size() == 1 ? "this feature" : "these features";
    boolean single = selected.size() == 1;
    return new InputException(
        single ? selected.get(0).manifest().position() : null,
        single
            ? "the package '"
                + selected.get(0).locked().name()
                + "' does not contain "
                + what
                + ": "
                + features
            : "none of the selected packages contains " + what + ": " + features,
        elsewhere.isEmpty()
            ? "Declare it under `[features]`, or select another."
            : "Select " + elsewhere + ", which has it, or remove the feature.");
  }

  /**
   * Resolver 1 with a root package: features, {@code --no-default-features} and the like apply to
   * the root package, whether it is selected or not; other members get the features that are
   * written {@code MEMBER/FEATURE}.
   */
  private static Map<Integer, RequestedFeatures> toCurrent(
      Selection selection,
      List<PackageGraph.Node> selected,
      PackageGraph.Node current,
      List<FeatureValue> named) {
    List<FeatureValue> own = new ArrayList<>();
    Map<String, List<FeatureValue>> others = new LinkedHashMap<>();
    for (FeatureValue value : named) {
      String name = value.dependency();
      if (name != null
          && selected.stream()
              .anyMatch(m -> !m.equals(current) && m.locked().name().equals(name))) {
        others
            .computeIfAbsent(name, key -> new ArrayList<>())
            .add(new FeatureValue(null, value.feature(), false));
      } else {
        own.add(value);
      }
    }
    Map<Integer, RequestedFeatures> result = new LinkedHashMap<>();
    result.put(
        current.index(),
        new RequestedFeatures(own, selection.allFeatures(), selection.defaultFeatures()));
    for (PackageGraph.Node member : selected) {
      result.putIfAbsent(
          member.index(),
          new RequestedFeatures(
              others.getOrDefault(member.locked().name(), List.of()),
              selection.allFeatures(),
              true));
    }
    return result;
  }

  private static boolean isAccepted(Manifest manifest, FeatureValue value) {
    String dependency = value.dependency();
    return dependency == null
        ? manifest.features().containsKey(Objects.requireNonNull(value.feature()))
        : manifest.dependencies().stream().map(Dependency::nameInToml).anyMatch(dependency::equals);
  }
}
