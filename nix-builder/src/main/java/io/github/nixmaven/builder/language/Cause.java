package io.github.nixmaven.builder.language;

/** Why an output differs, found by building again and not by looking at it. */
public enum Cause {
  /** It differs when only {@code Axis.PATH} is varied. */
  PATH("the build path"),
  /** It differs when only {@code Axis.CORES} is varied. */
  CORES("the number of cores"),
  /**
   * It differs when only {@code Axis.TIME} is varied; or it differs from build to build, and does
   * not if the clock is stopped.
   */
  TIME("the clock"),
  /** It differs when only {@code Axis.ORDER} is varied. */
  ORDER("the order of files in a directory"),
  /** It differs when only {@code Axis.KERNEL} is varied. */
  KERNEL("the kernel's name"),
  /** It differs from build to build in the same conditions, and the clock is not why. */
  RANDOM("chance"),
  /** It differs, each time in the same way, when all axes are varied, but with none alone. */
  INTERACTION("several conditions together");

  private final String label;

  Cause(String label) {
    this.label = label;
  }

  /** The name, to be read after "depends on". */
  public String label() {
    return label;
  }
}
