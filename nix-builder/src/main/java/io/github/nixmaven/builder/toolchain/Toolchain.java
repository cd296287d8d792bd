package io.github.nixmaven.builder.toolchain;

import io.github.nixmaven.generator.api.Caches;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pins the toolchain of the debian platform: from a suite's signed index to a lock. */
public final class Toolchain {
  /** The suite of the default lock. */
  public static final String DEFAULT_SUITE = "trixie";

  /** What a Rust build with C code and build scripts needs. */
  public static final List<String> DEFAULT_ROOTS =
      List.of(
          "bash",
          "bash-builtins",
          "binutils",
          "bzip2",
          "cargo",
          "coreutils",
          "dash",
          "debianutils",
          "diffutils",
          "file",
          "findutils",
          "g++",
          "gawk",
          "gcc",
          "grep",
          "gzip",
          "libc-bin",
          "libc6-dev",
          "libdeflate-tools",
          "make",
          "patch",
          "perl-base",
          "pkgconf",
          "rustc",
          "sed",
          "tar",
          "xz-utils");

  private static final String ARCHITECTURE = "amd64";

  /** A package of another architecture, as Debian's tools write it. */
  private static final Pattern FOREIGN =
      Pattern.compile("(?<name>[a-z0-9][a-z0-9+.-]*):(?<architecture>(?!any$|native$)[a-z0-9-]+)");

  /** Files that a build does not read. */
  private static final List<String> PRUNE =
      List.of(
          "usr/include/bash",
          "usr/lib/rustlib/wasm32-wasip2",
          "usr/share/applications",
          "usr/share/bash-completion",
          "usr/share/bug",
          "usr/share/doc",
          "usr/share/doc-base",
          "usr/share/fish",
          "usr/share/gdb",
          "usr/share/icons",
          "usr/share/info",
          "usr/share/lintian",
          "usr/share/locale",
          "usr/share/man",
          "usr/share/menu",
          "usr/share/metainfo",
          "usr/share/pixmaps",
          "usr/share/zsh");

  /**
   * What {@code update-alternatives} would link on a Debian system with nothing but these packages.
   * On such a system the links go by {@code /etc/alternatives}, which a build does not see.
   */
  private static final Map<String, String> ALTERNATIVES =
      Map.of(
          "usr/bin/awk", "gawk",
          "usr/bin/c++", "g++",
          "usr/bin/c89", "c89-gcc",
          "usr/bin/c99", "c99-gcc",
          "usr/bin/cc", "gcc",
          "usr/bin/nawk", "gawk",
          // Debian has the name that rustc calls in a package that needs all of LLVM.
          "usr/bin/rust-lld", "lld",
          "usr/bin/which", "which.debianutils",
          "usr/bin/yacc", "bison.yacc");

  private final Path cache;

  /**
   * @param cache where fetched files are kept; see {@link Caches#own}
   */
  public Toolchain(Path cache) {
    this.cache = cache;
  }

  /**
   * What to pin.
   *
   * @param suites suites to take packages from, the newest version of each; the first one names the
   *     sysroot
   * @param mirrors where the suites are
   * @param keyring OpenPGP keys of the suites' archive, or null for those of Debian 13
   * @param roots the packages wanted, without what they need; {@code NAME:ARCHITECTURE} is one to
   *     link with, which is unpacked alone, since what it needs is for the machine that runs it
   * @param lock the lock to write
   */
  public record Request(
      List<String> suites, Mirrors mirrors, @Nullable Path keyring, List<String> roots, Path lock) {
    public Request {
      suites = List.copyOf(suites);
      roots = List.copyOf(roots);
    }
  }

  /**
   * How a package differs between two locks.
   *
   * @param name the package
   * @param before the version in the old lock, or null where it is new
   * @param after the version in the new lock, or null where it is gone
   */
  public record Change(String name, @Nullable String before, @Nullable String after) {}

  /**
   * A lock that was written, and how it differs from the one before.
   *
   * @param lock the new lock
   * @param changes sorted by name; every package where there was no lock before
   */
  public record Pinned(ToolchainLock lock, List<Change> changes) {}

  /**
   * Resolves the newest packages, fetches and unpacks them, and writes the lock. Needs no Nix.
   *
   * @throws InputException when a suite cannot be had or trusted, or the packages cannot be
   *     resolved or unpacked
   */
  public Pinned pin(Request request, Progress progress) throws IOException, InterruptedException {
    ToolchainLock before = previous(request.lock);
    ToolchainLock lock = resolve(request, before, progress);
    if (!lock.equals(before)) {
      lock.write(request.lock);
    }
    return new Pinned(lock, changes(before, lock));
  }

  private static @Nullable ToolchainLock previous(Path lock) throws IOException {
    if (!Files.exists(lock)) {
      return null;
    }
    try {
      return ToolchainLock.read(lock);
    } catch (InputException e) {
      return null; // this run is the remedy: a broken lock is replaced
    }
  }

