package io.github.nixmaven.builder.verify.rebuild;

import io.github.nixmaven.builder.language.Cause;

/**
 * A condition of a build that no output may depend on, and that can be varied without changing the
 * derivation: store paths stay the same, so that outputs compare directly.
 */
public enum Axis {
  /** The directory that the sandbox builds in. */
  PATH("build path"),
  /** The processors that a build sees, and the threads it is told to use. */
  CORES("cores"),
  /** The time of day, and the times of new files. */
  TIME("clock"),
  /** The order in which a directory lists its files. */
  ORDER("file order"),
  /** The release that the kernel calls itself. */
  KERNEL("kernel name");

  private final String label;

  Axis(String label) {
    this.label = label;
  }

  /** Its name in messages. */
  public String label() {
    return label;
  }

  /** The cause if an output differs when only this is varied. */
  public Cause cause() {
    return Cause.valueOf(name());
  }
}
