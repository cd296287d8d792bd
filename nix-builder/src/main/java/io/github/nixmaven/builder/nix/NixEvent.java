package io.github.nixmaven.builder.nix;

/** Something Nix reports while it works. */
public sealed interface NixEvent {
  /**
   * A builder starts.
   *
   * @param derivation the store path of the derivation
   * @param check whether an output that is there already is rebuilt to be compared
   */
  record BuildStarted(String derivation, boolean check) implements NixEvent {}

  /**
   * A builder wrote a line.
   *
   * @param derivation the store path of the derivation
   * @param text the line without its end, with the colours it has
   */
  record LogLine(String derivation, String text) implements NixEvent {
    /** The line without colours. */
    public String line() {
      return NixLog.plain(text);
    }
  }

  /**
   * A builder has ended, well or badly. In a check Nix reports this late, sometimes at the very
   * end.
   *
   * @param derivation the store path of the derivation
   */
  record BuildStopped(String derivation) implements NixEvent {}

  /**
   * Nix says something.
   *
   * @param level 0 for an error, 1 for a warning, 2 for a notice, 3 for information, more for what
   *     only Nix's authors want to know
   * @param text the text without colours; may have several lines
   */
  record Message(int level, String text) implements NixEvent {
    /** The level of errors. */
    public static final int ERROR = 0;

    /** The level of warnings. */
    public static final int WARNING = 1;
  }
}
