package io.github.nixmaven.builder.cache;

import io.github.nixmaven.builder.nix.PathInfo;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.realise.ProgressLine;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.net.Workers;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.nix.StorePath;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One push: asks the cache what it has, and gives it the rest. */
final class Push {
  private static final String INFO = "nix-cache-info";

  /** How many questions a server is asked at once, which costs neither side anything. */
  private static final int QUESTIONS = 16;

  private final PushRequest request;
  private final BinaryCache cache;
  private final Compression compression;
  private final Path staging;
  private final Console console;
  private final Map<String, NarInfo> ready = new ConcurrentHashMap<>();

  Push(PushRequest request, BinaryCache cache, Compression compression, Console console) {
    this.request = request;
    this.cache = cache;
    this.compression = compression;
    this.staging = cache.staging();
    this.console = console;
  }

  /** The cache's description of a path that we have, too. */
  private record Known(PathInfo path, @Nullable NarInfo inCache) {
    boolean isSame() {
      return inCache != null
          && inCache.narHash().equals(path.narHash())
          && inCache.narSize() == path.narSize()
          && inCache.references().stream().sorted().toList().equals(namesOf(path));
    }
  }

  PushResult run(List<PathInfo> closure) throws IOException, InterruptedException {
    try {
      Files.createDirectories(staging);
    } catch (FileAlreadyExistsException e) {
      throw new InputException(
          null, e.getFile() + " is not a directory", "Push to a directory or to a server.", e);
    } catch (IOException e) {
      throw notWritten(staging, e);
    }
    introduce();
    List<PathInfo> missing = new ArrayList<>();
    List<String> there = new ArrayList<>();
    List<String> other = new ArrayList<>();
    List<NarInfo> unsigned = new ArrayList<>();
    for (Known known : ask(closure)) {
      if (known.inCache() == null) {
        missing.add(known.path());
      } else if (known.isSame()) {
        there.add(known.path().path());
        NarInfo signed = signed(known.inCache());
        if (!signed.equals(known.inCache())) {
          unsigned.add(signed);
        }
      } else {
        other.add(known.path().path());
      }
    }
    upload(missing);
    for (NarInfo info : unsigned) {
      putText(NarInfo.fileOf(info.storePath()), info.text());
    }
    return new PushResult(
        missing.stream().map(PathInfo::path).sorted().toList(),
        there.stream().sorted().toList(),
        unsigned.stream().map(NarInfo::storePath).sorted().toList(),
        other.stream().sorted().toList(),
        missing.stream().mapToLong(PathInfo::narSize).sum(),
        ready.values().stream().mapToLong(NarInfo::fileSize).sum());
  }

  /** Makes sure that this is a cache for our store. */
  private void introduce() throws IOException, InterruptedException {
    String info = cache.read(INFO);
    if (info == null) {
      putText(INFO, "StoreDir: " + StorePath.STORE + "\nWantMassQuery: 1\nPriority: 40\n");
      return;
    }
    for (String line : info.lines().toList()) {
      if (line.startsWith("StoreDir:")) {
        String store = line.substring("StoreDir:".length()).strip();
        if (!store.equals(StorePath.STORE)) {
          throw new InputException(
              null,
              request.cache() + " is a cache for the store " + store + ", not " + StorePath.STORE,
              "Push to another cache: paths of different stores cannot be mixed.");
        }
        return;
      }
    }
    throw new InputException(
        null,
        request.cache() + ": its " + INFO + " contains no StoreDir",
        "Is this the address of a binary cache? If it is, delete that file.");
  }

  private List<Known> ask(List<PathInfo> closure) throws IOException, InterruptedException {
    List<Callable<Known>> questions = new ArrayList<>();
    for (PathInfo path : closure) {
      questions.add(
          () -> {
            String text = cache.read(NarInfo.fileOf(path.path()));
            NarInfo info = text == null ? null : NarInfo.parse(text);
            // Nix would not read it either, so it may be replaced.
            return new Known(
                path, info != null && info.storePath().equals(path.path()) ? info : null);
          });
    }
    List<Known> answers = new ArrayList<>();
    Workers.run("ask-cache", QUESTIONS, questions, answers::add);
    return answers;
  }

