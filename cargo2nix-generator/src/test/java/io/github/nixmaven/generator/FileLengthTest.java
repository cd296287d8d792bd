package io.github.nixmaven.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FileLengthTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final int MOST_LINES = 500;

  /** What is built, and what is generated to compare with. */
  private static final Set<String> NOT_WRITTEN_BY_HAND = Set.of(".git", "target", "testdata");

  private static final Set<String> ENDINGS = Set.of("java", "nix", "bash", "ftl");

  @Test
  @DisplayName("No file of source text has more than 500 lines")
  void lines() throws IOException {
    List<Path> sources = sources();

    assertThat(sources).contains(Path.of("test"), Path.of("nix/default.nix"));
    assertThat(sources)
        .filteredOn(source -> lines(source) > MOST_LINES)
        .as("files of more than %s lines", MOST_LINES)
        .isEmpty();
  }

  private static List<Path> sources() throws IOException {
    List<Path> result = new ArrayList<>();
    Files.walkFileTree(
        REPOSITORY,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return NOT_WRITTEN_BY_HAND.contains(directory.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && isSource(file)) {
              result.add(REPOSITORY.relativize(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return result;
  }

  private static boolean isSource(Path file) throws IOException {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? isScript(file) : ENDINGS.contains(name.substring(dot + 1));
  }

  private static boolean isScript(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String first = reader.readLine();
      return first != null && first.startsWith("#!");
    } catch (MalformedInputException e) {
      return false; // not a text
    }
  }

  private static long lines(Path source) {
    try (var lines = Files.lines(REPOSITORY.resolve(source))) {
      return lines.count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
