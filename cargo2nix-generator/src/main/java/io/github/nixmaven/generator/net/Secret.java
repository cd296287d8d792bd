package io.github.nixmaven.generator.net;

import org.jspecify.annotations.Nullable;

/** A token, which no log, message or file may show. */
public final class Secret {
  private final String text;

  /**
   * @param text what goes into a request's header: visible ASCII characters
   * @throws IllegalArgumentException when another character is in it; the message does not show it
   */
  public Secret(String text) {
    if (!text.matches("[!-~]([ -~]*[!-~])?")) {
      throw new IllegalArgumentException("not visible ASCII characters");
    }
    this.text = text;
  }

  /** The text itself: for a request's header, and for nothing else. */
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

  /** Says that there is one. */
  @Override
  public String toString() {
    return "(secret)";
  }
}
