package io.github.nixmaven.builder.realise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Real git, by settings that are the same on all machines. */
public final class TestGit {
  private TestGit() {}

  /** What git prints, without the space around it; it has to succeed. */
  public static String git(Path directory, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git",
                "-c",
                "user.name=A",
                "-c",
                "user.email=a@localhost",
                "-c",
                "core.autocrlf=false",
                "-c",
                "protocol.file.allow=always"));
    command.addAll(List.of(arguments));
    return run(directory, command);
  }

  /** What a program prints, without the space around it; it has to succeed. */
  static String run(Path directory, List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(command.toString()).isZero();
    return output.strip();
  }
}
