package io.github.nixmaven.generator.cli;

import io.github.nixmaven.generator.api.GenerateRequest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code generate} and {@code check} work on; both must be given the same. */
final class ProjectOptions {
  private static final Path DEFAULT_MANIFEST = Path.of("Cargo.toml");
  private static final Path DEFAULT_OUTPUT = Path.of("Cargo.nix");

  @Option(
      names = {"-f", "--manifest-path", "--cargo-toml"},
      paramLabel = "FILE",
      description = "The Cargo.toml of a package or workspace. Default: Cargo.toml here")
  Path manifest = DEFAULT_MANIFEST;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The generated file. Default: Cargo.nix here")
  Path output = DEFAULT_OUTPUT;

  @Option(
      names = "--target",
      paramLabel = "TRIPLE",
      description = "The rustc target to generate for. Default: " + GenerateRequest.DEFAULT_TARGET)
  String target = GenerateRequest.DEFAULT_TARGET;

  GenerateRequest request() {
    return GenerateRequest.of(manifest, output).withTarget(target);
  }

  /** The command that writes the file anew, as somebody would type it here. */
  String mendingCommand() {
    return program()
        + " generate"
        + option("--manifest-path", manifest, DEFAULT_MANIFEST)
        + option("--output", output, DEFAULT_OUTPUT)
        + option("--target", target, GenerateRequest.DEFAULT_TARGET);
  }

  private static String option(String name, Object value, Object byDefault) {
    return value.equals(byDefault) ? "" : " " + name + " " + quoted(value.toString());
  }

  /** How we were started: after {@code java -jar FILE} the class path is that file. */
  private static String program() {
    @Nullable String classPath = System.getProperty("java.class.path");
    return classPath != null && classPath.endsWith("-cli.jar") && classPath.indexOf(':') < 0
        ? "java -jar " + quoted(classPath)
        : Main.NAME;
  }

  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
