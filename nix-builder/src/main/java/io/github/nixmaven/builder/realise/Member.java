package io.github.nixmaven.builder.realise;

import io.github.nixmaven.builder.toolchain.Targets;
import java.util.Comparator;

/**
 * A workspace member, built for a target.
 *
 * @param name the name in its manifest
 * @param target a rustc triple
 */
public record Member(String name, String target) implements Comparable<Member> {
  private static final Comparator<Member> ORDER =
      Comparator.comparing(Member::name).thenComparing(Member::target);

  /**
   * The name of its files: the member's name, followed by the target unless that is the machine's
   * own, as cargo has a directory for any other.
   */
  public String label() {
    return target.equals(Targets.NATIVE) ? name : name + "-" + target;
  }

  @Override
  public int compareTo(Member other) {
    return ORDER.compare(this, other);
  }
}
