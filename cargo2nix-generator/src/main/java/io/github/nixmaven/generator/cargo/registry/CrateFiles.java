package io.github.nixmaven.generator.cargo.registry;

import io.github.nixmaven.generator.cargo.config.Credentials;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Downloader.Download;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.net.Workers;
import io.github.nixmaven.generator.nix.StorePath;
import io.github.nixmaven.generator.text.DirectoryTree;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.RecordFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Optional<Path> cargoHome;
  private final Optional<Path> nixStore;
  private final Downloader downloader;
  private final boolean offline;
  private final Registry cratesIo;

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
    this(cache, cargoHome, nixStore, downloader, offline, Registry.CRATES_IO);
  }

  CrateFiles(
      Path cache,
      Optional<Path> cargoHome,
      Optional<Path> nixStore,
      Downloader downloader,
      boolean offline,
      Registry cratesIo) {
    this.cache = cache;
    this.cargoHome = cargoHome;
    this.nixStore = nixStore;
    this.downloader = downloader;
    this.offline = offline;
    this.cratesIo = cratesIo;
  }

  /** Yields what a crate is asked for, or nothing where the crate's file is nowhere near. */
  private interface Lookup<T> {
    Optional<T> find(CrateId id) throws IOException, InterruptedException;
  }

  /**
   * A registry with a sparse index.
   *
   * @param index the address of its index, which ends with a slash
   * @param credentials what it gets where it wants a token
   */
  public Registry sparseRegistry(String index, Credentials credentials) {
    return registry(
        "sparse+" + index, new SparseIndex(index, downloader, offline, credentials), credentials);
  }

  /**
   * A registry whose index somebody else can read.
   *
   * @param address the address of its index as cargo writes it
   * @param index reads its configuration
   * @param credentials what it gets where it wants a token
   */
  public Registry registry(String address, Registry.Index index, Credentials credentials) {
    return Registry.of(address, index, cache, credentials);
  }

  /**
   * A local registry.
   *
   * @param folder the folder of the crate files {@code NAME-VERSION.crate}
   */
  public Registry localRegistry(Path folder) {
    return Registry.ofFolder(folder);
  }

  /** The registry that is there without any configuration. */
  public Registry cratesIo() {
    return cratesIo;
  }

  private Map<CrateId, Registry> ofCratesIo(Collection<CrateId> ids) {
    Map<CrateId, Registry> result = new LinkedHashMap<>();
    ids.forEach(id -> result.put(id, cratesIo));
    return result;
  }

  /** What crates of crates.io hold: see the longer method. */
  public <T> Map<CrateId, T> contents(Collection<CrateId> wanted, Facts<T> facts, Progress progress)
      throws IOException, InterruptedException {
    return contents(ofCratesIo(wanted), facts, progress);
  }

  /**
   * What crates hold, in the order they were asked for.
   *
   * @param wanted the crates, each with the registry that has it
   * @param facts what to tell of a crate, and how it is kept
   * @param progress hears of each crate once
   * @throws InputException when a crate is absent and we are offline, when the registry does not
   *     have it or has other bytes, or when it is an archive that cargo would not unpack
   */
  public <T> Map<CrateId, T> contents(
      Map<CrateId, Registry> wanted, Facts<T> facts, Progress progress)
      throws IOException, InterruptedException {
    if (wanted.isEmpty()) {
      return Map.of();
    }
    RecordFile<T> known = RecordFile.read(cache, facts.fileName(), facts);
    Map<CrateId, T> found = new LinkedHashMap<>();
    for (CrateId id : wanted.keySet()) {
      T fact = known.get(key(id));
      if (fact != null) {
        found.put(id, fact);
        progress.step(id.toString(), found.size(), wanted.size());
      }
    }
    if (found.size() == wanted.size()) {
      return found;
    }
    List<Path> cargoCaches = cargoCaches();
    Map<String, T> added = new ConcurrentHashMap<>();
    Lookup<T> reading =
        id -> {
          Optional<Path> file = localFile(id, cargoCaches);
          if (file.isEmpty()) {
            return Optional.empty();
          }
          T fact = facts.of(CrateArchive.read(id, file.get()));
          added.put(key(id), fact);
          return Optional.of(fact);
        };
    Map<CrateId, T> result;
    try {
      result = find(wanted, found, reading, progress);
    } catch (IOException | InterruptedException | RuntimeException e) {
      // What was found out before need not be found out again.
      try {
        known.add(added);
      } catch (IOException other) {
        e.addSuppressed(other);
      }
      throw e;
    }
    known.add(added);
    return result;
  }

  /** The same checksum under another name is a lock that was edited: the archive tells. */
  private static String key(CrateId id) {
    return id.checksum() + " " + id.name() + " " + id.version();
  }

  /** Files of crates of crates.io: see the longer method. */
  public Map<CrateId, Path> files(Collection<CrateId> wanted, Progress progress)
      throws IOException, InterruptedException {
    return files(ofCratesIo(wanted), progress);
  }

  /**
   * The crates' verified files, in the order they were asked for. They lie in one of the caches or
   * in the Nix store, under whatever name they have there, and must not be changed.
   *
   * @param progress hears of each crate once
   * @throws InputException as {@link #contents} does
   */
  public Map<CrateId, Path> files(Map<CrateId, Registry> wanted, Progress progress)
      throws IOException, InterruptedException {
    List<Path> cargoCaches = cargoCaches();
    return find(wanted, new LinkedHashMap<>(), id -> localFile(id, cargoCaches), progress);
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

  /**
   * Puts the files of crates into our cache that are neither there nor in cargo's nor in the Nix
   * store.
   *
   * @param wanted the crates, each with the registry that has it
   * @param progress hears of each crate once
   * @throws InputException as {@link #contents} does
   */
  public void provide(Map<CrateId, Registry> wanted, Progress progress)
      throws IOException, InterruptedException {
    Map<CrateId, Registry> absent = new LinkedHashMap<>(wanted);
    absent.keySet().removeIf(id -> Files.exists(ownFile(id)));
    if (!absent.isEmpty()) {
      files(absent, progress);
    }
  }

  /**
   * Finds what is asked for, and fetches the files that are nowhere near.
   *
   * @param found what is known already, which is added to
   */
  private <T> Map<CrateId, T> find(
      Map<CrateId, Registry> wanted, Map<CrateId, T> found, Lookup<T> lookup, Progress progress)
      throws IOException, InterruptedException {
    Set<CrateId> all = wanted.keySet();
    List<CrateId> unknown = all.stream().filter(id -> !found.containsKey(id)).toList();
    look(unknown, lookup, found, all.size(), progress);
    List<CrateId> absent = all.stream().filter(id -> !found.containsKey(id)).toList();
    if (!absent.isEmpty()) {
      fetch(
          absent,
          wanted,
          (what, done, total) -> progress.step(what, found.size() + done, all.size()));
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

  private void fetch(List<CrateId> absent, Map<CrateId, Registry> registries, Progress progress)
      throws IOException, InterruptedException {
    Map<Registry, List<CrateId>> byRegistry = new LinkedHashMap<>();
    for (CrateId id : absent) {
      Registry registry = Objects.requireNonNull(registries.get(id));
      byRegistry.computeIfAbsent(registry, key -> new ArrayList<>()).add(id);
    }
    int before = 0;
    for (Map.Entry<Registry, List<CrateId>> entry : byRegistry.entrySet()) {
      int others = before;
      fetch(
          entry.getKey(),
          entry.getValue(),
          (what, done, total) -> progress.step(what, others + done, absent.size()));
      before += entry.getValue().size();
    }
  }

  private void fetch(Registry registry, List<CrateId> ids, Progress progress)
      throws IOException, InterruptedException {
    Path folder = registry.folder();
    if (folder != null) {
      for (int i = 0; i < ids.size(); i++) {
        copy(ids.get(i), folder);
        progress.step(ids.get(i).toString(), i + 1, ids.size());
      }
      return;
    }
    if (offline) {
      throw new InputException(
          ids.get(0).pin(),
          "offline, and not at hand: "
              + ids.stream()
                  .map(id -> id.name() + " " + id.version())
                  .collect(Collectors.joining(", ")),
          "Run `cargo fetch` beside Cargo.lock, or run once without being offline.");
    }
    List<Download> downloads = new ArrayList<>();
    for (CrateId id : ids) {
      downloads.add(
          new Download(
              id.toString(),
              List.of(registry.location(id)),
              ownFile(id),
              id.hash(),
              -1,
              id.pin(),
              registry.authorization()));
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
    } catch (Downloader.Refused e) {
      registry.refuse(e);
      throw e;
    }
  }

  /** A copy, as a local registry can go away, and Nix asks for the file later. */
  private void copy(CrateId id, Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve(id.folder() + ".crate");
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          id.pin(),
          id + " is not in the local registry: there is no " + file,
          "Run `cargo local-registry` again, or write the lock anew with `cargo update`.");
    }
    if (!Downloader.isThere(file, id.hash())) {
      throw new InputException(
          id.pin(),
          id + ": " + file + " has not the checksum that the lock has",
          "Either was edited: compare both with their history before you trust one.");
    }
    Path own = ownFile(id);
    Files.createDirectories(own.getParent());
    Path partial = Files.createTempFile(own.getParent(), ".", ".part");
    try {
      Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
      Files.move(partial, own, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private Optional<Path> localFile(CrateId id, List<Path> cargoCaches)
      throws IOException, InterruptedException {
    Hash hash = id.hash();
    List<Path> places = new ArrayList<>();
    cargoCaches.forEach(folder -> places.add(folder.resolve(id.folder() + ".crate")));
    places.add(ownFile(id));
    nixStore.ifPresent(store -> places.add(store.resolve(storeName(id))));
    for (Path place : places) {
      if (Files.isRegularFile(place)
          && Files.isReadable(place)
          && Downloader.isThere(place, hash)) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  /**
   * A crate's file in cargo's cache or in ours.
   *
   * @param folder the folder it holds: {@code NAME-VERSION}
   * @param hash its SHA-256 digest, which is verified
   */
  public Optional<Path> cached(String folder, Hash hash) throws IOException, InterruptedException {
    List<Path> places = new ArrayList<>(List.of(ownFile(hash.hex())));
    cargoCaches().forEach(cached -> places.add(cached.resolve(folder + ".crate")));
    for (Path place : places) {
      if (Files.isRegularFile(place)
          && Files.isReadable(place)
          && Downloader.isThere(place, hash)) {
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
    String path = StorePath.flat("crate-" + id.folder() + ".tar.gz", id.hash());
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
