package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.manifest.Target;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks cargo for, apart from profile and target: {@code cargo COMMAND -p MEMBER… [which
 * targets] [which features]}.
 *
 * <p>Cargo's answer depends on the folder it is run in where the feature resolver is 1; a selection
 * means what cargo makes of it in the workspace's root.
 *
 * @param command the subcommand
 * @param targets which targets of the members
 * @param members the packages to build together, as indices into {@link PackageGraph#nodes()}: one
 *     for {@code -p}, {@link PackageGraph#defaultMembers()} without any option, {@link
 *     PackageGraph#members()} for {@code --workspace}
 * @param features the features named on the command line: {@code FEATURE}, {@code MEMBER/FEATURE}
 *     or {@code DEPENDENCY/FEATURE}
 * @param allFeatures {@code --all-features}
 * @param defaultFeatures false for {@code --no-default-features}
 */
public record Selection(
    Command command,
    TargetFilter targets,
    List<Integer> members,
    List<String> features,
    boolean allFeatures,
    boolean defaultFeatures) {

  /** Cargo's subcommands. */
  public enum Command {
    /** {@code cargo build}: libraries and binaries. */
    BUILD("dev"),
    /** {@code cargo test}: what has tests, examples and documentation tests. */
    TEST("test"),
    /** {@code cargo bench}: what has benchmarks. */
    BENCH("bench"),
    /**
     * What {@link #TEST} and {@link #BENCH} build, at once and under one profile: no subcommand of
     * cargo's. Files that are not there are left to the compiler, as tests are that nobody asks
     * for.
     */
    TEST_AND_BENCH("release");

    private final String profile;

    Command(String profile) {
      this.profile = profile;
    }

    /** The name of the profile that the command takes by itself. */
    public String profile() {
      return profile;
    }

    /** Whether its roots are compiled with rustc's {@code --test}. */
    boolean isTest() {
      return this != BUILD;
    }

    /** Whether it runs documentation tests. */
    boolean hasDocumentationTests() {
      return this == TEST || this == TEST_AND_BENCH;
    }
  }

  public Selection {
    members = List.copyOf(members);
    features = List.copyOf(features);
  }

  // A record's own methods are slow where nothing is compiled yet.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Selection selection
        && selection.command == command
        && Objects.equals(selection.targets, targets)
        && selection.members.equals(members)
        && selection.features.equals(features)
        && selection.allFeatures == allFeatures
        && selection.defaultFeatures == defaultFeatures;
  }

  @Override
  public int hashCode() {
    return 31 * members.hashCode() + features.hashCode();
  }

  /** A member with its default features: {@code cargo build -p MEMBER}. */
  public static Selection of(int member) {
    return of(List.of(member));
  }

  /** Several members built together: {@code cargo build -p MEMBER -p MEMBER}. */
  public static Selection of(List<Integer> members) {
    return new Selection(Command.BUILD, TargetFilter.DEFAULT, members, List.of(), false, true);
  }

  /** The same for another subcommand and other targets. */
  public Selection with(Command otherCommand, TargetFilter otherTargets) {
    return new Selection(
        otherCommand, otherTargets, members, features, allFeatures, defaultFeatures);
  }

  /** The same with other features. */
  public Selection withFeatures(List<String> named, boolean all, boolean defaults) {
    return new Selection(command, targets, members, named, all, defaults);
  }

  /** Whether development dependencies are needed (cargo's {@code need_dev_deps}). */
  boolean needsDevelopmentDependencies() {
    return command.isTest()
        || targets.has(Target.Kind.EXAMPLE)
        || targets.has(Target.Kind.TEST)
        || targets.has(Target.Kind.BENCH);
  }
}
