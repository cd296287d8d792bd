package io.github.nixmaven.generator.cargo.manifest;

import org.jspecify.annotations.Nullable;

/**
 * An entry in the list of a feature (the Cargo Book, "Features"): {@code name}, {@code dep:name},
 * {@code name/feature} or {@code name?/feature}.
 *
 * @param dependency the dependency's name in the manifest, or null for a feature of the package
 * @param feature the feature, or null for {@code dep:name}
 * @param weak whether the entry only has an effect if something else enables the dependency
 */
public record FeatureValue(@Nullable String dependency, @Nullable String feature, boolean weak) {

  /** Reads an entry of a feature's list. */
  public static FeatureValue parse(String text) {
    int slash = text.indexOf('/');
    if (slash >= 0) {
      String dependency = text.substring(0, slash);
      String feature = text.substring(slash + 1);
      boolean weak = dependency.endsWith("?");
      return new FeatureValue(
          weak ? dependency.substring(0, dependency.length() - 1) : dependency, feature, weak);
    }
    if (text.startsWith("dep:")) {
      return new FeatureValue(text.substring(4), null, false);
    }
    return new FeatureValue(null, text, false);
  }

  @Override
  public String toString() {
    if (dependency == null) {
      return String.valueOf(feature);
    }
    return feature == null ? "dep:" + dependency : dependency + (weak ? "?/" : "/") + feature;
  }
}
