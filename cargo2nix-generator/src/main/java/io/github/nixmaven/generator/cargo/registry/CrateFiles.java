package io.github.nixmaven.generator.cargo.registry;

import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Downloader.Download;
import io.github.nixmaven.generator.net.Endpoints;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.net.Workers;
import io.github.nixmaven.generator.nix.Hash;
import io.github.nixmaven.generator.nix.StorePath;
import io.github.nixmaven.generator.text.DirectoryTree;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * Published crates, from wherever they are nearest.
 *
 * <p>A crate's file is looked for in cargo's own cache, in ours, in the Nix store, and is fetched
 * from the registry otherwise. Its checksum is verified wherever it comes from; a file that does
 * not match counts as absent. What a crate holds is kept apart from the file, so that a later run
 * opens no archive. Several processes may share a cache.
 */
public final class CrateFiles {
  private final Path cache;
  private final FactsCache facts;
  private final Optional<Path> cargoHome;
  private final Optional<Path> nixStore;
  private final Downloader downloader;
  private final boolean offline;
  private final String registry;

  /**
   * @param cache our own cache; made when needed
   * @param cargoHome cargo's home ({@code $CARGO_HOME} or {@code ~/.cargo}), if it is to be used
   * @param nixStore the Nix store ({@code /nix/store}), if it is to be used
   * @param downloader what to fetch with
   * @param offline whether to fail rather than to fetch
   */
  public CrateFiles(
      Path cache,
      Optional<Path> cargoHome,
      Optional<Path> nixStore,
      Downloader downloader,
      boolean offline) {
    this(cache, cargoHome, nixStore, downloader, offline, Endpoints.CRATES_IO_FILES);
  }

  CrateFiles(
      Path cache,
      Optional<Path> cargoHome,
      Optional<Path> nixStore,
      Downloader downloader,
      boolean offline,
      String registry) {
    this.cache = cache;
    this.facts = new FactsCache(cache);
    this.cargoHome = cargoHome;
    this.nixStore = nixStore;
    this.downloader = downloader;
    this.offline = offline;
    this.registry = registry;
  }

  /** Yields what a crate is asked for, or nothing where the crate's file is nowhere near. */
  private interface Lookup<T> {
    Optional<T> find(CrateId id) throws IOException, InterruptedException;
  }

  /**
   * What crates hold, in the order they were asked for.
   *
   * @param progress hears of each crate once
   * @throws InputException when a crate is absent and we are offline, when the registry does not
   *     have it or has other bytes, or when it is an archive that cargo would not unpack
   */
  public Map<CrateId, CrateContents> contents(Collection<CrateId> wanted, Progress progress)
      throws IOException, InterruptedException {
    List<Path> cargoCaches = cargoCaches();
    return find(
        wanted,
        id -> {
          Optional<CrateContents> known = facts.read(id);
          if (known.isPresent()) {
            return known;
          }
          Optional<Path> file = localFile(id, cargoCaches);
          if (file.isEmpty()) {
            return Optional.empty();
          }
          CrateContents contents = CrateArchive.read(id, file.get());
          facts.write(id, contents);
          return Optional.of(contents);
        },
        progress);
  }

  /**
   * The crates' verified files, in the order they were asked for. They lie in one of the caches or
   * in the Nix store, under whatever name they have there, and must not be changed.
   *
   * @param progress hears of each crate once
   * @throws InputException as {@link #contents} does
   */
  public Map<CrateId, Path> files(Collection<CrateId> wanted, Progress progress)
      throws IOException, InterruptedException {
    List<Path> cargoCaches = cargoCaches();
    return find(wanted, id -> localFile(id, cargoCaches), progress);
  }

