package io.github.nixmaven.builder.realise;

import io.github.nixmaven.builder.language.Language;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Leads back from the paths that compilers know to the user's own files.
 *
 * @param language knows the paths of its compilers
 * @param directory the directory of the generated file, absolute
 * @param here the directory that the user sees paths from, absolute
 */
record SourcePaths(Language language, Path directory, Path here) {
  /** A line of a compiler's message with the user's own paths. */
  String inLine(String line) {
    return language.withPaths(line, this::shown);
  }

  private String shown(String path) {
    Path file = directory.resolve(path).normalize();
    return (file.startsWith(here) ? here.relativize(file) : file).toString();
  }

  /**
   * The map for debuggers and readers of a backtrace, a JSON object: the start of a path in a
   * program, and where that is here.
   */
  void write(Path file) throws IOException {
    SortedMap<String, String> map = new TreeMap<>();
    language.sourceRoot().ifPresent(root -> map.put(root, directory.toString()));
    OutputFile.write(file, OutputFile.json(map));
  }
}
