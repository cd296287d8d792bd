package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.language.Cause;

/**
 * A condition of a build that no output may depend on, and that can be varied without changing the
 * derivation: store paths stay the same, so that outputs compare directly.
 */
public enum Axis {
  /** The folder that the sandbox builds in. */
  PATH("build path"),
  /** The processors that a build sees, and the threads it is told to use. */
  CORES("cores"),
  /** The time of day, and the times of new files. */
  TIME("clock"),
  /** The order in which a folder lists its files. */
  ORDER("file order"),
  /** The release that the kernel calls itself. */
  KERNEL("kernel name");

  private final String label;

  Axis(String label) {
    this.label = label;
  }

  /** What to call it towards a user. */
  public String label() {
    return label;
  }

  /** What an output depends on that differs when this alone is varied. */
  Cause cause() {
    return Cause.valueOf(name());
  }
}
