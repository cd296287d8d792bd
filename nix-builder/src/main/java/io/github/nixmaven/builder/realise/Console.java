package io.github.nixmaven.builder.realise;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the user sees while work goes on: lines that stay, and on a terminal one line at the bottom
 * that is rewritten. Safe for several threads.
 */
public final class Console {
  /** Short enough for any terminal: a line that wraps could not be rewritten. */
  private static final int STATUS_WIDTH = 79;

  private final Consumer<String> info;
  private final Consumer<String> warning;
  private final @Nullable PrintWriter terminal;
  private final boolean colour;
  private boolean statusShown;

  /**
   * @param info takes lines
   * @param warning takes warnings
   * @param terminal where the rewritten line goes, or null where there is no terminal
   * @param colour whether lines may have colours
   */
  public Console(
      Consumer<String> info,
      Consumer<String> warning,
      @Nullable PrintWriter terminal,
      boolean colour) {
    this.info = info;
    this.warning = warning;
    this.terminal = terminal;
    this.colour = colour;
  }

  /** Prints a line. */
  public synchronized void info(String line) {
    eraseStatus();
    info.accept(line);
  }

  /** Prints a warning. */
  public synchronized void warn(String line) {
    eraseStatus();
    warning.accept(line);
  }

  /** Whether one line is rewritten, so that there is no need for a line a step. */
  public boolean isTerminal() {
    return terminal != null;
  }

  /** Whether lines may have colours. */
  public boolean isColoured() {
    return colour;
  }

  /** Marks a text as good news. */
  public String good(String text) {
    return coloured("32", text);
  }

  /** Marks a text as bad news. */
  public String bad(String text) {
    return coloured("31", text);
  }

  private String coloured(String code, String text) {
    return colour ? "\u001b[1;" + code + "m" + text + "\u001b[m" : text;
  }

  /** A line that is being rewritten. */
  @FunctionalInterface
  public interface Status {
    /** Takes the line away. */
    void end();
  }

  /**
   * Shows a line that is rewritten several times a second until it is ended, on a terminal only.
   *
   * @param text the line of the moment; called in another thread
   */
  public Status follow(Supplier<String> text) {
    if (terminal == null) {
      return () -> {};
    }
    ScheduledExecutorService ticker =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "status-line");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        ticker.scheduleAtFixedRate(() -> showStatus(text.get()), 0, 200, TimeUnit.MILLISECONDS);
    return () -> {
      ticker.shutdownNow();
      endStatus();
    };
  }

  private synchronized void showStatus(String text) {
    if (terminal != null && !Thread.currentThread().isInterrupted()) {
      String shown =
          text.length() <= STATUS_WIDTH ? text : text.substring(0, STATUS_WIDTH - 1) + "…";
      terminal.print("\r" + shown + "\u001b[K");
      terminal.flush();
      statusShown = true;
    }
  }

  private synchronized void endStatus() {
    eraseStatus();
  }

  private void eraseStatus() {
    if (terminal != null && statusShown) {
      terminal.print("\r\u001b[K");
      terminal.flush();
      statusShown = false;
    }
  }

  /** A duration as people say it: {@code 3.2 s}, {@code 2 min 5 s}. */
  public static String elapsed(Duration duration) {
    return duration.toMinutes() == 0
        ? String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0)
        : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
  }

  /** A count with its noun: {@code 1 package}, {@code 2 packages}. */
  public static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
