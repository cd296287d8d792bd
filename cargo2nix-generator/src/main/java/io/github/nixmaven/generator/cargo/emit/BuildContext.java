package io.github.nixmaven.generator.cargo.emit;

import java.util.List;

/**
 * One build that Cargo.nix describes.
 *
 * @param host the rustc triple of the build machine
 * @param target the rustc triple of the target; if it is the host, this means cargo without {@code
 *     --target}
 * @param selection the selection of features, by its name in Cargo.nix
 * @param member the member of {@code cargo COMMAND -p MEMBER}, or {@link #WORKSPACE}
 * @param command {@link #BUILD} or {@link #TEST}
 */
public record BuildContext(
    String host, String target, String selection, String member, String command) {
  /** Means all members together, as in {@code cargo build --workspace}. */
  public static final String WORKSPACE = "--workspace";

  /** {@code cargo build --release}. */
  public static final String BUILD = "build";

  /** {@code cargo test --release}, and {@code cargo bench} under the same profile. */
  public static final String TEST = "test";

  /** The dimensions in which contexts differ, by their names in Cargo.nix. */
  static final List<String> DIMENSIONS =
      List.of("hosts", "targets", "selections", "members", "commands");

  /** The dimensions whose values a user chooses. */
  static final List<String> CHOSEN = DIMENSIONS.subList(0, 3);

  /** Whether the target is the build machine. */
  public boolean isNative() {
    return target.equals(host);
  }

  /** Whether tests are compiled, with the dependencies that only they have. */
  public boolean isTest() {
    return command.equals(TEST);
  }

  /** The context's value in one of the {@link #DIMENSIONS}. */
  String coordinate(int dimension) {
    return switch (dimension) {
      case 0 -> host;
      case 1 -> target;
      case 2 -> selection;
      case 3 -> member;
      default -> command;
    };
  }
}
