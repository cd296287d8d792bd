package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.resolve.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A workspace of local packages, written down in one text: a line {@code ## PATH} begins a file,
 * {@code ## PATH PATH} begins several equal ones.
 */
final class TextWorkspace {
  private final Path directory;

  private TextWorkspace(Path directory) {
    this.directory = directory;
  }

  /** Writes the files and has cargo lock them. */
  static TextWorkspace write(Path directory, String text) throws IOException {
    for (String section : ("\n" + text).split("\n## ")) {
      if (section.isBlank()) {
        continue;
      }
      int end = section.indexOf('\n');
      String paths = end < 0 ? section : section.substring(0, end);
      String content = end < 0 ? "" : section.substring(end + 1);
      for (String path : paths.strip().split(" +")) {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
      }
    }
    Cargo.generateLockfile(directory);
    return new TextWorkspace(directory);
  }

  /** The names of the members. */
  List<String> members() throws IOException {
    return load().workspace().members().stream().map(m -> m.name()).toList();
  }

  /**
   * Compares the units of {@code cargo build -p MEMBER}.
   *
   * @param target what {@code --target} names, or null without it
   * @param features further arguments of cargo: {@code --no-default-features}, {@code
   *     --all-features}, or none
   */
  void assertSame(String member, @Nullable String target, String... features) throws IOException {
    CargoProject project = load();
    PackageGraph graph =
        PackageGraph.join(
            project.lock(),
            project.workspace(),
            locked -> {
              throw new AssertionError(locked + " is not local");
            });
    List<String> arguments = new ArrayList<>(List.of("-p", member));
    if (target != null) {
      arguments.addAll(List.of("--target", target));
    }
    arguments.addAll(List.of(features));
    int index =
        graph.members().stream()
            .filter(node -> node.locked().name().equals(member))
            .findFirst()
            .orElseThrow()
            .index();
    Selection selection =
        new Selection(
            List.of(index),
            List.of(),
            List.of(features).contains("--all-features"),
            !List.of(features).contains("--no-default-features"));
    UnitComparison.assertSame(
        String.join(" ", arguments) + "\n" + this,
        UnitComparison.plan(project, graph, selection, target),
        Cargo.unitGraph(directory, arguments.toArray(String[]::new)));
  }

  private CargoProject load() throws IOException {
    return CargoProject.load(directory.resolve("Cargo.toml"));
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
