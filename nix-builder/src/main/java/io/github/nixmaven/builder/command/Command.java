package io.github.nixmaven.builder.command;

import io.github.nixmaven.generator.text.InputException;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs Nix's commands ({@code nix-build}, {@code nix-store}, {@code nix-instantiate}), the only
 * interface that is stable from 2.8 on, and the few tools that builds are varied with. The only
 * class of the project that starts a process.
 */
public final class Command {
  private static final int TAIL = 50;

  /** How long a command has to end when it is told to, before it is made to. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final @Nullable Path directory;
  private final List<String> starter;
  private final Map<String, String> environment;
  private final @Nullable Duration limit;

  /**
   * @param directory where Nix's commands are, or null for the search path
   * @param environment all variables that they see; PATH is the search path
   */
  public Command(@Nullable Path directory, Map<String, String> environment) {
    this(directory, List.of(), environment, null);
  }

  private Command(
      @Nullable Path directory,
      List<String> starter,
      Map<String, String> environment,
      @Nullable Duration limit) {
    this.directory = directory;
    this.starter = List.copyOf(starter);
    this.environment = Map.copyOf(environment);
    this.limit = limit;
  }

  /**
   * The same commands in other circumstances.
   *
   * @param starter a program that starts them, with its arguments, such as {@code taskset -c 0};
   *     empty for none
   * @param environment variables that they see besides
   * @param limit how long they may take; {@link #run} then ends them and throws
   */
  public Command in(List<String> starter, Map<String, String> environment, Duration limit) {
    List<String> starters = new ArrayList<>(starter);
    starters.addAll(this.starter);
    Map<String, String> variables = new HashMap<>(this.environment);
    variables.putAll(environment);
    return new Command(directory, starters, variables, limit);
  }

  /** Commands of the search path, wherever Nix's are. */
  public Command onSearchPath() {
    return new Command(null, starter, environment, limit);
  }

  /**
   * The output of a command, and its exit status.
   *
   * @param status the exit status
   * @param output standard output, without the last line end
   * @param log the last lines of standard error
   */
  public record Result(int status, String output, List<String> log) {
    /** Standard output by lines; nothing for empty output. */
    public List<String> lines() {
      return output.isEmpty() ? List.of() : output.lines().toList();
    }
  }

  /**
   * Runs a command to its end and fails unless it succeeds.
   *
   * @return standard output, without the last line end
   * @throws IOException when the command fails; the message holds the end of what it said
   */
  public String capture(String command, List<String> arguments)
      throws IOException, InterruptedException {
    Result result = run(command, arguments, line -> {});
    require(command, result);
    return result.output();
  }

  private static void require(String command, Result result) throws IOException {
    if (result.status() != 0) {
      throw new IOException(
          command
              + " failed with status "
              + result.status()
              + ":\n"
              + String.join("\n", result.log()));
    }
  }

  /** Nix's version, such as {@code 2.8.0}. */
  public String version() throws IOException, InterruptedException {
    String line = capture("nix-store", List.of("--version"));
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  /**
   * Runs a command to its end. Interrupting the calling thread ends the command and what it
   * started; so does the end of the JVM.
   *
   * @param command the command's name, such as {@code nix-build}
   * @param arguments its arguments
   * @param log hears each line of standard error as it comes, in a thread of its own
   * @throws InputException when Nix is not installed
   * @throws CommandTimeoutException when it takes longer than it may
   */
  public Result run(String command, List<String> arguments, Consumer<String> log)
      throws IOException, InterruptedException {
    return run(command, arguments, input -> {}, log);
  }

  /** Writes what a command reads. */
  @FunctionalInterface
  public interface Input {
    /** Writes to the command's standard input, which is closed afterwards. */
    void write(OutputStream input) throws IOException, InterruptedException;
  }

  /**
   * Runs a command that reads its standard input.
   *
   * @param input writes it, in the calling thread
   */
  public Result run(String command, List<String> arguments, Input input, Consumer<String> log)
      throws IOException, InterruptedException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Result result = run(command, arguments, input, output, log);
    return new Result(
        result.status(), output.toString(StandardCharsets.UTF_8).stripTrailing(), result.log());
  }

