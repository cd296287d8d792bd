package io.github.nixmaven.builder.realise;

import java.util.Comparator;

/**
 * A workspace member, built for a target.
 *
 * @param name the name in its manifest
 * @param target the platform, in the ecosystem's words
 * @param ownMachine whether that is the machine that builds
 */
public record Member(String name, String target, boolean ownMachine) implements Comparable<Member> {
  private static final Comparator<Member> ORDER =
      Comparator.comparing(Member::name).thenComparing(Member::target);

  /**
   * The name of its files: the member's name, followed by the target unless that is the machine's
   * own.
   */
  public String label() {
    return ownMachine ? name : name + "-" + target;
  }

  @Override
  public int compareTo(Member other) {
    return ORDER.compare(this, other);
  }
}
