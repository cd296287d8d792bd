package io.github.nixmaven.generator.cargo.resolve;

import io.github.nixmaven.generator.cargo.manifest.Target;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A user's request to cargo, apart from profile and target: {@code cargo COMMAND -p MEMBER… [which
 * targets] [which features]}.
 *
 * <p>With feature resolver 1, cargo's result depends on the current directory; a selection means
 * the result in the workspace's root.
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
    /** {@code cargo test}: targets with tests, examples and documentation tests. */
    TEST("test"),
    /** {@code cargo bench}: targets with benchmarks. */
    BENCH("bench"),
    /**
     * The targets of {@link #TEST} and {@link #BENCH} together, under one profile; not a subcommand
     * of cargo. The compiler reports missing files, because nobody may request those tests.
     */
    TEST_AND_BENCH("release");

    private final String profile;

    Command(String profile) {
      this.profile = profile;
    }

    /** The name of the command's default profile. */
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

  // A record's own methods are slow before the JIT compiles them.

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
