package io.github.nixmaven.generator.files;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Downloader.Download;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.net.Secret;
import io.github.nixmaven.generator.net.Workers;
import io.github.nixmaven.generator.nix.StorePath;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Finds files that locks pin in the nearest place: other programs' caches, our own cache, the Nix
 * store, or a server.
 *
 * <p>The digest of every file is verified; a file with another digest counts as absent. Several
 * processes may share a cache.
 */
public final class PinnedFiles {
  private static final int FEW = 3;

  private final Path cache;
  private final String suffix;
  private final Optional<Path> nixStore;
  private final Downloader downloader;
  private final boolean offline;
  private final Remedies remedies;

  /**
   * How a user can fix a problem with a file, in the words of the package manager whose lock pins
   * it.
   *
   * @param offline no cache has the file and we are offline
   * @param absent no server has the file
   */
  public record Remedies(String offline, String absent) {}

  /** A server that has files. Used only when we are online. */
  public interface Server<K> {
    /** The address of a file: http or https. */
    URI location(K key) throws IOException, InterruptedException;

    /** The value of the header {@code Authorization}, or null. */
    @Nullable Secret authorization() throws IOException, InterruptedException;
  }

  /**
   * Reads something from a file.
   *
   * @param <T> the type of the result
   */
  public interface Reading<K, T> {
    /**
     * Reads the file. Called from several threads at once.
     *
     * @param path a file with the right bytes, which must not be changed
     */
    T of(K key, Path path) throws IOException, InterruptedException;
  }

  /** Gets files that no cache has, by {@link #download} or {@link #keep}. */
  public interface Origin<K> {
    /**
     * Puts files into the cache.
     *
     * @param progress is told of each file once
     */
    void fetch(Map<K, PinnedFile> absent, Progress progress)
        throws IOException, InterruptedException;
  }

  /**
   * @param cache a directory of our own cache for files of this kind; made when needed
   * @param suffix the suffix of the names of the cache's files, such as {@code .tgz}
   * @param nixStore the Nix store ({@code /nix/store}), if it is to be used
   * @param downloader fetches the files
   * @param offline whether to fail instead of fetching
   * @param remedies the remedies in messages
   */
  public PinnedFiles(
      Path cache,
      String suffix,
      Optional<Path> nixStore,
      Downloader downloader,
      boolean offline,
      Remedies remedies) {
    this.cache = cache;
    this.suffix = suffix;
    this.nixStore = nixStore;
    this.downloader = downloader;
    this.offline = offline;
    this.remedies = remedies;
  }

  /**
   * The place of a file in our cache. Its name is its digest, because two registries may publish
   * the same name and version.
   */
  public Path own(Hash hash) {
    return cache.resolve(hash.hex() + suffix);
  }

