package io.github.nixmaven.generator.cli;

import java.io.PrintStream;

/** Messages to the user: on the standard error, in red on a terminal. */
final class Messages {
  private final PrintStream err;
  private final boolean terminal;

  Messages() {
    err = System.err;
    terminal = Terminal.isError();
  }

  boolean terminal() {
    return terminal;
  }

  /** Reports an error. The first line is the problem, the others are the remedy. */
  void error(String message) {
    int end = message.indexOf('\n');
    String first = end < 0 ? message : message.substring(0, end);
    boolean coloured = terminal && Terminal.coloursWelcome();
    err.println(
        (coloured ? "\u001b[1;31m" + first + "\u001b[m" : first)
            + (end < 0 ? "" : message.substring(end)));
  }

  void trace(Throwable fault) {
    fault.printStackTrace(err);
  }

  /** Shows a line in place of the one before; {@link #erase} removes it. */
  void status(String line) {
    err.print("\r" + line + "\u001b[K");
    err.flush();
  }

  void erase() {
    err.print("\r\u001b[K");
    err.flush();
  }
}
