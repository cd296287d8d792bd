package io.github.nixmaven.plugin.verify;

import java.util.List;

/**
 * What a verification showed.
 *
 * @param findings one for each output
 */
public record VerifyResult(List<Finding> findings) {
  /** What a rebuild did; to be said wherever its result is called reproducible. */
  public static final String TRIED =
      "one rebuild of every derivation with the same inputs, in the same sandbox, on the same"
          + " machine";

  /** Whether every output was rebuilt with the same bits. */
  public boolean isIdentical() {
    return findings.stream().allMatch(each -> each.verdict() == Finding.Verdict.IDENTICAL);
  }
}
