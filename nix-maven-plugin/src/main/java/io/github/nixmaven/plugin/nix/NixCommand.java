package io.github.nixmaven.plugin.nix;

import io.github.nixmaven.generator.text.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs Nix's commands ({@code nix-build}, {@code nix-store}, {@code nix-instantiate}), the only
 * interface that is stable from 2.8 on. The only class of the project that starts a process.
 */
public final class NixCommand {
  private final @Nullable Path directory;

  /**
   * @param directory where Nix's commands are, or null for the search path
   */
  public NixCommand(@Nullable Path directory) {
    this.directory = directory;
  }

  /**
   * What a command printed and how it ended.
   *
   * @param status the exit status
   * @param output standard output, without the last line end
   * @param log the last lines of standard error
   */
  public record Result(int status, String output, List<String> log) {}

  /**
   * Runs a command to its end and fails unless it succeeds.
   *
   * @return standard output, without the last line end
   * @throws IOException when the command fails; the message holds the end of what it said
   */
  public String capture(String command, List<String> arguments)
      throws IOException, InterruptedException {
    Result result = run(command, arguments, line -> {});
    if (result.status() != 0) {
      throw new IOException(
          command
              + " failed with status "
              + result.status()
              + ":\n"
              + String.join("\n", result.log()));
    }
    return result.output();
  }

  /**
   * Runs a command to its end. Interrupting the calling thread ends the command and what it
   * started.
   *
   * @param command the command's name, such as {@code nix-build}
   * @param arguments its arguments
   * @param log hears each line of standard error as it comes
   * @throws InputException when Nix is not installed
   */
  public Result run(String command, List<String> arguments, Consumer<String> log)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(directory == null ? command : directory.resolve(command).toString());
    line.addAll(arguments);
    Process process;
    try {
      process = new ProcessBuilder(line).start();
    } catch (IOException e) {
      if (isInstalled(command)) {
        throw e;
      }
      throw new InputException(
          null,
          "`" + command + "` is not installed" + (directory == null ? "" : " in " + directory),
          "Install Nix: `apt-get install nix-bin` on Debian and Ubuntu, elsewhere see"
              + " https://nixos.org/download.",
          e);
    }
    try {
      process.getOutputStream().close();
      List<String> tail = new ArrayList<>();
      CompletableFuture<Void> errors = CompletableFuture.runAsync(() -> follow(process, tail, log));
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      errors.join();
      return new Result(process.waitFor(), output.stripTrailing(), List.copyOf(tail));
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  private static void follow(Process process, List<String> tail, Consumer<String> log) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (tail.size() == 50) {
          tail.remove(0);
        }
        tail.add(line);
        log.accept(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isInstalled(String command) {
    if (directory != null) {
      return Files.isExecutable(directory.resolve(command));
    }
    String path = System.getenv("PATH");
    return path != null
        && List.of(path.split(java.io.File.pathSeparator)).stream()
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, command)));
  }
}
