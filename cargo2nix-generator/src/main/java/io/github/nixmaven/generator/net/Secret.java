package io.github.nixmaven.generator.net;

import org.jspecify.annotations.Nullable;

/** A token, which no log, message or file may show. */
public final class Secret {
  private final String text;

  /**
   * @param text the value for a request's header: visible ASCII characters
   * @throws IllegalArgumentException when it contains another character; the message does not show
   *     it
   */
  public Secret(String text) {
    if (!text.matches("[!-~]([ -~]*[!-~])?")) {
      throw new IllegalArgumentException("not visible ASCII characters");
    }
    this.text = text;
  }

  /** The text itself. Use it only for a request's header. */
  String text() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret && text.equals(secret.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** A placeholder instead of the text. */
  @Override
  public String toString() {
    return "(secret)";
  }
}
