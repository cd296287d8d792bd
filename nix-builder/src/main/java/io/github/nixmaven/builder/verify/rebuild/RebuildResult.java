package io.github.nixmaven.builder.verify.rebuild;

import io.github.nixmaven.generator.nix.Nar;
import java.util.Map;

/**
 * The result of one rebuild of one derivation.
 *
 * @param kind what came of it
 * @param outputs hash and size of each output that differs from the one in the store, by store path
 * @param reason what Nix says of a failure; empty otherwise
 */
public record RebuildResult(Kind kind, Map<String, Nar.Digest> outputs, String reason) {
  /** The kinds of results. */
  public enum Kind {
    /** The same bits as in the store. */
    SAME,
    /** Other bits. */
    DIFFERENT,
    /** It did not build. */
    FAILED,
    /** Nix did not say that it rebuilt anything. */
    SILENT
  }

  static RebuildResult of(Kind kind) {
    return new RebuildResult(kind, Map.of(), "");
  }

  static RebuildResult failed(String reason) {
    return new RebuildResult(Kind.FAILED, Map.of(), reason);
  }

  public boolean isSame() {
    return kind == Kind.SAME;
  }

  /** Whether another rebuild came to the same, bit for bit. */
  public boolean equalsIn(RebuildResult other) {
    return kind == other.kind && outputs.equals(other.outputs);
  }
}