  /**
   * Unpacks a crate.
   *
   * @param destination a folder that does not exist; it appears once it is complete
   * @throws InputException as {@link #contents} does
   */
  public void unpack(CrateId id, Path destination, Progress progress)
      throws IOException, InterruptedException {
    Path file = Objects.requireNonNull(files(List.of(id), progress).get(id));
    Path parent = destination.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path temporary = Files.createTempDirectory(parent, "." + destination.getFileName());
    try {
      CrateArchive.unpack(id, file, temporary);
      Files.move(temporary, destination, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      DirectoryTree.delete(temporary);
    }
  }

  private <T> Map<CrateId, T> find(Collection<CrateId> wanted, Lookup<T> lookup, Progress progress)
      throws IOException, InterruptedException {
    Set<CrateId> all = new LinkedHashSet<>(wanted);
    Map<CrateId, T> found = new LinkedHashMap<>();
    look(all, lookup, found, all.size(), progress);
    List<CrateId> absent = all.stream().filter(id -> !found.containsKey(id)).toList();
    if (!absent.isEmpty()) {
      fetch(absent, (what, done, total) -> progress.step(what, found.size() + done, all.size()));
      look(absent, lookup, found, all.size(), Progress.NONE);
    }
    Map<CrateId, T> ordered = new LinkedHashMap<>();
    for (CrateId id : all) {
      T result = found.get(id);
      if (result == null) {
        throw new IOException(ownFile(id) + " was changed by somebody else while we used it");
      }
      ordered.put(id, result);
    }
    return ordered;
  }

  private static <T> void look(
      Collection<CrateId> ids,
      Lookup<T> lookup,
      Map<CrateId, T> found,
      int total,
      Progress progress)
      throws IOException, InterruptedException {
    record Result<T>(CrateId id, Optional<T> value) {}

    List<Callable<Result<T>>> tasks = new ArrayList<>();
    for (CrateId id : ids) {
      tasks.add(() -> new Result<>(id, lookup.find(id)));
    }
    Workers.run(
        "crates",
        Runtime.getRuntime().availableProcessors(),
        tasks,
        result ->
            result
                .value()
                .ifPresent(
                    value -> {
                      found.put(result.id(), value);
                      progress.step(result.id().toString(), found.size(), total);
                    }));
  }

  private void fetch(List<CrateId> absent, Progress progress)
      throws IOException, InterruptedException {
    if (offline) {
      throw new InputException(
          absent.get(0).pin(),
          "offline, and not at hand: "
              + absent.stream()
                  .map(id -> id.name() + " " + id.version())
                  .collect(Collectors.joining(", ")),
          "Run `cargo fetch` beside Cargo.lock, or run once without being offline.");
    }
    List<Download> downloads = new ArrayList<>();
    for (CrateId id : absent) {
      URI source = URI.create(registry + "/" + id.name() + "/" + id.folder() + ".crate");
      downloads.add(
          new Download(id.toString(), List.of(source), ownFile(id), id.checksum(), -1, id.pin()));
    }
    try {
      downloader.fetch(downloads, progress);
    } catch (Downloader.Absent e) {
      Download download = e.download();
      throw new InputException(
          download.pin(),
          download.name() + " does not exist: nothing at " + download.sources().get(0),
          "Compare its name and version in Cargo.lock with the lock's history, or write the lock"
              + " anew with `cargo update`.",
          e);
    }
  }

  private Optional<Path> localFile(CrateId id, List<Path> cargoCaches)
      throws IOException, InterruptedException {
    List<Path> places = new ArrayList<>();
    cargoCaches.forEach(folder -> places.add(folder.resolve(id.folder() + ".crate")));
    places.add(ownFile(id));
    nixStore.ifPresent(store -> places.add(store.resolve(storeName(id))));
    for (Path place : places) {
      if (Files.isRegularFile(place)
          && Files.isReadable(place)
          && Downloader.isThere(place, id.checksum())) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  /**
   * A crate's file in cargo's cache or in ours.
   *
   * @param folder the folder it holds: {@code NAME-VERSION}
   * @param checksum its SHA-256 digest in lower-case hexadecimal, which is verified
   */
  public Optional<Path> cached(String folder, String checksum)
      throws IOException, InterruptedException {
    List<Path> places = new ArrayList<>(List.of(ownFile(checksum)));
    cargoCaches().forEach(cached -> places.add(cached.resolve(folder + ".crate")));
    for (Path place : places) {
      if (Files.isRegularFile(place)
          && Files.isReadable(place)
          && Downloader.isThere(place, checksum)) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  /** Named by content, since two registries may publish one name and version. */
  private Path ownFile(CrateId id) {
    return ownFile(id.checksum());
  }

  private Path ownFile(String checksum) {
    return cache.resolve("crates").resolve(checksum + ".crate");
  }

  /** The fixed-output path that Nix gives to the fetched file, below the store. */
  private static String storeName(CrateId id) {
    Hash file = Hash.parse(Hash.Algorithm.SHA256, id.checksum());
    String path = StorePath.flat("crate-" + id.folder() + ".tar.gz", file);
    return path.substring(StorePath.STORE.length() + 1);
  }

  /** Cargo keeps a folder for each registry. */
  private List<Path> cargoCaches() throws IOException {
    List<Path> folders = new ArrayList<>();
    Optional<Path> root = cargoHome.map(home -> home.resolve("registry").resolve("cache"));
    if (root.isPresent() && Files.isDirectory(root.get())) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.get())) {
        entries.forEach(folders::add);
      }
    }
    folders.sort(null);
    return folders;
  }
}
