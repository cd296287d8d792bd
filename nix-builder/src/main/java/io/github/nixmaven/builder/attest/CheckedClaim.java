package io.github.nixmaven.builder.attest;

import java.nio.file.Path;
import java.util.List;

/**
 * One thing that a bundle claims, checked.
 *
 * @param bundle the bundle
 * @param claim what is claimed
 * @param problems why it does not hold, a line each; empty where it holds
 */
public record CheckedClaim(Path bundle, Claim claim, List<String> problems) {
  /** A property of a bundle that can be checked. */
  public enum Claim {
    /** It is signed with the key, and holds a statement. */
    SIGNATURE("signature"),
    /** It is about these files. */
    SUBJECTS("subjects"),
    /** A trusted builder made it. */
    BUILDER("builder"),
    /** It was built from what the locks pin now. */
    PINS("pins"),
    /** A verification passed, but for what the builder's policy allows. */
    RESULT("verification");

    private final String label;

    Claim(String label) {
      this.label = label;
    }

    /** Its name in messages. */
    public String label() {
      return label;
    }
  }

  public CheckedClaim {
    problems = List.copyOf(problems);
  }

  /** Whether it holds. */
  public boolean holds() {
    return problems.isEmpty();
  }
}
