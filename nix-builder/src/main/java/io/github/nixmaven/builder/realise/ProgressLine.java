package io.github.nixmaven.builder.realise;

import io.github.nixmaven.generator.net.Progress;
import java.time.Duration;
import java.time.Instant;

/**
 * Shows how a long piece of work goes on: on a terminal in the line that is rewritten, elsewhere by
 * a line now and then.
 */
public final class ProgressLine implements Progress, AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Console console;
  private final Console.Status status;
  private String text = "";
  private Instant last = Instant.now();

  /** Starts to show; until closed. */
  public ProgressLine(Console console) {
    this.console = console;
    this.status = console.follow(this::text);
  }

  @Override
  public synchronized void step(String what, int done, int total) {
    text = "[" + done + "/" + total + "] " + what;
    if (!console.isTerminal() && Duration.between(last, Instant.now()).compareTo(PAUSE) >= 0) {
      last = Instant.now();
      console.info("  " + text);
    }
  }

  @Override
  public void close() {
    status.end();
  }

  private synchronized String text() {
    return text;
  }
}
