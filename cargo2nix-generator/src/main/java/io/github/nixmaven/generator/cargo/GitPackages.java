package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.git.GitRemedies;
import io.github.nixmaven.generator.cargo.git.GitRepositories;
import io.github.nixmaven.generator.cargo.git.RepositoryFacts;
import io.github.nixmaven.generator.cargo.git.RepositoryPackage;
import io.github.nixmaven.generator.cargo.lock.LockedPackage;
import io.github.nixmaven.generator.cargo.lock.SourceId;
import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.manifest.RepositoryManifest;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph.Published;
import io.github.nixmaven.generator.cargo.source.Pin;
import io.github.nixmaven.generator.git.LockedCommit;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.net.Workers;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.TomlFile;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The packages of a lock whose source is a git repository. */
final class GitPackages {
  private static final Path ROOT = Path.of("/");

  private final LockedCommit commit;
  private final RepositoryFacts facts;
  private final Map<String, TomlTable> manifests = new HashMap<>();

  private GitPackages(LockedCommit commit, RepositoryFacts facts) {
    this.commit = commit;
    this.facts = facts;
  }

  static boolean isGit(LockedPackage locked) {
    SourceId source = locked.source();
    return source != null && source.kind() == SourceId.Kind.GIT;
  }

  /**
   * Reads the manifests of packages, each repository's commit once.
   *
   * @param progress is told of each commit once
   * @throws InputException when a commit cannot be fetched, or does not contain the locked package
   */
  static Map<LockedPackage, Published> load(
      Collection<LockedPackage> packages, GitRepositories repositories, Progress progress)
      throws IOException, InterruptedException {
    Map<LockedCommit, List<LockedPackage>> byCommit = new LinkedHashMap<>();
    for (LockedPackage locked : packages) {
      byCommit.computeIfAbsent(commit(locked), key -> new ArrayList<>()).add(locked);
    }
    List<Callable<GitPackages>> tasks = new ArrayList<>();
    for (LockedCommit commit : byCommit.keySet()) {
      tasks.add(() -> new GitPackages(commit, repositories.facts(commit)));
    }
    Map<LockedPackage, Published> result = new LinkedHashMap<>();
    int[] done = {0};
    Workers.run(
        "git",
        Runtime.getRuntime().availableProcessors(),
        tasks,
        found -> {
          for (LockedPackage locked : Objects.requireNonNull(byCommit.get(found.commit))) {
            result.put(locked, found.published(locked));
          }
          progress.step(found.commit.toString(), ++done[0], tasks.size());
        });
    return result;
  }

  private static LockedCommit commit(LockedPackage locked) {
    SourceId source = Objects.requireNonNull(locked.source());
    return new LockedCommit(
            source.url(), source.commit(), source.reference(), locked.position(), GitRemedies.LOCK)
        .forWhat(locked.label());
  }

  private Published published(LockedPackage locked) {
    RepositoryPackage found =
        facts
            .find(locked.name(), locked.version().toString())
            .orElseThrow(
                () ->
                    new InputException(
                        locked.position(),
                        commit + " does not contain the package " + locked.label(),
                        "The lock was edited by hand, or the package's manifest is broken: run"
                            + " `cargo update -p "
                            + locked.name()
                            + "`."));
    @Nullable String workspace = found.workspace();
    Manifest manifest =
        RepositoryManifest.read(
            toml(found.folder()),
            ROOT.resolve(found.folder()),
            found.files(),
            workspace == null ? null : toml(workspace),
            workspace == null ? ROOT : ROOT.resolve(workspace));
    return new Published(
        manifest, new Pin.Commit(commit.url(), commit.commit(), facts.narHash(), found.folder()));
  }

  private TomlTable toml(String folder) {
    return manifests.computeIfAbsent(
        folder,
        key ->
            TomlFile.parse(
                commit + ":" + (key.isEmpty() ? "" : key + "/") + "Cargo.toml",
                Objects.requireNonNull(facts.manifests().get(key))));
  }
}
