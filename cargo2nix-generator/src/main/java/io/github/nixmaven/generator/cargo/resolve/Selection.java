package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.manifest.FeatureValue;
import java.util.List;

/**
 * What a user asks {@code cargo build} for, apart from profile and target.
 *
 * @param members the members to build, as indices into {@link PackageGraph#nodes()}
 * @param features the features named on the command line
 * @param allFeatures {@code --all-features}
 * @param defaultFeatures false for {@code --no-default-features}
 */
public record Selection(
    List<Integer> members,
    List<FeatureValue> features,
    boolean allFeatures,
    boolean defaultFeatures) {

  /** A member with its default features: {@code cargo build -p MEMBER}. */
  public static Selection of(int member) {
    return new Selection(List.of(member), List.of(), false, true);
  }
}
