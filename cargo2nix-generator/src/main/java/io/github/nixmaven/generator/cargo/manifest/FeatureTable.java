package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.TomlTable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The table {@code [features]} (the Cargo Book, "Features"). */
final class FeatureTable {
  private static final Pattern FEATURE_NAME =
      Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}\\p{M}_+.-]*");

  private final @Nullable TomlTable table;
  private final boolean own;

  /**
   * @param root the manifest's tables
   * @param own whether the package is on this disk, so that cargo checks it
   */
  FeatureTable(TomlTable root, boolean own) {
    this.table = root.table("features");
    this.own = own;
  }

  /**
   * The feature table. An optional dependency that no feature names with {@code dep:} implies a
   * feature of its own name.
   */
  SortedMap<String, List<FeatureValue>> features(List<Dependency> dependencies) {
    SortedMap<String, List<FeatureValue>> result = new TreeMap<>();
    Set<String> named = new HashSet<>();
    if (table != null) {
      for (String feature : table.keys()) {
        List<FeatureValue> values =
            table.strings(feature).stream().map(FeatureValue::parse).toList();
        for (FeatureValue value : values) {
          if (value.dependency() != null && value.feature() == null) {
            named.add(value.dependency());
          }
        }
        result.put(feature, values);
      }
    }
    for (Dependency dependency : dependencies) {
      String name = dependency.nameInToml();
      if (dependency.optional() && !named.contains(name) && !result.containsKey(name)) {
        result.put(name, List.of(new FeatureValue(name, null, false)));
      }
    }
    if (own) {
      if (table != null) {
        validate(table, result, dependencies);
      }
      requireUse(result, dependencies);
    }
    return result;
  }

  /** An optional dependency that no feature can enable is a mistake. */
  private static void requireUse(
      SortedMap<String, List<FeatureValue>> features, List<Dependency> dependencies) {
    Set<String> used = new HashSet<>();
    for (List<FeatureValue> values : features.values()) {
      for (FeatureValue value : values) {
        if (value.dependency() != null) {
          used.add(value.dependency());
        }
      }
    }
    for (Dependency dependency : dependencies) {
      if (dependency.optional() && !used.contains(dependency.nameInToml())) {
        throw new InputException(
            dependency.position(),
            "optional dependency `" + dependency.nameInToml() + "` is not included in any feature",
            "Add `dep:" + dependency.nameInToml() + "` to the list of a feature.");
      }
    }
  }

  private static void validate(
      TomlTable table,
      SortedMap<String, List<FeatureValue>> features,
      List<Dependency> dependencies) {
    Map<String, Boolean> optional = new LinkedHashMap<>();
    for (Dependency dependency : dependencies) {
      if (dependency.kind() != Dependency.Kind.DEVELOPMENT || !dependency.optional()) {
        optional.merge(dependency.nameInToml(), dependency.optional(), Boolean::logicalOr);
      }
    }
    for (String feature : table.keys()) {
      if (!FEATURE_NAME.matcher(feature).matches()) {
        throw table.error(
            feature,
            "`" + feature + "` is not a valid feature name",
            "Use letters, digits, `_`, `-`, `+` and `.` only.");
      }
      for (FeatureValue value : features.getOrDefault(feature, List.of())) {
        validate(table, feature, value, features, optional);
      }
    }
  }

  private static void validate(
      TomlTable table,
      String feature,
      FeatureValue value,
      SortedMap<String, List<FeatureValue>> features,
      Map<String, Boolean> optional) {
    String dependency = value.dependency();
    if (dependency != null
        && value.feature() != null
        && (dependency.startsWith("dep:") || value.feature().contains("/"))) {
      throw table.error(
          feature,
          "feature `" + feature + "` includes `" + value + "`, which mixes two notations",
          "Write `dep:DEPENDENCY` or `DEPENDENCY/FEATURE`.");
    }
    if (dependency == null) {
      if (value.feature() != null && value.feature().equals(feature)) {
        throw table.error(
            feature,
            "feature `" + feature + "` enables itself",
            "Remove `" + feature + "` from its own list.");
      }
      if (!features.containsKey(String.valueOf(value.feature()))) {
        throw table.error(
            feature,
            "feature `" + feature + "` enables `" + value + "`, which is not a feature",
            "Declare `" + value + "`, or write `dep:" + value + "` for a dependency.");
      }
    } else if (!optional.containsKey(dependency)) {
      throw table.error(
          feature,
          "feature `" + feature + "` enables `" + value + "`, but there is no such dependency",
          "Add `" + dependency + "` to the dependencies, or remove the entry.");
    } else if ((value.feature() == null || value.weak())
        && !Boolean.TRUE.equals(optional.get(dependency))) {
      throw table.error(
          feature,
          "feature `" + feature + "` has `" + value + "`, but `" + dependency + "` is not optional",
          "Add `optional = true` to the dependency, or write `" + dependency + "/…`.");
    }
  }
}
