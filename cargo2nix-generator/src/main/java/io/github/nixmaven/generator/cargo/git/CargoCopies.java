package io.github.nixmaven.generator.cargo.git;

import io.github.nixmaven.generator.git.Copies;
import io.github.nixmaven.generator.git.GitAddress;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The repositories that cargo has fetched: {@code git/db} in its home. */
final class CargoCopies implements Copies {
  private final Path directory;

  /**
   * @param home cargo's home
   */
  CargoCopies(Path home) {
    directory = home.resolve("git").resolve("db");
  }

  @Override
  public Path directory() {
    return directory;
  }

  /**
   * Cargo names the copy of a repository by the repository's name, in lower case for some hosts,
   * and a hash.
   */
  @Override
  public List<Path> of(GitAddress address) throws IOException {
    List<Path> result = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      String prefix = (address.name() + "-").toLowerCase(Locale.ROOT);
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        for (Path entry : entries) {
          if (entry.getFileName().toString().toLowerCase(Locale.ROOT).startsWith(prefix)) {
            result.add(entry);
          }
        }
      }
    }
    result.sort(null);
    return result;
  }
}
