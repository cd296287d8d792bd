package io.github.nixmaven.generator.cargo.emit;

import java.util.List;

/**
 * One build that Cargo.nix holds the answer for.
 *
 * @param host the rustc triple of the machine that builds
 * @param target the rustc triple of what is built for; where it is the host, cargo is meant without
 *     {@code --target}
 * @param selection the features that are built, by their name in Cargo.nix
 * @param member the member of {@code cargo COMMAND -p MEMBER}, or {@link #WORKSPACE}
 * @param command {@link #BUILD} or {@link #TEST}
 */
public record BuildContext(
    String host, String target, String selection, String member, String command) {
  /** Stands for all members built together, as {@code cargo build --workspace} does. */
  public static final String WORKSPACE = "--workspace";

  /** {@code cargo build --release}. */
  public static final String BUILD = "build";

  /** {@code cargo test --release}, and {@code cargo bench} under the same profile. */
  public static final String TEST = "test";

  /** What contexts differ in, by the names that Cargo.nix has for it. */
  static final List<String> DIMENSIONS =
      List.of("hosts", "targets", "selections", "members", "commands");

  /** The dimensions whose values a user chooses. */
  static final List<String> CHOSEN = DIMENSIONS.subList(0, 3);

  /** Whether what is built runs on the machine that builds. */
  public boolean isNative() {
    return target.equals(host);
  }

  /** Whether tests are compiled, with the dependencies that only they have. */
  public boolean isTest() {
    return command.equals(TEST);
  }

  /** Where the context is in one of the {@link #DIMENSIONS}. */
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
