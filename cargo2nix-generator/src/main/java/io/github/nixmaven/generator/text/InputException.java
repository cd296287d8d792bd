package io.github.nixmaven.generator.text;

import org.jspecify.annotations.Nullable;

/**
 * A mistake in what the user gave: what is wrong, where, and how to fix it. The one exception for
 * this purpose, in the library as in everything built on it; nothing translates it.
 *
 * <p>The message reads {@code file:line:column: what is wrong} with the remedy on a line of its
 * own. It is complete: whoever catches it prints it and adds nothing.
 */
public final class InputException extends RuntimeException {
  private final @Nullable Position position;
  private final String problem;
  private final String remedy;

  /**
   * @param position the place of the mistake, or null where no file is to blame
   * @param problem what is wrong, one sentence without a full stop
   * @param remedy what the user should do, a whole sentence
   */
  public InputException(@Nullable Position position, String problem, String remedy) {
    this(position, problem, remedy, null);
  }

  /** As the shorter constructor, with the fault that brought the mistake to light. */
  public InputException(
      @Nullable Position position, String problem, String remedy, @Nullable Throwable cause) {
    super((position == null ? "" : position + ": ") + problem + "\n  " + remedy, cause);
    this.position = position;
    this.problem = problem;
    this.remedy = remedy;
  }

  /** The place of the mistake, or null where no file is to blame. */
  public @Nullable Position position() {
    return position;
  }

  /** What is wrong. */
  public String problem() {
    return problem;
  }

  /** What the user should do about it. */
  public String remedy() {
    return remedy;
  }
}
