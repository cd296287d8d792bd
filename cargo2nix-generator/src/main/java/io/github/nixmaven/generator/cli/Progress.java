package io.github.nixmaven.generator.cli;

/** On a terminal, a line that shows the progress of reading crates; elsewhere nothing. */
final class Progress implements io.github.nixmaven.generator.net.Progress, AutoCloseable {
  /** Short enough for any terminal: a line that wraps could not be rewritten. */
  private static final int WIDTH = 79;

  private static final long PAUSE_NANOS = 100_000_000;

  private final Messages messages;
  private final boolean silent;
  private long last = System.nanoTime();
  private boolean shown;

  Progress(Messages messages, boolean quiet) {
    this.messages = messages;
    this.silent = quiet || !messages.terminal();
  }

  @Override
  public synchronized void step(String what, int done, int total) {
    // Short work needs no line, and frequent updates take time.
    if (silent || System.nanoTime() - last < PAUSE_NANOS) {
      return;
    }
    last = System.nanoTime();
    String line = "[" + done + "/" + total + "] " + what;
    messages.status(line.length() <= WIDTH ? line : line.substring(0, WIDTH));
    shown = true;
  }

  @Override
  public synchronized void close() {
    if (shown) {
      messages.erase();
    }
  }
}
