package io.github.nixmaven.generator.api;

import java.util.Optional;

/**
 * A mistake in the lock, a manifest or a parameter.
 *
 * <p>The message is complete: {@code file:line:column: what is wrong}, and on the next line what to
 * do about it.
 */
public final class InvalidInputException extends Exception {
  private final transient Optional<Place> place;
  private final String remedy;

  InvalidInputException(String message, Optional<Place> place, String remedy, Throwable cause) {
    super(message, cause);
    this.place = place;
    this.remedy = remedy;
  }

  /**
   * A place in a file.
   *
   * @param file the file
   * @param line counted from 1, or 0 for the file as a whole
   * @param column counted from 1, or 0 for the line as a whole
   */
  public record Place(String file, int line, int column) {}

  /** Where the mistake is, if a file is to blame. */
  public Optional<Place> place() {
    return place;
  }

  /** What the user should do. */
  public String remedy() {
    return remedy;
  }
}
