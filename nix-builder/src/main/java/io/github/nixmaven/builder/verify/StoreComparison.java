package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.generator.nix.Nar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A second build of everything in another store, from its own parts, compared path by path.
 *
 * @param store the directory of the other store
 * @param compared how many outputs are in both
 * @param differences those that differ, what needs no other first
 */
public record StoreComparison(String store, int compared, List<Difference> differences) {
  /** Why an output differs. */
  public enum Verdict {
    /** All it was built from is equal: it differs by itself. */
    ROOT,
    /** Something that it was built from differs. */
    TAINTED
  }

  /**
   * An output that differs.
   *
   * @param unit what the derivation makes
   * @param derivation the derivation's store path
   * @param output the output's store path, the same in both stores
   * @param verdict why
   * @param here hash and size in the store
   * @param there hash and size in the other store
   * @param allowance the entry of the policy by which it may differ by itself, or null
   */
  public record Difference(
      Unit unit,
      String derivation,
      String output,
      Verdict verdict,
      Nar.Digest here,
      Nar.Digest there,
      @Nullable Allowance allowance) {
    /** Whether it differs by itself, and may not. */
    public boolean isFault() {
      return verdict == Verdict.ROOT && allowance == null;
    }
  }
}
