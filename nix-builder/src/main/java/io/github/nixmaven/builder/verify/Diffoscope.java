package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.command.CommandTimeoutException;
import io.github.nixmaven.builder.realise.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Has diffoscope, where it is installed, make a page of each difference. */
final class Diffoscope {
  private static final String PROGRAM = "diffoscope";

  /** Each takes seconds, and after some of them one more tells nothing new. */
  private static final int MOST = 5;

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Diffoscope's exit status if it found differences. */
  private static final int DIFFERENT = 1;

  private final Command command;
  private final Console console;
  private int left;

  /**
   * @param command programs of the search path
   */
  Diffoscope(boolean wanted, Command command, Console console) {
    this.command = command.in(List.of(), Map.of(), LIMIT);
    this.console = console;
    left = wanted && command.isInstalled(PROGRAM) ? MOST : 0;
  }

  /**
   * The same with the page, where one was made.
   *
   * @param output the output in the store
   */
  OutputResult.Rebuilt show(String output, OutputResult.Rebuilt rebuilt)
      throws IOException, InterruptedException {
    if (left == 0) {
      return rebuilt;
    }
    left--;
    Path page = Path.of(rebuilt.copy() + ".html");
    Path unfinished = Path.of(rebuilt.copy() + ".html.new");
    try {
      Command.Result result =
          command.run(
              PROGRAM,
              List.of(
                  "--exclude-directory-metadata=yes",
                  "--html",
                  unfinished.toString(),
                  output,
                  rebuilt.copy()),
              line -> {});
      if (result.status() != DIFFERENT) {
        console.warn(PROGRAM + " cannot compare " + output + ": " + String.join(" ", result.log()));
        return rebuilt;
      }
      Files.move(unfinished, page);
    } catch (CommandTimeoutException e) {
      console.warn(e.getMessage() + ": no page for " + output);
      return rebuilt;
    } finally {
      Files.deleteIfExists(unfinished);
    }
    return new OutputResult.Rebuilt(
        rebuilt.digest(),
        rebuilt.copy(),
        rebuilt.difference(),
        rebuilt.place(),
        rebuilt.before(),
        rebuilt.after(),
        page.toString());
  }
}
