package io.github.nixmaven.generator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The real Nix, as an evaluator. */
final class Nix {
  private Nix() {}

  /** The value of an expression; a failure fails the test. */
  static JsonNode evaluate(String expression) throws IOException, InterruptedException {
    return evaluate(Map.of(), expression);
  }

  /**
   * The value of an expression.
   *
   * @param environment variables for Nix beside those of this process
   */
  static JsonNode evaluate(Map<String, String> environment, String expression)
      throws IOException, InterruptedException {
    return new ObjectMapper()
        .readTree(
            run(
                environment,
                List.of("nix-instantiate", "--eval", "--strict", "--json", "-E", expression)));
  }

  /** What Nix says on standard error about an expression that it refuses. */
  static String refusal(String expression) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("nix", ".log");
    try {
      Process process =
          new ProcessBuilder("nix-instantiate", "--eval", "--strict", "-E", expression)
              .redirectError(errors.toFile())
              .start();
      String output = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor()).as("%s is %s", expression, output).isNotZero();
      return Files.readString(errors);
    } finally {
      Files.delete(errors);
    }
  }

  /** The standard output of a command that succeeds. */
  static byte[] run(String... command) throws IOException, InterruptedException {
    return run(Map.of(), List.of(command));
  }

  private static byte[] run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    Process process = builder.start();
    byte[] output = process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    return output;
  }
}
