package io.github.nixmaven.builder.toolchain;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Downloader.Download;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.nix.StorePath;
import io.github.nixmaven.generator.text.DirectoryTree;
import io.github.nixmaven.generator.text.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file tree that a build sees as its system: a toolchain lock's packages, unpacked into one
 * path of the Nix store.
 */
public final class Sysroot {
  private final Path cache;
  private final Mirrors mirrors;
  private final Downloader downloader;

  /**
   * @param cache where fetched packages are kept, and the tree is put together
   * @param mirrors where packages are fetched from
   * @param environment the environment variables, which may name proxies
   */
  public Sysroot(Path cache, Mirrors mirrors, Map<String, String> environment) {
    this.cache = cache;
    this.mirrors = mirrors;
    this.downloader = new Downloader(Duration.ofSeconds(30), 8, environment);
  }

  /**
   * Makes sure that the sysroot is in the store. Where it is already, one question to Nix is all
   * that happens.
   *
   * @param nixOptions what comes first on the line of every Nix command
   * @param gcRoot a link to make, which keeps the path from Nix's garbage collector; or null
   * @return the store path
   * @throws InputException when a package cannot be had or is not the pinned one, when what comes
   *     out is not what the lock says, or when there is not enough room
   */
  public String ensure(
      ToolchainLock lock,
      Command nix,
      List<String> nixOptions,
      Progress progress,
      @Nullable Path gcRoot)
      throws IOException, InterruptedException {
    String path = lock.sysroot().storePath();
    if (!isValid(path, nix, nixOptions)) {
      try (WorkFolder work = new WorkFolder(cache)) {
        // Another process may have made it while this one waited.
        if (!isValid(path, nix, nixOptions)) {
          make(lock, work.folder().resolve(lock.sysroot().name()), nix, nixOptions, progress);
        }
      }
    }
    if (gcRoot != null) {
      nix.capture(
          "nix-store",
          with(
              nixOptions,
              "--realise",
              path,
              "--add-root",
              gcRoot.toAbsolutePath().toString(),
              "--indirect"));
    }
    return path;
  }

  private static boolean isValid(String path, Command nix, List<String> nixOptions)
      throws IOException, InterruptedException {
    Command.Result result =
        nix.run("nix-store", with(nixOptions, "--check-validity", path), line -> {});
    if (result.status() != 0
        && result.log().stream().noneMatch(line -> line.contains("is not valid"))) {
      throw new IOException("nix-store --check-validity: " + String.join("\n", result.log()));
    }
    return result.status() == 0;
  }

  private void make(
      ToolchainLock lock, Path tree, Command nix, List<String> nixOptions, Progress progress)
      throws IOException, InterruptedException {
    Map<Path, Long> room = new LinkedHashMap<>();
    room.put(cache, missing(lock.packages()) + lock.sysroot().narSize());
    room.put(Path.of(StorePath.STORE), lock.sysroot().narSize());
    requireRoom(room);

    SysrootTree sysroot = unpack(lock.suites(), lock.packages(), lock.prune(), tree, progress);
    for (Map.Entry<String, String> link : lock.links().entrySet()) {
      sysroot.link(link.getKey(), link.getValue());
    }
    progress.step("hash " + lock.sysroot().name(), 0, 1);
    String hash = Nar.digest(tree).hash().sri();
    if (!hash.equals(lock.sysroot().narHash())) {
      throw new InputException(
          null,
          "the sysroot does not have the hash in the toolchain lock: expected "
              + lock.sysroot().narHash()
              + " but got "
              + hash,
          "Undo manual edits of the lock, or write it again with `mvn nix:toolchain`.");
    }
    progress.step("add " + lock.sysroot().name() + " to the Nix store", 1, 1);
    String added =
        nix.capture(
            "nix-store", with(nixOptions, "--add-fixed", "--recursive", "sha256", tree.toString()));
    if (!added.equals(lock.sysroot().storePath())) {
      throw new IOException(
          "Nix put the sysroot at " + added + " instead of " + lock.sysroot().storePath());
    }
  }

  /** Fetches packages and unpacks them into a new directory. */
  SysrootTree unpack(
      List<ToolchainLock.Suite> suites,
      List<ToolchainLock.Pin> packages,
      List<String> prune,
      Path tree,
      Progress progress)
      throws IOException, InterruptedException {
    fetch(suites, packages, progress);
    Files.createDirectories(tree);
    SysrootTree sysroot = new SysrootTree(tree, prune);
    List<SysrootTree.Deb> debs = new ArrayList<>();
    for (ToolchainLock.Pin one : packages) {
      debs.add(new SysrootTree.Deb(one.name(), cached(one), one.size()));
    }
    sysroot.unpack(debs, progress);
    return sysroot;
  }

