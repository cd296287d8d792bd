package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.config.CargoConfig;
import io.github.nixmaven.generator.cargo.config.Credentials;
import io.github.nixmaven.generator.cargo.config.SourceLocation;
import io.github.nixmaven.generator.cargo.config.SourceReplacements;
import io.github.nixmaven.generator.cargo.git.GitRepositories;
import io.github.nixmaven.generator.cargo.lock.LockedPackage;
import io.github.nixmaven.generator.cargo.lock.SourceId;
import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.registry.CrateFiles;
import io.github.nixmaven.generator.cargo.registry.CrateId;
import io.github.nixmaven.generator.cargo.registry.Registry;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph.Published;
import io.github.nixmaven.generator.cargo.source.Pin;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the packages of a lock that are not local, from all kinds of sources. */
public final class PackageSources {
  private final CrateFiles crateFiles;
  private final GitRepositories repositories;
  private final Map<SourceId, Registry> registries = new HashMap<>();

  public PackageSources(CrateFiles crateFiles, GitRepositories repositories) {
    this.crateFiles = crateFiles;
    this.repositories = repositories;
  }

  /**
   * Reads the manifests of packages that have a source.
   *
   * @param config has the source replacements and the tokens
   * @param progress is told of each package once
   * @throws InputException when a source is not supported, or does not contain the locked package
   */
  public Map<LockedPackage, Published> load(
      Collection<LockedPackage> packages, CargoConfig config, Progress progress)
      throws IOException, InterruptedException {
    SourceReplacements replacements = config.sources();
    Map<LockedPackage, LockedPackage> git = new LinkedHashMap<>();
    Map<LockedPackage, Crate> crates = new LinkedHashMap<>();
    for (LockedPackage locked : packages) {
      SourceLocation location = replacements.locate(source(locked));
      if (GitPackages.isGit(locked) && !(location instanceof SourceLocation.Directory)) {
        git.put(locatedAt(location, locked), locked);
      } else if (!(location instanceof SourceLocation.Directory)) {
        crates.put(locked, crate(locked, location, config));
      }
    }
    Map<CrateId, Registry> wanted = wanted(crates.values());
    Map<CrateId, Manifest> manifests = crateFiles.contents(wanted, new PublishedFacts(), progress);
    Map<LockedPackage, Published> result = new LinkedHashMap<>();
    GitPackages.load(git.keySet(), repositories, progress)
        .forEach(
            (located, published) ->
                result.put(Objects.requireNonNull(git.get(located)), published));
    result.putAll(loadVendored(packages, config, progress));
    for (Map.Entry<LockedPackage, Crate> entry : crates.entrySet()) {
      LockedPackage locked = entry.getKey();
      Crate crate = entry.getValue();
      Manifest manifest = Objects.requireNonNull(manifests.get(crate.id()));
      check(locked, manifest);
      // A replacement of crates.io applies to one machine, but Cargo.nix is for all machines.
      Registry pinned = source(locked).isCratesIo() ? crateFiles.cratesIo() : crate.registry();
      String name =
          source(locked).isCratesIo() ? pinned.name() : Registry.nameOf(source(locked).url());
      result.put(
          locked,
          new Published(manifest, new Pin.CrateFile(name, pinned.files(), crate.id().checksum())));
    }
    return result;
  }

  /**
   * Reads the manifests of packages in vendored directories, and verifies all their files.
   *
   * @param config as in {@link #load}
   * @throws InputException as in {@link #load}
   */
  static Map<LockedPackage, Published> loadVendored(
      Collection<LockedPackage> packages, CargoConfig config, Progress progress)
      throws IOException, InterruptedException {
    Map<LockedPackage, Published> result = new LinkedHashMap<>();
    for (Map.Entry<Path, List<LockedPackage>> entry : vendored(packages, config).entrySet()) {
      result.putAll(VendoredPackages.load(entry.getKey(), entry.getValue(), progress));
    }
    return result;
  }

  /** The packages in vendored directories, by directory. */
  static SortedMap<Path, List<LockedPackage>> vendored(
      Collection<LockedPackage> packages, CargoConfig config) {
    SourceReplacements replacements = config.sources();
    SortedMap<Path, List<LockedPackage>> result = new TreeMap<>();
    for (LockedPackage locked : packages) {
      if (replacements.locate(source(locked)) instanceof SourceLocation.Directory directory) {
        result.computeIfAbsent(directory.folder(), key -> new ArrayList<>()).add(locked);
      }
    }
    return result;
  }

