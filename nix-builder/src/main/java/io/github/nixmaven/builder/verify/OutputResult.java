package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.language.Cause;
import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.builder.verify.inspect.Note;
import io.github.nixmaven.generator.nix.Nar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of the rebuilds of one output.
 *
 * @param unit what the derivation makes
 * @param derivation the derivation's store path
 * @param output the output's store path
 * @param digest hash and size of the output as it lies in the store
 * @param verdict what came of it
 * @param causes what it depends on, as far as that was found; empty where it does not differ
 * @param rebuilds how many times the derivation was rebuilt
 * @param reason why, for every verdict but {@link Verdict#IDENTICAL}
 * @param advice the likely reason and the fix; empty if none is known
 * @param rebuilt another build of the output, where it differs
 * @param notes contents of the output that often make builds differ
 * @param allowance the entry of the policy by which it may differ, or null
 */
public record OutputResult(
    Unit unit,
    String derivation,
    String output,
    Nar.Digest digest,
    Verdict verdict,
    List<Cause> causes,
    int rebuilds,
    String reason,
    String advice,
    @Nullable Rebuilt rebuilt,
    List<Note> notes,
    @Nullable Allowance allowance) {
  /** The result of a rebuild. */
  public enum Verdict {
    /** Every rebuild gave the same bits. */
    IDENTICAL,
    /** A rebuild gave other bits. */
    DIFFERENT,
    /** A rebuild did not succeed, though the build did. */
    FAILED,
    /** The path in the store was changed after it was built: the store is damaged. */
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
   * @param place the part of the file that holds it, such as {@code member a.o, section .rodata};
   *     empty where the file has none
   * @param before what stands there in the output in the store, printable; empty where it is no
   *     text
   * @param after the same of the other
   * @param diffoscope the page that diffoscope made of it, or null
   */
  public record Rebuilt(
      Nar.Digest digest,
      String copy,
      Nar.Difference difference,
      String place,
      String before,
      String after,
      @Nullable String diffoscope) {}

  /** Whether nothing speaks against the output: it is identical, or may differ. */
  public boolean isAccepted() {
    return verdict == Verdict.IDENTICAL || (verdict == Verdict.DIFFERENT && allowance != null);
  }
}
