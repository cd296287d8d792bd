package io.github.nixmaven.builder.sign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs of others, which say what they think of what we write. None may be missing. */
public final class Judges {
  private static Path folder;

  private Judges() {}

  /**
   * What a program said.
   *
   * @param status its exit status
   * @param output standard output and standard error
   */
  public record Verdict(int status, String output) {
    public boolean accepted() {
      return status == 0;
    }
  }

  /** Runs a script of {@code src/test/resources/judges} with its pinned npm packages. */
  public static Verdict node(String script, Object... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("node", folder().resolve(script).toString()));
    for (Object argument : arguments) {
      line.add(argument.toString());
    }
    return run(line);
  }

  /** Runs a program. */
  public static Verdict run(List<String> line) throws Exception {
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Verdict(process.waitFor(), output);
  }

  private static synchronized Path folder() throws Exception {
    if (folder == null) {
      Path target = Path.of("target/judges").toAbsolutePath();
      Files.createDirectories(target);
      Path lock = Path.of("src/test/resources/judges/package-lock.json");
      boolean installed =
          Files.exists(target.resolve("node_modules"))
              && Files.exists(target.resolve("package-lock.json"))
              && Files.mismatch(lock, target.resolve("package-lock.json")) < 0;
      try (var files = Files.list(lock.getParent())) {
        for (Path file : files.toList()) {
          Files.write(target.resolve(file.getFileName().toString()), Files.readAllBytes(file));
        }
      }
      if (!installed) {
        Verdict install =
            run(
                List.of(
                    "npm", "ci", "--ignore-scripts", "--no-audit", "--prefix", target.toString()));
        assertThat(install.status()).as("npm ci: " + install.output()).isZero();
      }
      folder = target;
    }
    return folder;
  }
}
