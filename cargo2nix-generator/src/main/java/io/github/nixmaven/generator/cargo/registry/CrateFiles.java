package io.github.nixmaven.generator.cargo.registry;

import io.github.nixmaven.generator.cargo.config.Credentials;
import io.github.nixmaven.generator.files.PinnedFile;
import io.github.nixmaven.generator.files.PinnedFiles;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.net.Secret;
import io.github.nixmaven.generator.text.DirectoryTree;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.RecordFile;
import java.io.IOException;
import java.net.URI;
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
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds published crates in the nearest place.
 *
 * <p>A crate's file comes from cargo's cache, our cache or the Nix store, and is otherwise fetched
 * from the registry. Its checksum is always verified; a file that does not match counts as absent.
 * The facts about a crate are cached separately, so that a later run opens no archive. Several
 * processes may share a cache.
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
   * @param downloader fetches the files
   * @param offline whether to fail instead of fetching
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

  /**
   * A registry with a sparse index.
   *
   * @param index the address of its index, which ends with a slash
   * @param credentials its token, if it needs one
   */
  public Registry sparseRegistry(String index, Credentials credentials) {
    return registry(
        "sparse+" + index, new SparseIndex(index, downloader, offline, credentials), credentials);
  }

  /**
   * A registry whose index the caller reads.
   *
   * @param address the address of its index as cargo writes it
   * @param index reads its configuration
   * @param credentials its token, if it needs one
   */
  public Registry registry(String address, Registry.Index index, Credentials credentials) {
    return Registry.of(address, index, cache, credentials);
  }

  /**
   * A local registry.
   *
   * @param folder the directory of the crate files {@code NAME-VERSION.crate}
   */
  public Registry localRegistry(Path folder) {
    return Registry.ofFolder(folder);
  }

  /** The default registry, crates.io. */
  public Registry cratesIo() {
    return cratesIo;
  }

  private Map<CrateId, Registry> ofCratesIo(Collection<CrateId> ids) {
    Map<CrateId, Registry> result = new LinkedHashMap<>();
    ids.forEach(id -> result.put(id, cratesIo));
    return result;
  }

  /** The facts about crates of crates.io: see the longer method. */
  public <T> Map<CrateId, T> contents(Collection<CrateId> wanted, Facts<T> facts, Progress progress)
      throws IOException, InterruptedException {
    return contents(ofCratesIo(wanted), facts, progress);
  }

  /**
   * Facts about crates, in the order of {@code wanted}.
   *
   * @param wanted the crates, each with the registry that has it
   * @param facts the kind of facts, and their format in the cache
   * @param progress is told of each crate once
   * @throws InputException when a crate is absent and we are offline, when the registry does not
   *     have it or has another file, or when cargo would not unpack the archive
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
    int there = found.size();
    Map<CrateId, Registry> unknown = new LinkedHashMap<>(wanted);
    unknown.keySet().removeAll(found.keySet());
    Map<String, T> added = new ConcurrentHashMap<>();
    Map<CrateId, T> read;
    try {
      read =
          read(
              unknown,
              (id, file) -> {
                T fact = facts.of(CrateArchive.read(id, file));
                added.put(key(id), fact);
                return fact;
              },
              (what, done, total) -> progress.step(what, there + done, wanted.size()));
    } catch (IOException | InterruptedException | RuntimeException e) {
      // Cached facts are used first.
      try {
        known.add(added);
      } catch (IOException other) {
        e.addSuppressed(other);
      }
      throw e;
    }
    known.add(added);
    Map<CrateId, T> ordered = new LinkedHashMap<>();
    for (CrateId id : wanted.keySet()) {
      T fact = found.get(id);
      ordered.put(id, fact == null ? Objects.requireNonNull(read.get(id)) : fact);
    }
    return ordered;
  }

  /**
   * The same checksum under another name means that the lock was edited; reading the archive shows
   * it.
   */
  private static String key(CrateId id) {
    return id.checksum() + " " + id.name() + " " + id.version();
  }

  /** Files of crates of crates.io: see the longer method. */
  public Map<CrateId, Path> files(Collection<CrateId> wanted, Progress progress)
      throws IOException, InterruptedException {
    return files(ofCratesIo(wanted), progress);
  }

  /**
   * The crates' verified files, in the order of {@code wanted}. They are in one of the caches or in
   * the Nix store, under any name, and must not be changed.
   *
   * @param progress is told of each crate once
   * @throws InputException as {@link #contents} does
   */
  public Map<CrateId, Path> files(Map<CrateId, Registry> wanted, Progress progress)
      throws IOException, InterruptedException {
    return read(wanted, (id, file) -> file, progress);
  }

  /**
   * Unpacks a crate.
   *
   * @param destination a directory that does not exist; it appears when it is complete
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
   * Fetches the files of crates into our cache, unless a cache or the Nix store has them.
   *
   * @param wanted the crates, each with the registry that has it
   * @param progress is told of each crate once
   * @throws InputException as {@link #contents} does
   */
  public void provide(Map<CrateId, Registry> wanted, Progress progress)
      throws IOException, InterruptedException {
    Map<CrateId, Registry> absent = new LinkedHashMap<>(wanted);
    if (!absent.isEmpty()) {
      PinnedFiles files = pinned();
      absent.keySet().removeIf(id -> Files.exists(files.own(id.hash())));
      files(absent, progress);
    }
  }

  /**
   * A crate's file in one of the caches.
   *
   * @param folder the directory in it: {@code NAME-VERSION}
   * @param hash its SHA-256 digest, which is verified
   */
  public Optional<Path> cached(String folder, Hash hash) throws IOException, InterruptedException {
    return pinned().find(pinned(folder, folder, hash, null, cargoCaches()));
  }

  /** Created on demand: if all facts are cached, its classes are not loaded. */
  private PinnedFiles pinned() {
    return new PinnedFiles(
        cache.resolve("crates"),
        ".crate",
        nixStore,
        downloader,
        offline,
        new PinnedFiles.Remedies(
            "Run `cargo fetch` in the directory of Cargo.lock, or run once online.",
            "Compare its name and version with the history of Cargo.lock, or write the lock"
                + " again with `cargo update`."));
  }

  private static PinnedFile pinned(CrateId id, List<Path> cargoCaches) {
    return pinned(id.folder(), id.name() + " " + id.version(), id.hash(), id.pin(), cargoCaches);
  }

  private static PinnedFile pinned(
      String folder, String name, Hash hash, @Nullable Position pin, List<Path> cargoCaches) {
    List<Path> places = new ArrayList<>();
    for (Path cached : cargoCaches) {
      places.add(cached.resolve(folder + ".crate"));
    }
    return new PinnedFile("crate", name, hash, "crate-" + folder + ".tar.gz", places, pin);
  }

  private <T> Map<CrateId, T> read(
      Map<CrateId, Registry> wanted, PinnedFiles.Reading<CrateId, T> reading, Progress progress)
      throws IOException, InterruptedException {
    List<Path> cargoCaches = cargoCaches();
    Map<CrateId, PinnedFile> pinned = new LinkedHashMap<>();
    for (CrateId id : wanted.keySet()) {
      pinned.put(id, pinned(id, cargoCaches));
    }
    return pinned()
        .read(pinned, reading, (absent, fetched) -> fetch(absent, wanted, fetched), progress);
  }

  private void fetch(
      Map<CrateId, PinnedFile> absent, Map<CrateId, Registry> registries, Progress progress)
      throws IOException, InterruptedException {
    Map<Registry, Map<CrateId, PinnedFile>> byRegistry = new LinkedHashMap<>();
    for (Map.Entry<CrateId, PinnedFile> entry : absent.entrySet()) {
      Registry registry = Objects.requireNonNull(registries.get(entry.getKey()));
      byRegistry
          .computeIfAbsent(registry, key -> new LinkedHashMap<>())
          .put(entry.getKey(), entry.getValue());
    }
    int before = 0;
    for (Map.Entry<Registry, Map<CrateId, PinnedFile>> entry : byRegistry.entrySet()) {
      int others = before;
      fetch(
          entry.getKey(),
          entry.getValue(),
          (what, done, total) -> progress.step(what, others + done, absent.size()));
      before += entry.getValue().size();
    }
  }

  private void fetch(Registry registry, Map<CrateId, PinnedFile> files, Progress progress)
      throws IOException, InterruptedException {
    Path folder = registry.folder();
    if (folder != null) {
      int done = 0;
      for (Map.Entry<CrateId, PinnedFile> entry : files.entrySet()) {
        copy(entry.getKey(), entry.getValue(), folder);
        progress.step(entry.getKey().toString(), ++done, files.size());
      }
      return;
    }
    PinnedFiles.Server<CrateId> server =
        new PinnedFiles.Server<>() {
          @Override
          public URI location(CrateId id) throws IOException, InterruptedException {
            return registry.location(id);
          }

          @Override
          public @Nullable Secret authorization() throws IOException, InterruptedException {
            return registry.authorization();
          }
        };
    try {
      pinned().download(files, server, progress);
    } catch (Downloader.Refused e) {
      registry.refuse(e);
      throw e;
    }
  }

  private void copy(CrateId id, PinnedFile pinned, Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve(id.folder() + ".crate");
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          id.pin(),
          id + " is not in the local registry: there is no " + file,
          "Run `cargo local-registry` again, or write the lock again with `cargo update`.");
    }
    if (!pinned().keep(pinned, file)) {
      throw new InputException(
          id.pin(),
          id + ": " + file + " does not match the checksum in Cargo.lock",
          "One of the two files was edited: compare both with their history before you trust one.");
    }
  }

  /** Cargo has one directory for each registry. */
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
