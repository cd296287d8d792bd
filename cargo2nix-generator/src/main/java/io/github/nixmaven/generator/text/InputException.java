package io.github.nixmaven.generator.text;

import org.jspecify.annotations.Nullable;

/**
 * A mistake in the user's input: the problem, its place, and how to fix it. The library and
 * everything built on it use this one exception; nothing translates it.
 *
 * <p>The message reads {@code file:line:column: what is wrong} with the remedy on a line of its
 * own. It is complete: print it and add nothing.
 */
public final class InputException extends RuntimeException {
  private final @Nullable Position position;
  private final String problem;
  private final String remedy;

  /**
   * @param position the place of the mistake, or null when no file is at fault
   * @param problem the problem, one sentence without a full stop
   * @param remedy what the user should do, a whole sentence
   */
  public InputException(@Nullable Position position, String problem, String remedy) {
    this(position, problem, remedy, null);
  }

  /** Like the shorter constructor, with the exception that revealed the mistake. */
  public InputException(
      @Nullable Position position, String problem, String remedy, @Nullable Throwable cause) {
    super((position == null ? "" : position + ": ") + problem + "\n  " + remedy, cause);
    this.position = position;
    this.problem = problem;
    this.remedy = remedy;
  }

  /** The place of the mistake, or null when no file is at fault. */
  public @Nullable Position position() {
    return position;
  }

  /** The problem. */
  public String problem() {
    return problem;
  }

  /** How to fix it. */
  public String remedy() {
    return remedy;
  }
}