  private ToolchainLock resolve(Request request, @Nullable ToolchainLock before, Progress progress)
      throws IOException, InterruptedException {
    if (request.suites.isEmpty()) {
      throw new InputException(
          null, "no suite is named", "Name one, such as " + DEFAULT_SUITE + ".");
    }
    Keyring keyring = Keyring.read(request.keyring);
    Downloader downloader = new Downloader(Duration.ofSeconds(30), 8);
    List<String> natives = new ArrayList<>();
    // by architecture
    Map<String, List<String>> foreigners = new TreeMap<>();
    for (String root : request.roots) {
      Matcher foreign = FOREIGN.matcher(root);
      if (foreign.matches()) {
        foreigners
            .computeIfAbsent(foreign.group("architecture"), key -> new ArrayList<>())
            .add(foreign.group("name"));
      } else {
        natives.add(root);
      }
    }
    List<SuiteIndex> indexes = new ArrayList<>();
    List<ToolchainLock.Suite> suites = new ArrayList<>();
    for (String suite : request.suites) {
      progress.step("read the index of " + suite, indexes.size(), request.suites.size());
      SuiteIndex index =
          SuiteIndex.fetch(
              suite,
              ARCHITECTURE,
              request.mirrors,
              keyring,
              downloader,
              cache.resolve("lists"),
              Instant.now());
      requireNotOlder(before, index);
      indexes.add(index);
      suites.add(new ToolchainLock.Suite(suite, index.date().toString()));
    }
    List<BinaryPackage> resolved = new ArrayList<>(new SuiteResolver(indexes).resolve(natives));
    for (Map.Entry<String, List<String>> foreigner : foreigners.entrySet()) {
      List<SuiteIndex> theirs = new ArrayList<>();
      for (String suite : request.suites) {
        theirs.add(
            SuiteIndex.fetch(
                suite,
                foreigner.getKey(),
                request.mirrors,
                keyring,
                downloader,
                cache.resolve("lists"),
                Instant.now()));
      }
      SuiteResolver resolver = new SuiteResolver(theirs);
      for (String name : foreigner.getValue()) {
        BinaryPackage foreign = resolver.alone(name);
        requireSameVersion(resolved, foreign);
        resolved.add(foreign);
      }
    }
    resolved.sort(
        Comparator.comparing(BinaryPackage::name).thenComparing(BinaryPackage::architecture));
    List<ToolchainLock.Pin> packages = new ArrayList<>();
    List<String> prune = new ArrayList<>(PRUNE);
    long unpacked = 0;
    for (BinaryPackage one : resolved) {
      unpacked += one.installedSize();
      if (one.name().equals(StandardLibrary.PACKAGE)) {
        prune.addAll(StandardLibrary.prune(one.version()));
      }
      packages.add(
          new ToolchainLock.Pin(
              one.name(),
              one.version(),
              one.architecture(),
              one.suite(),
              one.path(),
              one.size(),
              one.sha256()));
    }
    Sysroot sysroot = new Sysroot(cache, request.mirrors);
    Map<Path, Long> room = new LinkedHashMap<>();
    room.put(cache, sysroot.missing(packages) + unpacked);
    Sysroot.requireRoom(room);
    String name = "debian-" + request.suites.get(0) + "-" + ARCHITECTURE + "-sysroot";
    try (Sysroot.WorkFolder work = new Sysroot.WorkFolder(cache)) {
      Path folder = work.folder().resolve(name);
      SysrootTree tree = sysroot.unpack(suites, packages, prune, folder, progress);
      Map<String, String> links = new TreeMap<>();
      for (Map.Entry<String, String> link : ALTERNATIVES.entrySet()) {
        if (tree.has("usr/bin/" + link.getValue()) && !tree.has(link.getKey())) {
          tree.link(link.getKey(), link.getValue());
          links.put(link.getKey(), link.getValue());
        }
      }
      Nar.Digest digest = Nar.digest(folder);
      return new ToolchainLock(
          ToolchainLock.FORMAT,
          ARCHITECTURE,
          suites,
          request.roots,
          links,
          prune,
          new ToolchainLock.Tree(name, digest.hash().sri(), digest.size()),
          packages,
          StandardLibrary.crates(folder));
    }
  }

  /** Architectures are built one after the other; a compiler reads only its own libraries. */
  private static void requireSameVersion(List<BinaryPackage> resolved, BinaryPackage foreign) {
    for (BinaryPackage own : resolved) {
      if (own.name().equals(foreign.name()) && !own.version().equals(foreign.version())) {
        throw new InputException(
            null,
            "the suites have "
                + own.name()
                + " "
                + own.version()
                + " for "
                + own.architecture()
                + " and "
                + foreign.version()
                + " for "
                + foreign.architecture(),
            "Try again when Debian has built both, or take fewer suites.");
      }
    }
  }

  /** A stable suite is valid for ever, so an old index with known holes passes all other checks. */
  private static void requireNotOlder(@Nullable ToolchainLock before, SuiteIndex index) {
    if (before == null) {
      return;
    }
    for (ToolchainLock.Suite pinned : before.suites()) {
      if (pinned.name().equals(index.suite()) && index.date().isBefore(pinned.time())) {
        throw new InputException(
            null,
            "the mirror's "
                + index.suite()
                + " is of "
                + index.date()
                + ", older than the pinned one of "
                + pinned.date(),
            "Use a mirror that is up to date, or delete the lock to go back on purpose.");
      }
    }
  }

  private static Map<String, String> versions(@Nullable ToolchainLock lock) {
    Map<String, String> versions = new TreeMap<>();
    if (lock != null) {
      lock.packages().forEach(one -> versions.put(lock.qualified(one), one.version()));
    }
    return versions;
  }

  private static List<Change> changes(@Nullable ToolchainLock before, ToolchainLock lock) {
    Map<String, String> earlier = versions(before);
    Map<String, String> later = versions(lock);
    TreeSet<String> names = new TreeSet<>(earlier.keySet());
    names.addAll(later.keySet());
    List<Change> changes = new ArrayList<>();
    for (String name : names) {
      String old = earlier.get(name);
      String now = later.get(name);
      if (old == null || !old.equals(now)) {
        changes.add(new Change(name, old, now));
      }
    }
    return List.copyOf(changes);
  }
}
