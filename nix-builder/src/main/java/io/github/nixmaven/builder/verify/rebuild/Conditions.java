package io.github.nixmaven.builder.verify.rebuild;

import java.util.EnumSet;
import java.util.Set;

/**
 * In what a rebuild differs from the build before it.
 *
 * @param varied the axes that are varied
 * @param clockStands whether the clock is stopped; then {@link Axis#TIME} is not varied
 */
public record Conditions(Set<Axis> varied, boolean clockStands) {
  /** Those of the build. */
  public static final Conditions USUAL = new Conditions(Set.of(), false);

  /** With axes varied. */
  public static Conditions varying(Set<Axis> axes) {
    return new Conditions(Set.copyOf(axes), false);
  }

  /** With one axis varied. */
  public static Conditions varying(Axis axis) {
    return varying(EnumSet.of(axis));
  }

  /** The same with a stopped clock. */
  public Conditions withClockStanding() {
    return new Conditions(varied, true);
  }
}
