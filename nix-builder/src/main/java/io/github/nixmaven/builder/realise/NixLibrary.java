package io.github.nixmaven.builder.realise;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The Nix expressions that travel in the plugin's jar, written out for Nix to read. */
public final class NixLibrary {
  private static final String ROOT = "/io/github/nixmaven/builder/library";

  private NixLibrary() {}

  /**
   * Makes a directory contain exactly this plugin's expressions. Files that are right already stay
   * untouched.
   *
   * @param directory the directory, created if it is missing
   */
  public static void extract(Path directory) throws IOException {
    try {
      extract(Objects.requireNonNull(NixLibrary.class.getResource(ROOT), ROOT).toURI(), directory);
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /** The same from a directory, or a directory in a jar. */
  static void extract(URI root, Path directory) throws IOException {
    if (!root.getScheme().equals("jar")) {
      copy(Path.of(root), directory);
      return;
    }
    String text = root.toString();
    int end = text.lastIndexOf("!/");
    Path jar = Path.of(URI.create(text.substring("jar:".length(), end)));
    // Opened by path: a file system by URI is shared, and another build thread could close it.
    try (FileSystem files = FileSystems.newFileSystem(jar, Map.of())) {
      copy(files.getPath(text.substring(end + 1)), directory);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Set<Path> wanted = new HashSet<>();
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        wanted.add(target);
        OutputFile.write(target, Files.readAllBytes(file));
      }
    }
    try (Stream<Path> files = Files.walk(to)) {
      List<Path> strangers =
          files.filter(Files::isRegularFile).filter(file -> !wanted.contains(file)).toList();
      for (Path stranger : strangers) {
        Files.delete(stranger);
      }
    }
  }
}
