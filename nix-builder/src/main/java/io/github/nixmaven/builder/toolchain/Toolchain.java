package io.github.nixmaven.builder.toolchain;

import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.language.SourceFile;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.pin.Context;
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
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pins the toolchain of the debian platform: from a suite's signed index to a lock. */
public final class Toolchain {
  /** The suite of the default lock. */
  public static final String DEFAULT_SUITE = "trixie";

  /** The packages for every build: a shell, a C compiler, their tools, and what isolates it. */
  private static final List<String> BASE =
      List.of(
          "bash",
          "bash-builtins",
          "binutils",
          "bubblewrap",
          "bzip2",
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
   * The links that {@code update-alternatives} would make on a Debian system with only these
   * packages. On such a system the links go by {@code /etc/alternatives}, which a build does not
   * see.
   */
  private static final Map<String, String> ALTERNATIVES =
      Map.of(
          "usr/bin/awk", "gawk",
          "usr/bin/c++", "g++",
          "usr/bin/c89", "c89-gcc",
          "usr/bin/c99", "c99-gcc",
          "usr/bin/cc", "gcc",
          "usr/bin/nawk", "gawk",
          "usr/bin/which", "which.debianutils",
          "usr/bin/yacc", "bison.yacc");

  /**
   * The packages to pin.
   *
   * @param suites suites to take packages from, the newest version of each; the first one names the
   *     sysroot
   * @param mirrors where the suites are
   * @param keyring OpenPGP keys of the suites' archive, or null for those of Debian 13
   * @param languages what the toolchain is for
   * @param roots the packages wanted, without what they need; {@code NAME:ARCHITECTURE} is one to
   *     link with, which is unpacked alone, since what it needs is for the machine that runs it
   * @param lock the lock to write
   */
  public record Request(
      List<String> suites,
      Mirrors mirrors,
      @Nullable Path keyring,
      List<Language> languages,
      List<String> roots,
      Path lock) {
    public Request {
      suites = List.copyOf(suites);
      languages = List.copyOf(languages);
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
   * The packages that are asked for.
   *
   * @param natives those that run here, which come with what they need
   * @param foreign those to link with, by architecture
   */
  private record Roots(List<String> natives, Map<String, List<String>> foreign) {
    static Roots of(List<String> names) {
      List<String> natives = new ArrayList<>();
      Map<String, List<String>> foreign = new TreeMap<>();
      for (String name : names) {
        Matcher matcher = FOREIGN.matcher(name);
        if (matcher.matches()) {
          foreign
              .computeIfAbsent(matcher.group("architecture"), key -> new ArrayList<>())
              .add(matcher.group("name"));
        } else {
          natives.add(name);
        }
      }
      return new Roots(natives, foreign);
    }
  }

  /** The indexes of the suites that are asked for. */
  private static final class Archive {
    private final Request request;
    private final Path lists;
    private final Keyring keyring;
    private final Downloader downloader;

    Archive(Request request, Path cache, Map<String, String> environment) throws IOException {
      this.downloader = new Downloader(Duration.ofSeconds(30), 8, environment);
      this.request = request;
      this.lists = cache.resolve("lists");
      this.keyring = Keyring.read(request.keyring);
    }

    SuiteIndex index(String suite, String architecture) throws IOException, InterruptedException {
      return SuiteIndex.fetch(
          suite, architecture, request.mirrors, keyring, downloader, lists, Instant.now());
    }

    List<SuiteIndex> indexes(String architecture) throws IOException, InterruptedException {
      List<SuiteIndex> result = new ArrayList<>();
      for (String suite : request.suites) {
        result.add(index(suite, architecture));
      }
      return result;
    }
  }

  private final Path cache;
  private final Map<String, String> environment;

  /**
   * @param cache where fetched files are kept; see {@link Context#cache}
   * @param environment the environment variables, which may name proxies
   */
  public Toolchain(Path cache, Map<String, String> environment) {
    this.environment = environment;
    this.cache = cache;
  }

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
          null, "no suite is given", "Give one, such as " + DEFAULT_SUITE + ".");
    }
    Archive archive = new Archive(request, cache, environment);
    Roots roots = Roots.of(request.roots);
    List<SuiteIndex> indexes = new ArrayList<>();
    List<ToolchainLock.Suite> suites = new ArrayList<>();
    for (String suite : request.suites) {
      progress.step("read the index of " + suite, indexes.size(), request.suites.size());
      SuiteIndex index = archive.index(suite, ARCHITECTURE);
      requireNotOlder(before, index);
      indexes.add(index);
      suites.add(new ToolchainLock.Suite(suite, index.date().toString()));
    }
    List<BinaryPackage> packages =
        new ArrayList<>(new SuiteResolver(indexes).resolve(roots.natives));
    addForeign(packages, roots.foreign, archive);
    packages.sort(
        Comparator.comparing(BinaryPackage::name).thenComparing(BinaryPackage::architecture));
    return unpack(request, suites, packages, progress);
  }

