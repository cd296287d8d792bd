package io.github.nixmaven.generator.nix;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs the real Nix, the oracle of this package's tests. */
public final class NixTool {
  private NixTool() {}

  public static byte[] bytes(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    byte[] output = process.getInputStream().readAllBytes();
    if (process.waitFor() != 0) {
      throw new IOException(List.of(command) + " failed with status " + process.exitValue());
    }
    return output;
  }

  public static String text(String... command) throws IOException, InterruptedException {
    return new String(bytes(command)).strip();
  }

  public static String addFixed(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("nix-store", "--option", "build-users-group", "", "--add-fixed"));
    command.addAll(List.of(arguments));
    return text(command.toArray(String[]::new));
  }
}