  private void upload(List<PathInfo> missing) throws IOException, InterruptedException {
    CommitOrder order = new CommitOrder(missing);
    List<Callable<String>> uploads = new ArrayList<>();
    for (PathInfo path : missing) {
      uploads.add(
          () -> {
            ready.put(path.path(), putNar(path));
            Deque<String> open = new ArrayDeque<>();
            if (order.uploaded(path.path())) {
              open.add(path.path());
            }
            while (!open.isEmpty()) {
              NarInfo info = Objects.requireNonNull(ready.get(open.removeFirst()));
              putText(NarInfo.fileOf(info.storePath()), info.text());
              open.addAll(order.announced(info.storePath()));
            }
            return path.path();
          });
    }
    AtomicInteger done = new AtomicInteger();
    try (ProgressLine progress = new ProgressLine(console)) {
      Workers.run(
          "push",
          PushService.parallel(request),
          uploads,
          path ->
              progress.step(
                  "pushing " + NarInfo.nameOf(path), done.incrementAndGet(), missing.size()));
    }
  }

  /** Puts the NAR of a path; what the cache can then say of the path. */
  private NarInfo putNar(PathInfo path) throws IOException, InterruptedException {
    return put(file -> pack(path, file), NarInfo::url);
  }

  private NarInfo pack(PathInfo path, Path file) throws IOException {
    DigestingStream packed;
    DigestingStream plain;
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      packed = new DigestingStream(out);
      try (OutputStream compressed = compression.compress(packed, path.narSize())) {
        plain = new DigestingStream(compressed);
        Nar.write(Path.of(path.path()), plain);
      }
    }
    Hash narHash = plain.hash();
    if (plain.size() != path.narSize() || !narHash.equals(path.narHash())) {
      throw new InputException(
          null,
          path.path()
              + " was changed after it was built: the hash of its NAR is "
              + narHash
              + ", but Nix registered "
              + path.narHash(),
          "The store is damaged. `nix-store --verify --check-contents` lists all damaged paths;"
              + " `nix-store --repair-path` repairs one.");
    }
    Hash fileHash = packed.hash();
    return signed(
        new NarInfo(
            path.path(),
            "nar/" + fileHash.nix32() + ".nar" + compression.suffix(),
            compression.label(),
            fileHash,
            packed.size(),
            narHash,
            path.narSize(),
            namesOf(path),
            path.deriver() == null ? null : NarInfo.nameOf(path.deriver()),
            List.of()));
  }

  private NarInfo signed(NarInfo info) {
    return request.key() == null ? info : info.signed(request.key().sign(info.fingerprint()));
  }

  private void putText(String name, String text) throws IOException, InterruptedException {
    var unused =
        put(file -> Files.writeString(file, text, StandardOpenOption.CREATE_NEW), written -> name);
  }

  private interface Maker<T> {
    T make(Path file) throws IOException;
  }

  /** Makes a file and puts it under the name that follows from what was made. */
  private <T> T put(Maker<T> maker, Function<T, String> name)
      throws IOException, InterruptedException {
    Path file =
        staging.resolve("." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part");
    try {
      T made;
      try {
        made = maker.make(file);
      } catch (IOException e) {
        throw notWritten(staging, e);
      }
      cache.put(file, name.apply(made));
      return made;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** The fault itself names a file that nobody knows, or none where the disk is full. */
  private static IOException notWritten(Path folder, IOException fault) {
    if (fault instanceof AccessDeniedException) {
      throw new InputException(
          null,
          "no permission to write to " + folder,
          "Push as a user who may write there, or push to another cache.",
          fault);
    }
    String reason =
        fault instanceof FileSystemException at && at.getReason() != null
            ? at.getReason()
            : fault.getMessage();
    return new IOException(
        "cannot write to "
            + folder
            + ": "
            + reason
            + " ("
            + folder.toFile().getUsableSpace() / 1_000_000
            + " MB free there)",
        fault);
  }

  private static List<String> namesOf(PathInfo path) {
    return path.references().stream().map(NarInfo::nameOf).sorted().toList();
  }
}