  /**
   * Fetches the crate files that Nix cannot fetch by itself: those that need a token or come from
   * another place than Cargo.nix says.
   *
   * @param config as in {@link #load}
   * @throws InputException as in {@link #load}
   */
  public void provide(Collection<LockedPackage> packages, CargoConfig config, Progress progress)
      throws IOException, InterruptedException {
    SourceReplacements replacements = config.sources();
    List<Crate> crates = new ArrayList<>();
    for (LockedPackage locked : packages) {
      SourceLocation location = replacements.locate(source(locked));
      boolean direct =
          location instanceof SourceLocation.Remote remote
              && remote.source().equals(source(locked));
      if (location instanceof SourceLocation.Directory
          || GitPackages.isGit(locked)
          || (direct && source(locked).isCratesIo())) {
        continue;
      }
      Crate crate = crate(locked, location, config);
      if (!direct || crate.registry().wantsToken()) {
        crates.add(crate);
      }
    }
    crateFiles.provide(wanted(crates), progress);
  }

  /**
   * A package of a registry.
   *
   * @param registry the registry that has its file
   */
  private record Crate(CrateId id, Registry registry) {}

  private static Map<CrateId, Registry> wanted(Collection<Crate> crates) {
    Map<CrateId, Registry> result = new LinkedHashMap<>();
    crates.forEach(crate -> result.put(crate.id(), crate.registry()));
    return result;
  }

  /** A package of a repository, as a lock would have it for the repository that replaces it. */
  private static LockedPackage locatedAt(SourceLocation location, LockedPackage locked) {
    if (!(location instanceof SourceLocation.Remote remote)) {
      throw new InputException(
          locked.position(),
          locked.label() + " comes from a git repository, and a local registry cannot replace one",
          "Replace the repository with a vendored directory: see `cargo vendor`.");
    }
    SourceId stand = remote.source();
    return new LockedPackage(
        locked.name(),
        locked.version(),
        new SourceId(stand.kind(), stand.url(), stand.reference(), source(locked).commit()),
        locked.checksum(),
        locked.dependencies(),
        locked.position());
  }

  private static SourceId source(LockedPackage locked) {
    return Objects.requireNonNull(locked.source());
  }

  private Crate crate(LockedPackage locked, SourceLocation location, CargoConfig config)
      throws IOException, InterruptedException {
    if (locked.checksum() == null) {
      throw new InputException(
          locked.position(),
          "the lock has no checksum for " + locked.label(),
          "Write the lock again with `cargo generate-lockfile`: only pinned packages are built.");
    }
    CrateId id =
        new CrateId(
            locked.name(), locked.version().toString(), locked.checksum(), locked.position());
    if (location instanceof SourceLocation.LocalRegistry local) {
      return new Crate(id, crateFiles.localRegistry(local.folder()));
    }
    SourceId source =
        location instanceof SourceLocation.Remote remote ? remote.source() : source(locked);
    Registry registry = registries.get(source);
    if (registry == null) {
      registry = registry(source, config);
      registries.put(source, registry);
    }
    return new Crate(id, registry);
  }

  private Registry registry(SourceId source, CargoConfig config) {
    if (source.isCratesIo()) {
      return crateFiles.cratesIo();
    }
    Credentials credentials = config.credentials(source);
    return source.kind() == SourceId.Kind.SPARSE
        ? crateFiles.sparseRegistry(source.url(), credentials)
        : crateFiles.registry(
            source.url(),
            () -> repositories.readNow(source.url(), Registry.CONFIGURATION),
            credentials);
  }

  private static void check(LockedPackage locked, Manifest manifest) {
    if (!manifest.name().equals(locked.name())
        || manifest.version().compareTo(locked.version()) != 0) {
      throw new InputException(
          locked.position(),
          "the crate file of "
              + locked.label()
              + " contains "
              + manifest.name()
              + " "
              + manifest.version(),
          "The lock was edited by hand: run `cargo update --workspace`.");
    }
  }
}
