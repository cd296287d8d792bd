package io.github.nixmaven.builder.realise;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A console whose lines a test can read. */
public final class RecordingConsole {
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final StringWriter terminal = new StringWriter();

  /** A console without a terminal. */
  public Console plain() {
    return new Console(lines::add, line -> lines.add("WARNING " + line), null, false);
  }

  /** A console with a terminal of its own and colours. */
  public Console terminal() {
    return new Console(
        lines::add, line -> lines.add("WARNING " + line), new PrintWriter(terminal), true);
  }

  /** The lines that stay. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Everything written to the terminal. */
  public String written() {
    return terminal.toString();
  }
}
