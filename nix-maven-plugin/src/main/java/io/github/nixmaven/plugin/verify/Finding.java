package io.github.nixmaven.plugin.verify;

import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.plugin.build.Unit;
import org.jspecify.annotations.Nullable;

/**
 * What the rebuild of one output showed.
 *
 * @param unit what the derivation makes
 * @param derivation the derivation's store path
 * @param output the output's store path
 * @param digest hash and size of the output as it lies in the store
 * @param verdict what came of it
 * @param reason why, for every verdict but {@link Verdict#IDENTICAL}
 * @param rebuilt the other build of the output, where it differs
 */
public record Finding(
    Unit unit,
    String derivation,
    String output,
    Nar.Digest digest,
    Verdict verdict,
    String reason,
    @Nullable Rebuilt rebuilt) {
  /** What came of a rebuild. */
  public enum Verdict {
    /** The rebuild gave the same bits. */
    IDENTICAL,
    /** The rebuild gave other bits. */
    DIFFERENT,
    /** The rebuild did not succeed, though the build did. */
    FAILED,
    /** What lies in the store is not what was built: the store is damaged. */
    DAMAGED,
    /** Nix did not report a rebuild, so that nothing is known. */
    UNKNOWN
  }

  /**
   * An output that differs.
   *
   * @param digest its hash and size
   * @param copy where a copy of it was kept
   * @param difference the first difference to the output in the store
   */
  public record Rebuilt(Nar.Digest digest, String copy, Nar.Difference difference) {}
}
