package io.github.nixmaven.builder.language;

/** What a line of a build's log is, by the words of the language's own tools. */
public enum LogLine {
  /** What one tool tells another, and no user. */
  DIRECTIVE,
  /** An error: what follows it belongs to it. */
  ERROR,
  /** That something failed, and not what. */
  SUMMARY,
  /** That a program gave up, often because of what another one had said before. */
  GAVE_UP,
  /** Any other line. */
  OTHER
}
