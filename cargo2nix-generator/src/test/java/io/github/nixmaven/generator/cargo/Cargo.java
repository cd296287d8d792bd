package io.github.nixmaven.generator.cargo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The oracle: the cargo on the search path. A missing cargo fails the test that asks it. */
public final class Cargo {
  private static final Path TARGET_DIRECTORY =
      Path.of("target/cargo-target").toAbsolutePath().normalize();

  private Cargo() {}

  /** The unit graph of {@code cargo} with these arguments: a subcommand and its options. */
  public static JsonNode unitGraph(Path directory, List<String> arguments) {
    return unitGraph(directory, Map.of(), arguments);
  }

  /** The same with other environment variables. */
  public static JsonNode unitGraph(
      Path directory, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>(arguments);
    command.addAll(List.of("--locked", "--unit-graph", "-Zunstable-options"));
    return parse(run(directory, environment, command));
  }

  /** What {@code cargo metadata --no-deps} says. */
  public static JsonNode metadata(Path directory) {
    return parse(
        run(
            directory,
            Map.of(),
            List.of("metadata", "--no-deps", "--offline", "--format-version=1")));
  }

  /** The arguments with which {@code cargo check} runs rustc on a package without dependencies. */
  public static List<String> rustcArguments(Path directory) {
    Path log = directory.resolve("rustc-arguments.txt");
    Path wrapper = directory.resolve("rustc-wrapper.sh");
    try {
      Files.writeString(
          wrapper,
          "#!/bin/sh\ncase \" $* \" in *' --edition='*) shift; printf '%s\\n' \"$@\" >'"
              + log
              + "';; *) exec \"$@\";; esac\n");
      if (!wrapper.toFile().setExecutable(true)) {
        throw new IOException("cannot make " + wrapper + " executable");
      }
      run(
          directory,
          List.of("cargo", "--config", "build.rustc-wrapper='" + wrapper + "'", "check"));
      return Files.readAllLines(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Locks a workspace that needs no registry. */
  public static void generateLockfile(Path directory) {
    run(directory, List.of("cargo", "generate-lockfile", "--offline"));
  }

  /** Locks a workspace whose repositories are on this machine. */
  public static void lockGit(Path directory) {
    run(directory, List.of("cargo", "generate-lockfile"));
  }

  /** Cargo did not do what it was asked. */
  public static final class Refused extends RuntimeException {
    Refused(String message) {
      super(message);
    }
  }

  private static JsonNode parse(byte[] json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What cargo prints.
   *
   * @param environment what to add to the environment
   * @param arguments all after {@code cargo}
   * @throws Refused when cargo fails, with what it said
   */
  public static byte[] run(
      Path directory, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("cargo"));
    command.addAll(arguments);
    return execute(directory, environment, command);
  }

  private static byte[] run(Path directory, List<String> command) {
    return execute(directory, Map.of(), command);
  }

  private static byte[] execute(
      Path directory, Map<String, String> environment, List<String> command) {
    try {
      Files.createDirectories(TARGET_DIRECTORY);
      Path errors = Files.createTempFile("cargo", ".log");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(errors.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().put("RUSTC_BOOTSTRAP", "1");
        // What rustc says of itself is asked once, not by every cargo.
        builder.environment().put("CARGO_TARGET_DIR", TARGET_DIRECTORY.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        byte[] output = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
          throw new Refused(
              String.join(" ", command)
                  + " failed:\n"
                  + Files.readString(errors, StandardCharsets.UTF_8));
        }
        return output;
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
