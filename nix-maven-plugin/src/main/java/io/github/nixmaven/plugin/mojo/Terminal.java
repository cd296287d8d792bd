package io.github.nixmaven.plugin.mojo;

import java.io.Console;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** The terminal Maven runs on. Written to past Maven's log, which cannot take a line back. */
final class Terminal {
  private Terminal() {}

  /** A writer to the terminal, or null where there is none that can rewrite a line. */
  @SuppressWarnings("SystemConsoleNull") // Which is why the console is asked as well.
  static @Nullable PrintWriter writer() {
    Console console = System.console();
    return console == null || !isTerminal(console) || "dumb".equals(System.getenv("TERM"))
        ? null
        : console.writer();
  }

  /** From Java 22 on there is a console without a terminal too, and a method that tells. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
