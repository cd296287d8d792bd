package io.github.nixmaven.generator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.nixmaven.generator.git.GoldenRepositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** See {@code testdata/README.md}. */
@DisplayName("What is generated is what testdata holds:")
class GoldenTest {
  private static final Path TESTDATA = Path.of("..", "testdata", "cargo");
  private static final String REPOSITORIES = "repositories";
  private static final List<String> EXPECTED = List.of("Cargo.nix", "crate-hashes.json");

  @TempDir Path temporary;
  private GoldenRepositories repositories;

  @BeforeEach
  void serve() throws IOException {
    repositories = GoldenRepositories.below(temporary.resolve("served"));
  }

  @AfterEach
  void close() throws IOException {
    repositories.close();
  }

  static List<String> names() throws IOException {
    try (Stream<Path> directories = Files.list(TESTDATA)) {
      return directories.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void golden(String name) throws Exception {
    Path source = TESTDATA.resolve(name);
    for (Path repository : list(source.resolve(REPOSITORIES))) {
      repositories.add(repository);
    }
    Path directory = copy(source, temporary.resolve("project"));

    run("generate", directory);
    compare(source, directory);

    byte[] first = Files.readAllBytes(directory.resolve("Cargo.nix"));
    run("generate", directory);
    run("check", directory);
    assertThat(directory.resolve("Cargo.nix")).hasBinaryContent(first);

    Path other = copy(source, temporary.resolve("with other line ends"));
    turnLineEnds(other);
    run("generate", other);
    assertThat(other.resolve("Cargo.nix")).hasBinaryContent(first);
  }

  /** Copies a project, but not what is expected of it. */
  private static Path copy(Path source, Path target) throws IOException {
    for (Path file : files(source)) {
      Path relative = source.relativize(file);
      if (!EXPECTED.contains(relative.toString()) && !relative.startsWith(REPOSITORIES)) {
        Path copy = target.resolve(relative);
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return target;
  }

  /** Vendored files are left as they are, since their hashes are known. */
  private static void turnLineEnds(Path directory) throws IOException {
    for (Path file : files(directory)) {
      String name = file.getFileName().toString();
      if ((name.endsWith(".toml") || name.endsWith(".lock"))
          && !file.startsWith(directory.resolve("vendor"))) {
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));
      }
    }
  }

  private static void run(String command, Path directory) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--quiet"));
    Path options = directory.resolve("options");
    if (Files.exists(options)) {
      arguments.addAll(Arrays.asList(Files.readString(options).strip().split("\\s+")));
    }
    Path lock =
        files(directory).stream().filter(each -> each.endsWith("Cargo.lock")).findFirst().get();
    arguments.addAll(List.of("--manifest-path", lock.resolveSibling("Cargo.toml").toString()));
    arguments.addAll(List.of("--output", directory.resolve("Cargo.nix").toString()));
    Object parsed = command.equals("check") ? new CheckCommand() : new GenerateCommand();
    int code = new CommandLine(parsed).execute(arguments.toArray(new String[0]));
    assertThat(code).as(command).isZero();
  }

  private static void compare(Path source, Path directory) throws IOException {
    List<Path> rewritten = new ArrayList<>();
    for (String name : EXPECTED) {
      Path expected = source.resolve(name);
      Path actual = directory.resolve(name);
      if (System.getProperty("golden.update") == null) {
        assertThat(Files.exists(actual)).as("%s exists", name).isEqualTo(Files.exists(expected));
        if (Files.exists(actual)) {
          assertThat(actual).hasSameTextualContentAs(expected).hasSameBinaryContentAs(expected);
        }
      } else if (rewrite(actual, expected)) {
        rewritten.add(expected);
      }
    }
    if (!rewritten.isEmpty()) {
      fail("rewritten: %s. Read their diff, and run again without -Dgolden.update.", rewritten);
    }
  }

  private static boolean rewrite(Path actual, Path expected) throws IOException {
    if (!Files.exists(actual)) {
      return Files.deleteIfExists(expected);
    }
    if (Files.exists(expected) && Files.mismatch(actual, expected) < 0) {
      return false;
    }
    Files.copy(actual, expected, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private static List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