  /**
   * Runs a command whose output is too large to be held, and fails unless it succeeds.
   *
   * @param to takes standard output; it is not closed
   * @throws IOException when the command fails; the message holds the end of what it said
   */
  public void pipe(String command, List<String> arguments, OutputStream to)
      throws IOException, InterruptedException {
    require(command, run(command, arguments, input -> {}, to, line -> {}));
  }

  private Result run(
      String command,
      List<String> arguments,
      Input input,
      OutputStream output,
      Consumer<String> log)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(starter);
    line.add(directory == null ? found(command) : directory.resolve(command).toString());
    line.addAll(arguments);
    Process process;
    try {
      ProcessBuilder builder = new ProcessBuilder(line);
      builder.environment().clear();
      builder.environment().putAll(environment);
      process = builder.start();
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
    Thread atExit = new Thread(() -> end(process), "nix-end");
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      // Both pipes are drained by threads, because reading from them cannot be interrupted.
      FutureTask<List<String>> errors =
          start(command + "-log", new FutureTask<>(() -> follow(process, log)));
      FutureTask<Long> copy =
          start(
              command + "-output",
              new FutureTask<>(() -> process.getInputStream().transferTo(output)));
      try (OutputStream stdin = process.getOutputStream()) {
        input.write(stdin);
      } catch (IOException e) {
        // What a command that does not read to the end has to say is more than that it does not.
        if (process.waitFor() == 0) {
          throw e;
        }
      }
      if (limit != null && !process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new CommandTimeoutException(command, limit);
      }
      int status = process.waitFor();
      // First the listener: where it fails it ends the process, which closes the other pipe too.
      List<String> lines = await(errors);
      var unused = await(copy);
      return new Result(status, "", lines);
    } finally {
      end(process);
      try {
        Runtime.getRuntime().removeShutdownHook(atExit);
      } catch (IllegalStateException e) {
        // The JVM is ending already, and the hook does its work.
      }
    }
  }

  private static void end(Process process) {
    if (!process.isAlive()) {
      return;
    }
    List<ProcessHandle> processes = new ArrayList<>(process.descendants().toList());
    processes.add(process.toHandle());
    processes.forEach(ProcessHandle::destroy);
    for (ProcessHandle each : processes) {
      var unused =
          each.onExit()
              .completeOnTimeout(each, PATIENCE.toSeconds(), TimeUnit.SECONDS)
              .thenAccept(ProcessHandle::destroyForcibly);
    }
  }

  private static <T> FutureTask<T> start(String name, FutureTask<T> task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static <T> T await(FutureTask<T> task) throws IOException, InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException fault) {
        throw fault;
      }
      throw new IllegalStateException("listening to Nix failed", e.getCause());
    }
  }

  private static List<String> follow(Process process, Consumer<String> log) throws IOException {
    Deque<String> tail = new ArrayDeque<>(TAIL);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (tail.size() == TAIL) {
          tail.removeFirst();
        }
        tail.addLast(line);
        log.accept(line);
      }
    } catch (RuntimeException e) {
      // Nobody drains the pipe any more: without an end the command would wait for ever.
      end(process);
      throw e;
    }
    return List.copyOf(tail);
  }

  /** Whether a command is there to be started. */
  public boolean isInstalled(String command) {
    if (directory != null) {
      return Files.isExecutable(directory.resolve(command));
    }
    return !found(command).equals(command);
  }

  /** A command's file on the search path, which need not be that of this process; or its name. */
  private String found(String command) {
    String path = environment.getOrDefault("PATH", "");
    return List.of(path.split(File.pathSeparator)).stream()
        .map(entry -> Path.of(entry, command))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse(command);
  }
}
