package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.text.FileNames;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The files of a package from which cargo infers targets and the readme. */
public final class PackageFiles {
  /** The readmes that cargo looks for when a manifest names none; it uses the first. */
  public static final List<String> READMES = List.of("README.md", "README.txt", "README");

  /** The directories in which {@code NAME.rs} and {@code NAME/main.rs} are targets. */
  public static final List<String> TARGET_DIRECTORIES =
      List.of("src/bin", "examples", "tests", "benches");

  private final SortedSet<String> paths;

  private PackageFiles(SortedSet<String> paths) {
    this.paths = paths;
  }

  /** The files of a package that is not on this disk, relative to it. */
  static PackageFiles of(Collection<String> paths) {
    return new PackageFiles(new TreeSet<>(paths));
  }

  /** The files of a directory. */
  static PackageFiles scan(Path directory) throws IOException {
    FileNames.requireReadable(directory.toString());
    SortedSet<String> paths = new TreeSet<>();
    for (String readme : READMES) {
      if (Files.isRegularFile(directory.resolve(readme))) {
        paths.add(readme);
      }
    }
    addFiles(directory, "", paths);
    addFiles(directory, "src/", paths);
    for (String name : TARGET_DIRECTORIES) {
      addFiles(directory, name + "/", paths);
      Path folder = directory.resolve(name);
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
          for (Path entry : entries) {
            if (Files.isRegularFile(entry.resolve("main.rs"))) {
              add(name + "/" + entry.getFileName() + "/main.rs", paths);
            }
          }
        }
      }
    }
    return new PackageFiles(paths);
  }

  private static void addFiles(Path directory, String prefix, SortedSet<String> paths)
      throws IOException {
    Path folder = directory.resolve(prefix);
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        for (Path entry : entries) {
          String name = entry.getFileName().toString();
          if (name.endsWith(".rs") && Files.isRegularFile(entry)) {
            add(prefix + name, paths);
          }
        }
      }
    }
  }

  private static void add(String path, SortedSet<String> paths) {
    FileNames.requireReadable(path);
    // cargo passes over names that are not UTF-8 as well.
    if (path.indexOf('\uFFFD') < 0) {
      paths.add(path);
    }
  }

  boolean exists(String path) {
    return paths.contains(path);
  }

  /** The targets that a directory implies: {@code NAME.rs} and {@code NAME/main.rs}. */
  List<Inferred> inferred(String directory) {
    List<Inferred> result = new ArrayList<>();
    String prefix = directory + "/";
    for (String path : paths.tailSet(prefix)) {
      if (!path.startsWith(prefix)) {
        break;
      }
      String rest = path.substring(prefix.length());
      if (rest.startsWith(".")) {
        continue;
      }
      int slash = rest.indexOf('/');
      if (slash < 0 && rest.endsWith(".rs")) {
        result.add(new Inferred(rest.substring(0, rest.length() - 3), path));
      } else if (slash >= 0 && rest.substring(slash).equals("/main.rs")) {
        result.add(new Inferred(rest.substring(0, slash), path));
      }
    }
    return result;
  }

  /** A target that a file implies. */
  record Inferred(String name, String path) {}
}
