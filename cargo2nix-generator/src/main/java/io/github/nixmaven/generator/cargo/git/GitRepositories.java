package io.github.nixmaven.generator.cargo.git;

import io.github.nixmaven.generator.git.GitAddress;
import io.github.nixmaven.generator.git.LockedCommit;
import io.github.nixmaven.generator.git.Repositories;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Git repositories as cargo uses them: for the packages of a commit, and for the configuration of
 * an index. They come from the places of {@link Repositories} and from cargo's own copies.
 *
 * <p>The contents of a commit are cached separately, so that a later run opens no repository.
 * Several processes may share a cache.
 */
public final class GitRepositories {
  private final Path cache;
  private final RepositoryFactsCache facts;
  private final Optional<Path> cargoHome;
  private final boolean offline;
  private final Map<String, String> environment;

  /** Null until needed: most locks name no repository, and JGit's classes take time to load. */
  private volatile @Nullable Repositories repositories;

  /**
   * @param cache our own cache; made when needed
   * @param cargoHome cargo's home ({@code $CARGO_HOME} or {@code ~/.cargo}), if it is to be used
   * @param offline whether to fail instead of fetching
   * @param environment the environment variables: the user's home, and proxies
   */
  public GitRepositories(
      Path cache, Optional<Path> cargoHome, boolean offline, Map<String, String> environment) {
    this.cache = cache;
    this.facts = new RepositoryFactsCache(cache);
    this.cargoHome = cargoHome;
    this.offline = offline;
    this.environment = environment;
  }

  /**
   * @param repositories reads the commits
   */
  GitRepositories(Path cache, Repositories repositories) {
    this(cache, Optional.empty(), true, Map.of());
    this.repositories = repositories;
  }

  private Repositories repositories() {
    Repositories made = repositories;
    if (made == null) {
      made = new Repositories(cache, cargoHome.map(CargoCopies::new), offline, environment);
      repositories = made;
    }
    return made;
  }

  /**
   * The facts about a commit.
   *
   * @throws InputException when the commit does not exist, is absent and we are offline, or its
   *     repository denies access
   */
  public RepositoryFacts facts(LockedCommit commit) throws IOException, InterruptedException {
    Optional<RepositoryFacts> known = facts.read(commit);
    if (known.isPresent()) {
      return known.get();
    }
    RepositoryFacts found =
        repositories()
            .read(commit, tree -> PackageFinder.find(tree, Nar.digest(tree.root()).hash().sri()));
    facts.write(commit, found);
    return found;
  }

  /**
   * Writes the NAR of a commit's files, submodules included. Does not close.
   *
   * @throws InputException as {@link #facts} does
   */
  public void writeNar(LockedCommit commit, OutputStream out)
      throws IOException, InterruptedException {
    repositories().writeNar(commit, out);
  }

  /**
   * Reads a file of the current default branch of an index.
   *
   * @param url the repository's address
   * @param path the file, with {@code /} between names
   * @throws InputException as {@link #facts} does, or when there is no such file
   */
  public byte[] readNow(String url, String path) throws IOException, InterruptedException {
    return repositories()
        .readNow(url, path, GitRemedies.INDEX)
        .orElseThrow(
            () ->
                new InputException(
                    null,
                    "the repository " + GitAddress.parse(url) + " has no file " + path,
                    "Check the registry's address in cargo's configuration and in Cargo.lock."));
  }
}