  private void fetch(
      List<ToolchainLock.Suite> suites, List<ToolchainLock.Pin> packages, Progress progress)
      throws IOException, InterruptedException {
    List<Download> downloads = new ArrayList<>();
    for (ToolchainLock.Pin one : packages) {
      ToolchainLock.Suite suite =
          suites.stream().filter(s -> s.name().equals(one.suite())).findFirst().orElseThrow();
      downloads.add(
          new Download(
              one.name() + " " + one.version(),
              List.of(
                  mirrors.file(one.suite(), one.path()),
                  mirrors.fileAt(one.suite(), suite.time(), one.path()),
                  // What was new on that day is in the first snapshot after it.
                  mirrors.fileAt(one.suite(), suite.time().plus(Duration.ofDays(1)), one.path())),
              cached(one),
              one.hash(),
              one.size()));
    }
    try {
      downloader.fetch(downloads, progress);
    } catch (FileNotFoundException e) {
      throw gone(e);
    } catch (IOException e) {
      // The mirror's answer was clear, though the snapshot archive could not be asked.
      for (Throwable failure : e.getSuppressed()) {
        if (failure instanceof FileNotFoundException) {
          throw gone(e);
        }
      }
      throw e;
    }
  }

  private static InputException gone(IOException e) {
    return new InputException(
        null,
        "a pinned package is no longer on the mirror: " + e.getMessage(),
        "Pin the packages that are there now with `mvn nix:toolchain`.",
        e);
  }

  private Path cached(ToolchainLock.Pin one) {
    return cache.resolve("debs").resolve(one.sha256() + ".deb");
  }

  /** How many bytes are still to be fetched. */
  long missing(List<ToolchainLock.Pin> packages) {
    return packages.stream()
        .filter(one -> !Files.exists(cached(one)))
        .mapToLong(ToolchainLock.Pin::size)
        .sum();
  }

  /**
   * Fails unless there is room for that many bytes at each place.
   *
   * @throws InputException naming the place and what it lacks
   */
  static void requireRoom(Map<Path, Long> needed) throws IOException {
    // By device number: the JDK knows a FileStore only where the mount table does, which a chroot
    // need not have.
    Map<Object, Long> devices = new LinkedHashMap<>();
    for (Map.Entry<Path, Long> need : needed.entrySet()) {
      Path place = need.getKey().toAbsolutePath();
      while (!Files.exists(place) && place.getParent() != null) {
        place = place.getParent();
      }
      Object device = Files.getAttribute(place, "unix:dev");
      long sum = devices.merge(device, need.getValue(), Long::sum);
      long free = place.toFile().getUsableSpace();
      if (free < sum) {
        throw new InputException(
            null,
            "the sysroot needs "
                + (sum >> 20)
                + " MiB at "
                + place
                + ", where "
                + (free >> 20)
                + " MiB are free",
            "Free space, for example with `nix-collect-garbage`, or set XDG_CACHE_HOME to a directory"
                + " on a larger disk.");
      }
    }
  }

  private static List<String> with(List<String> options, String... arguments) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(arguments));
    return all;
  }

  /**
   * The one directory in which a tree is assembled, locked by one thread of one process at a time.
   * It is emptied at both ends, so what a killed process left does not stay.
   */
  static final class WorkFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    WorkFolder(Path cache) throws IOException, InterruptedException {
      Files.createDirectories(cache);
      folder = cache.resolve("work");
      channel =
          FileChannel.open(
              cache.resolve("work.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock held = null;
      try {
        held = acquire(channel);
        DirectoryTree.delete(folder);
        Files.createDirectories(folder);
      } finally {
        if (held == null) {
          channel.close();
        }
      }
      lock = held;
    }

    private static FileLock acquire(FileChannel channel) throws IOException, InterruptedException {
      while (true) {
        try {
          FileLock lock = channel.tryLock();
          if (lock != null) {
            return lock;
          }
        } catch (OverlappingFileLockException e) {
          // Another thread of this process holds it: as good as another process.
        }
        Thread.sleep(200);
      }
    }

    Path folder() {
      return folder;
    }

    @Override
    public void close() throws IOException {
      try (channel) {
        DirectoryTree.delete(folder);
        lock.release();
      }
    }
  }
}
