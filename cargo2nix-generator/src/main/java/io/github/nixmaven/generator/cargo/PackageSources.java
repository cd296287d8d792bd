package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.git.GitRepositories;
import io.github.nixmaven.generator.cargo.lock.LockedPackage;
import io.github.nixmaven.generator.cargo.lock.SourceId;
import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.manifest.PublishedManifest;
import io.github.nixmaven.generator.cargo.registry.CrateContents;
import io.github.nixmaven.generator.cargo.registry.CrateFiles;
import io.github.nixmaven.generator.cargo.registry.CrateId;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph.Published;
import io.github.nixmaven.generator.cargo.source.Pin;
import io.github.nixmaven.generator.net.Endpoints;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The packages of a lock that are not local, from wherever their sources are. */
public final class PackageSources {
  private static final String CRATES_IO = "crates-io";
  private static final String CRATES_IO_URL =
      Endpoints.CRATES_IO_FILES + "/{crate}/{crate}-{version}.crate";

  private final CrateFiles crateFiles;
  private final GitRepositories repositories;

  public PackageSources(CrateFiles crateFiles, GitRepositories repositories) {
    this.crateFiles = crateFiles;
    this.repositories = repositories;
  }

  /**
   * Reads the manifests of packages that have a source.
   *
   * @param progress hears of each package once
   * @throws InputException when a source is not supported, or does not hold what the lock says
   */
  public Map<LockedPackage, Published> load(Collection<LockedPackage> packages, Progress progress)
      throws IOException, InterruptedException {
    Map<LockedPackage, CrateId> crates = new LinkedHashMap<>();
    for (LockedPackage locked : packages) {
      if (!GitPackages.isGit(locked)) {
        crates.put(locked, crate(locked));
      }
    }
    Map<CrateId, CrateContents> contents = crateFiles.contents(crates.values(), progress);
    List<LockedPackage> git = packages.stream().filter(GitPackages::isGit).toList();
    Map<LockedPackage, Published> result =
        new LinkedHashMap<>(GitPackages.load(git, repositories, progress));
    crates.forEach(
        (locked, id) ->
            result.put(
                locked,
                new Published(
                    manifest(locked, Objects.requireNonNull(contents.get(id))),
                    new Pin.CrateFile(CRATES_IO, CRATES_IO_URL, id.checksum()))));
    return result;
  }

  private static CrateId crate(LockedPackage locked) {
    SourceId source = Objects.requireNonNull(locked.source());
    if (source.kind() != SourceId.Kind.REGISTRY
        || !source.url().equals(Endpoints.CRATES_IO_INDEX)) {
      throw new InputException(
          locked.position(),
          locked.label() + " comes from " + source.kind() + " " + source.url(),
          "Only crates.io, git and paths are supported so far: vendor the package and point to it"
              + " with `[patch]`.");
    }
    if (locked.checksum() == null) {
      throw new InputException(
          locked.position(),
          "the lock has no checksum for " + locked.label(),
          "Write the lock anew with `cargo generate-lockfile`: nothing unpinned is built.");
    }
    return new CrateId(
        locked.name(), locked.version().toString(), locked.checksum(), locked.position());
  }

  private static Manifest manifest(LockedPackage locked, CrateContents crate) {
    Manifest manifest = PublishedManifest.read(crate.manifest(), crate.rustFiles());
    if (!manifest.name().equals(locked.name()) || !manifest.version().equals(locked.version())) {
      throw new InputException(
          locked.position(),
          "the crate file of "
              + locked.label()
              + " holds "
              + manifest.name()
              + " "
              + manifest.version(),
          "The lock was edited by hand: run `cargo update --workspace`.");
    }
    return manifest;
  }
}