  /** A file with the right bytes on this machine, which must not be changed. */
  public Optional<Path> find(PinnedFile file) throws IOException, InterruptedException {
    List<Path> places = new ArrayList<>(file.elsewhere());
    places.add(own(file.hash()));
    nixStore.ifPresent(store -> places.add(store.resolve(storeName(file))));
    for (Path place : places) {
      if (Files.isRegularFile(place)
          && Files.isReadable(place)
          && Downloader.isThere(place, file.hash())) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  /** The fixed-output path that Nix gives to the fetched file, below the store. */
  private static String storeName(PinnedFile file) {
    return StorePath.flat(file.storeName(), file.hash()).substring(StorePath.STORE.length() + 1);
  }

  /**
   * Reads files, after getting those that no cache has.
   *
   * @param wanted the files, by the caller's own keys
   * @param progress is told of each file once
   * @return the results, in the order of {@code wanted}
   */
  public <K, T> Map<K, T> read(
      Map<K, PinnedFile> wanted, Reading<K, T> reading, Origin<K> origin, Progress progress)
      throws IOException, InterruptedException {
    Map<K, T> found = new LinkedHashMap<>();
    look(wanted, reading, found, wanted.size(), progress);
    Map<K, PinnedFile> absent = new LinkedHashMap<>(wanted);
    absent.keySet().removeAll(found.keySet());
    if (!absent.isEmpty()) {
      int there = found.size();
      origin.fetch(absent, (what, done, total) -> progress.step(what, there + done, wanted.size()));
      look(absent, reading, found, wanted.size(), Progress.NONE);
    }
    Map<K, T> ordered = new LinkedHashMap<>();
    for (Map.Entry<K, PinnedFile> entry : wanted.entrySet()) {
      T result = found.get(entry.getKey());
      if (result == null) {
        throw new IOException(
            own(entry.getValue().hash()) + " was changed by another program while it was used");
      }
      ordered.put(entry.getKey(), result);
    }
    return ordered;
  }

  private <K, T> void look(
      Map<K, PinnedFile> files,
      Reading<K, T> reading,
      Map<K, T> found,
      int total,
      Progress progress)
      throws IOException, InterruptedException {
    record Result<K, T>(K key, PinnedFile file, @Nullable T value) {}

    List<Callable<Result<K, T>>> tasks = new ArrayList<>();
    for (Map.Entry<K, PinnedFile> entry : files.entrySet()) {
      K key = entry.getKey();
      PinnedFile file = entry.getValue();
      tasks.add(
          () -> {
            Optional<Path> path = find(file);
            return new Result<>(key, file, path.isEmpty() ? null : reading.of(key, path.get()));
          });
    }
    Workers.run(
        "files",
        Runtime.getRuntime().availableProcessors(),
        tasks,
        result -> {
          T value = result.value();
          if (value != null) {
            found.put(result.key(), value);
            progress.step(result.file().toString(), found.size(), total);
          }
        });
  }

  /** The names, or the first ones and how many there are. */
  private static String few(List<String> names) {
    return names.size() <= FEW
        ? String.join(", ", names)
        : names.size()
            + " files ("
            + String.join(", ", names.subList(0, FEW))
            + " and "
            + (names.size() - FEW)
            + " more)";
  }

  /**
   * Fetches files into our cache.
   *
   * @param absent the files, at least one
   * @param progress is told of each file once
   * @throws InputException when we are offline, or the server does not have a file, or its file has
   *     another digest
   * @throws Downloader.Refused when the server wants a token, or another one
   */
  public <K> void download(Map<K, PinnedFile> absent, Server<K> server, Progress progress)
      throws IOException, InterruptedException {
    if (offline) {
      List<String> names = new ArrayList<>();
      absent.values().forEach(file -> names.add(file.name()));
      throw new InputException(
          absent.values().iterator().next().pin(),
          few(names)
              + (names.size() == 1 ? " is" : " are")
              + " not in any cache, and this run is offline",
          remedies.offline());
    }
    List<Download> downloads = new ArrayList<>();
    for (Map.Entry<K, PinnedFile> entry : absent.entrySet()) {
      PinnedFile file = entry.getValue();
      downloads.add(
          new Download(
              file.toString(),
              List.of(server.location(entry.getKey())),
              own(file.hash()),
              file.hash(),
              -1,
              file.pin(),
              server.authorization()));
    }
    try {
      downloader.fetch(downloads, progress);
    } catch (Downloader.Absent e) {
      Download download = e.download();
      throw new InputException(
          download.pin(),
          download.name() + " does not exist: there is nothing at " + download.sources().get(0),
          remedies.absent(),
          e);
    }
  }

  /**
   * Keeps a copy in our cache, because other caches can vanish and Nix needs the file later.
   *
   * @param path a file whose digest is not verified yet
   * @return whether its digest was right
   */
  public boolean keep(PinnedFile file, Path path) throws IOException, InterruptedException {
    if (!Downloader.isThere(path, file.hash())) {
      return false;
    }
    Path own = own(file.hash());
    Files.createDirectories(own.getParent());
    Path partial = Files.createTempFile(own.getParent(), ".", ".part");
    try {
      Files.copy(path, partial, StandardCopyOption.REPLACE_EXISTING);
      Files.move(partial, own, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
    return true;
  }
}
