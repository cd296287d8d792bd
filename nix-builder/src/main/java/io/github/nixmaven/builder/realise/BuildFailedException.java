package io.github.nixmaven.builder.realise;

/**
 * The build failed. The message is complete: which packages, the end of their logs, and how to see
 * all of it.
 */
public final class BuildFailedException extends Exception {
  /**
   * @param message the whole message
   */
  public BuildFailedException(String message) {
    super(message);
  }
}
