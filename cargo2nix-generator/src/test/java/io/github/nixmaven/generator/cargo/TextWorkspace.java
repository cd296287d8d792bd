package io.github.nixmaven.generator.cargo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A workspace of local packages, written down in one text: a line {@code ## PATH} begins a file,
 * {@code ## PATH PATH} begins several equal ones. What is before the first of them belongs to no
 * file: a line {@code # TEXT} says what the workspace shows, {@code $ cargo COMMAND} what to try on
 * it.
 */
public final class TextWorkspace {
  /** Begins a line with a command. */
  static final String COMMAND = "$ cargo ";

  private final Path directory;

  private TextWorkspace(Path directory) {
    this.directory = directory;
  }

  /** Writes the files and has cargo lock them. */
  static TextWorkspace write(Path directory, String text) throws IOException {
    TextWorkspace workspace = unlocked(directory, text);
    Cargo.generateLockfile(directory);
    return workspace;
  }

  /** Writes the files. */
  public static TextWorkspace unlocked(Path directory, String text) throws IOException {
    String[] sections = ("\n" + text).split("\n## ");
    for (String section : Arrays.asList(sections).subList(1, sections.length)) {
      int end = section.indexOf('\n');
      String paths = end < 0 ? section : section.substring(0, end);
      String content = end < 0 ? "" : section.substring(end + 1);
      for (String path : paths.strip().split(" +")) {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
      }
    }
    return new TextWorkspace(directory);
  }

  /** The members' manifests. */
  List<Manifest> members() throws IOException {
    return load().workspace().members();
  }

  /** Cargo's units for a command line. */
  JsonNode cargo(List<String> command) {
    return Cargo.unitGraph(directory, command);
  }

  /** Compares the units of {@code cargo} with these arguments: a subcommand and its options. */
  void assertSame(String... arguments) throws IOException {
    List<String> command = List.of(arguments);
    UnitComparison.assertSame(
        "cargo " + String.join(" ", command) + "\n" + this, plan(command), cargo(command));
  }

  /** Our units for a command line. */
  UnitGraph plan(List<String> command) throws IOException {
    CargoProject project = load();
    return CargoCommand.parse(command).plan(project, graph(project));
  }

  /** The packages of a project that has local ones only. */
  static PackageGraph graph(CargoProject project) {
    return PackageGraph.join(
        project.lock(),
        project.workspace(),
        locked -> {
          throw new AssertionError(locked + " is not local");
        });
  }

  private CargoProject load() throws IOException {
    return CargoProject.load(directory.resolve("Cargo.toml"), System.getenv());
  }

  /** The text again, without the lock. */
  @Override
  public String toString() {
    try (var files = Files.walk(directory)) {
      Map<String, List<String>> byContent = new TreeMap<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (!file.endsWith("Cargo.lock")) {
          byContent
              .computeIfAbsent(Files.readString(file), key -> new ArrayList<>())
              .add(directory.relativize(file).toString());
        }
      }
      StringBuilder result = new StringBuilder();
      byContent.forEach(
          (content, paths) ->
              result
                  .append("## ")
                  .append(String.join(" ", paths))
                  .append('\n')
                  .append(content)
                  .append(content.isEmpty() || content.endsWith("\n") ? "" : "\n"));
      return result.toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
