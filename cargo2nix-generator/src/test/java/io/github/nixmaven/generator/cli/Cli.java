package io.github.nixmaven.generator.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line as users run it: a process of its own. */
final class Cli {
  private final Path directory;
  private final List<String> java;
  private final Map<String, String> environment = new HashMap<>();

  private Cli(Path directory, List<String> java) {
    this.directory = directory;
    this.java = java;
  }

  /**
   * What a run came to.
   *
   * @param code the exit code
   * @param out what stood on the standard output
   * @param err what stood on the standard error
   */
  record Result(int code, String out, String err) {}

  /** The classes of this build. */
  static Cli in(Path directory) {
    return new Cli(
        directory,
        List.of(java(), "-cp", System.getProperty("java.class.path"), Main.class.getName()));
  }

  /** A packaged jar. */
  static Cli jar(Path jar, Path directory) {
    return new Cli(directory, List.of(java(), "-jar", jar.toString()));
  }

  /** The launcher, with the java of this build. */
  static Cli launcher(Path launcher, Path directory) {
    return new Cli(directory, List.of(launcher.toString()))
        .with("JAVA_HOME", System.getProperty("java.home"))
        .with("CI", "");
  }

  Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(java);
    command.addAll(List.of(arguments));
    return execute(command);
  }

  /** With all three streams on one terminal, whose text is the result's {@code out}. */
  Result runOnTerminal(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(java);
    command.addAll(List.of(arguments));
    String quoted =
        command.stream().map(w -> "'" + w + "'").reduce((a, b) -> a + " " + b).orElseThrow();
    return execute(List.of("script", "--quiet", "--return", "--command", quoted, "/dev/null"));
  }

  private Result execute(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("cli", ".out");
    Path err = Files.createTempFile("cli", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().keySet().removeAll(Set.of("NO_COLOR", "JAVA_TOOL_OPTIONS"));
      builder.environment().put("TERM", "xterm");
      builder.environment().put("LC_ALL", "C.UTF-8");
      builder.environment().putAll(environment);
      int code = builder.start().waitFor();
      return new Result(
          code,
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
