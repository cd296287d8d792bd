package io.github.nixmaven.builder.verify;

import java.util.EnumSet;
import java.util.Set;

/**
 * In what a rebuild differs from the build before it.
 *
 * @param varied the axes that are varied
 * @param clockStands whether the clock is stopped; then {@link Axis#TIME} is not varied
 */
record Conditions(Set<Axis> varied, boolean clockStands) {
  /** Those of the build. */
  static final Conditions USUAL = new Conditions(Set.of(), false);

  /** With axes varied. */
  static Conditions varying(Set<Axis> axes) {
    return new Conditions(Set.copyOf(axes), false);
  }

  /** With one axis varied. */
  static Conditions varying(Axis axis) {
    return varying(EnumSet.of(axis));
  }

  /** The same with a stopped clock. */
  Conditions withClockStanding() {
    return new Conditions(varied, true);
  }
}
