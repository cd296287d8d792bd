package io.github.nixmaven.generator.pin;

import java.util.List;

/**
 * The result of generation.
 *
 * @param written whether the file was written; false when it was already right
 * @param edited whether the old file had changes by hand or by a merge, which are now lost
 * @param packages how many packages the file pins
 * @param added packages that the last file did not have, such as {@code left-pad 1.0.87}
 * @param removed packages that only the last file had
 * @param changed packages in another version, such as {@code left-pad 1.0.86 -> 1.0.87}, or with
 *     another checksum or manifest
 * @param ignored what of the user's settings does not count here, in sentences
 */
public record GenerateResult(
    boolean written,
    boolean edited,
    int packages,
    List<String> added,
    List<String> removed,
    List<String> changed,
    List<String> ignored) {
  /** A result of settings that all count. */
  public GenerateResult(
      boolean written,
      boolean edited,
      int packages,
      List<String> added,
      List<String> removed,
      List<String> changed) {
    this(written, edited, packages, added, removed, changed, List.of());
  }

  static GenerateResult unchanged(int packages, List<String> ignored) {
    return new GenerateResult(false, false, packages, List.of(), List.of(), List.of(), ignored);
  }
}