  /**
   * Packages of other architectures come alone: what they need is for the machine that runs them.
   */
  private static void addForeign(
      List<BinaryPackage> packages, Map<String, List<String>> foreign, Archive archive)
      throws IOException, InterruptedException {
    for (Map.Entry<String, List<String>> names : foreign.entrySet()) {
      SuiteResolver resolver = new SuiteResolver(archive.indexes(names.getKey()));
      for (String name : names.getValue()) {
        BinaryPackage one = resolver.withoutDependencies(name);
        requireSameVersion(packages, one);
        packages.add(one);
      }
    }
  }

  /** Unpacks the packages, to learn what the sysroot is. */
  private ToolchainLock unpack(
      Request request,
      List<ToolchainLock.Suite> suites,
      List<BinaryPackage> packages,
      Progress progress)
      throws IOException, InterruptedException {
    List<ToolchainLock.Pin> pins = packages.stream().map(Toolchain::pin).toList();
    SortedSet<String> prune = new TreeSet<>(PRUNE);
    long unpacked = 0;
    for (BinaryPackage one : packages) {
      unpacked += one.installedSize();
      for (Language language : request.languages) {
        prune.addAll(language.tools().prune(one.name(), one.version()));
      }
    }
    Sysroot sysroot = new Sysroot(cache, request.mirrors, environment);
    Map<Path, Long> room = new LinkedHashMap<>();
    room.put(cache, sysroot.missing(pins) + unpacked);
    Sysroot.requireRoom(room);
    String name = "debian-" + request.suites.get(0) + "-" + ARCHITECTURE + "-sysroot";
    try (Sysroot.WorkFolder work = new Sysroot.WorkFolder(cache)) {
      Path folder = work.folder().resolve(name);
      Map<String, String> links =
          link(
              sysroot.unpack(suites, pins, List.copyOf(prune), folder, progress),
              request.languages);
      Nar.Digest digest = Nar.digest(folder);
      return new ToolchainLock(
          ToolchainLock.FORMAT,
          ARCHITECTURE,
          suites,
          request.roots,
          links,
          List.copyOf(prune),
          new ToolchainLock.Tree(name, digest.hash().sri(), digest.size()),
          pins,
          libraryFiles(request.languages, folder));
    }
  }

  private static List<ToolchainLock.LibraryFile> libraryFiles(
      List<Language> languages, Path sysroot) throws IOException, InterruptedException {
    List<ToolchainLock.LibraryFile> result = new ArrayList<>();
    for (Language language : languages) {
      for (SourceFile one : language.tools().libraryFiles(sysroot)) {
        result.add(
            new ToolchainLock.LibraryFile(
                one.name(), one.version(), one.url().toString(), one.hash().hex()));
      }
    }
    return result;
  }

  /** The packages that a toolchain for some languages has unless others are asked for. */
  public static SortedSet<String> defaultRoots(List<Language> languages) {
    SortedSet<String> roots = new TreeSet<>(BASE);
    languages.forEach(language -> roots.addAll(language.tools().packages()));
    return roots;
  }

  private static ToolchainLock.Pin pin(BinaryPackage one) {
    return new ToolchainLock.Pin(
        one.name(),
        one.version(),
        one.architecture(),
        one.suite(),
        one.path(),
        one.size(),
        one.sha256());
  }

  /** Makes the links of maintainer scripts, by path. */
  private static Map<String, String> link(SysrootTree tree, List<Language> languages)
      throws IOException {
    Map<String, String> alternatives = new TreeMap<>(ALTERNATIVES);
    languages.forEach(language -> alternatives.putAll(language.tools().links()));
    Map<String, String> links = new TreeMap<>();
    for (Map.Entry<String, String> link : alternatives.entrySet()) {
      if (tree.has("usr/bin/" + link.getValue()) && !tree.has(link.getKey())) {
        tree.link(link.getKey(), link.getValue());
        links.put(link.getKey(), link.getValue());
      }
    }
    return links;
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
            "Try again when Debian has built both, or use fewer suites.");
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
                + " is from "
                + index.date()
                + ", older than the pinned one from "
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
