package io.github.nixmaven.generator.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.util.SystemReader;

/**
 * Repositories with the same address and the same commit on every machine: {@code
 * https://git.invalid/NAME} leads to them in this process, as {@code url.BASE.insteadOf} would.
 */
public final class GoldenRepositories implements AutoCloseable {
  private static final String ADDRESS = "https://git.invalid/";

  private final Path served;
  private final String base;

  private GoldenRepositories(Path served) {
    this.served = served;
    this.base = "file://" + served.toAbsolutePath() + "/";
  }

  /**
   * @param served an empty place
   */
  public static GoldenRepositories below(Path served) throws IOException {
    GitEnvironment.prepare(System.getenv());
    GoldenRepositories result = new GoldenRepositories(served);
    user().setString("url", result.base, "insteadOf", ADDRESS);
    return result;
  }

  /** Commits the files of a directory to a repository of its name. */
  public void add(Path directory) throws IOException {
    Path repository = served.resolve(directory.getFileName().toString());
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = repository.resolve(directory.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    PersonIdent author =
        new PersonIdent(
            "golden", "golden@localhost", Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    try (Git git = Git.init().setDirectory(repository.toFile()).setInitialBranch("main").call()) {
      git.add().addFilepattern(".").call();
      git.commit()
          .setMessage("golden\n")
          .setAuthor(author)
          .setCommitter(author)
          .setSign(false)
          .call();
    } catch (GitAPIException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    user().unsetSection("url", base);
  }

  private static StoredConfig user() throws IOException {
    try {
      return SystemReader.getInstance().getUserConfig();
    } catch (ConfigInvalidException e) {
      throw new IOException(e);
    }
  }
}
