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

/** The oracle: the cargo on the search path. A missing cargo fails the test that asks it. */
public final class Cargo {
  private Cargo() {}

  /** The unit graph of {@code cargo build --release} with these arguments. */
  public static JsonNode unitGraph(Path directory, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "cargo", "build", "--release", "--locked", "--unit-graph", "-Zunstable-options"));
    command.addAll(List.of(arguments));
    return json(directory, command);
  }

  /** What {@code cargo metadata --no-deps} says. */
  public static JsonNode metadata(Path directory) {
    return json(
        directory, List.of("cargo", "metadata", "--no-deps", "--offline", "--format-version=1"));
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
  static void lockGit(Path directory) {
    run(directory, List.of("cargo", "generate-lockfile"));
  }

  /** Cargo did not do what it was asked. */
  public static final class Refused extends RuntimeException {
    Refused(String message) {
      super(message);
    }
  }

  private static JsonNode json(Path directory, List<String> command) {
    try {
      return new ObjectMapper().readTree(run(directory, command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] run(Path directory, List<String> command) {
    try {
      Path errors = Files.createTempFile("cargo", ".log");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(errors.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().put("RUSTC_BOOTSTRAP", "1");
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
