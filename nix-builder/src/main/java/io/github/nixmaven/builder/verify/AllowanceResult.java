package io.github.nixmaven.builder.verify;

/**
 * The ruling on an entry of the policy.
 *
 * @param allowance the entry
 * @param state what became of it
 */
public record AllowanceResult(Allowance allowance, State state) {
  /** The possible allowances. */
  public enum State {
    /** The package differs, and may. */
    NEEDED,
    /**
     * The package does not differ: the entry has to go, so that the package is held to what it is.
     */
    NOT_NEEDED,
    /** Its last day has passed: it allows nothing. */
    EXPIRED,
    /** It is not known whether the package differs. */
    UNKNOWN
  }

  /** Whether the entry is one that has to be changed. */
  public boolean isFault() {
    return state == State.NOT_NEEDED || state == State.EXPIRED;
  }

  /** The entry's problem and remedy, with its place. */
  String problem() {
    return allowance.position()
        + ": `"
        + allowance.label()
        + (state == State.EXPIRED
            ? "` was allowed to differ until "
                + allowance.until()
                + ": fix it and remove the entry, or set a later date"
            : "` is allowed to differ but is reproducible: remove the entry, so that a difference"
                + " is reported again");
  }
}
