package io.github.nixmaven.builder.verify;

import io.github.nixmaven.generator.nix.Nar;
import java.util.Map;

/**
 * The result of one rebuild of one derivation.
 *
 * @param kind what came of it
 * @param outputs hash and size of each output that differs from the one in the store, by store path
 * @param reason what Nix says of a failure; empty otherwise
 */
record Outcome(Kind kind, Map<String, Nar.Digest> outputs, String reason) {
  /** The kinds of results. */
  enum Kind {
    /** The same bits as in the store. */
    SAME,
    /** Other bits. */
    DIFFERENT,
    /** It did not build. */
    FAILED,
    /** Nix did not say that it rebuilt anything. */
    SILENT
  }

  static Outcome of(Kind kind) {
    return new Outcome(kind, Map.of(), "");
  }

  static Outcome failed(String reason) {
    return new Outcome(Kind.FAILED, Map.of(), reason);
  }

  boolean isSame() {
    return kind == Kind.SAME;
  }

  /** Whether another rebuild came to the same, bit for bit. */
  boolean equalsIn(Outcome other) {
    return kind == other.kind && outputs.equals(other.outputs);
  }
}
