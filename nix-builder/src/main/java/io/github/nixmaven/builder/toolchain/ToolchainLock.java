package io.github.nixmaven.builder.toolchain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.nix.StorePath;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The contents of {@code nix-toolchain.lock.json}: everything that decides what the sysroot is, and
 * what it is.
 *
 * @param format the version of this format, {@value #FORMAT}
 * @param architecture Debian's name of the machine that the sysroot runs on
 * @param suites where the packages come from
 * @param roots the packages that were asked for; {@code packages} is their closure
 * @param links links that the packages' maintainer scripts would have made, by path below the
 *     sysroot; a target is relative to its link
 * @param prune what is left out of the packages, as paths below the sysroot
 * @param sysroot the result
 * @param packages sorted by name and architecture
 * @param standardLibrary the published packages that a language's own library is built with for
 *     targets that Debian has no compiled one for; none where its source is not pinned
 */
@JsonPropertyOrder({
  "format",
  "architecture",
  "suites",
  "sysroot",
  "roots",
  "links",
  "prune",
  "packages",
  "standardLibrary"
})
public record ToolchainLock(
    int format,
    String architecture,
    List<Suite> suites,
    List<String> roots,
    Map<String, String> links,
    List<String> prune,
    Tree sysroot,
    List<Pin> packages,
    List<LibraryFile> standardLibrary) {
  /** The version of the format that is written, and the only one that is read. */
  public static final int FORMAT = 1;

  private static final Comparator<Pin> ORDER =
      Comparator.comparing(Pin::name).thenComparing(Pin::architecture);

  private static final Pattern SUITE = Pattern.compile("[a-z0-9][a-z0-9.+-]*");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+.-]*");
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.+:~-]+");
  private static final Pattern POOL_PATH =
      Pattern.compile("pool(?:/[A-Za-z0-9+~_-][A-Za-z0-9.+~_-]*)+\\.deb");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern LIBRARY_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
  private static final Pattern LIBRARY_VERSION = Pattern.compile("[0-9][0-9A-Za-z.+-]*");
  private static final Pattern URL = Pattern.compile("https?://[!-~]+");
  private static final Pattern INSIDE =
      Pattern.compile("usr(?:/(?!\\.{1,2}(?:/|$))[^/\\p{Cntrl}]+)+");

  /**
   * A suite at a point in time.
   *
   * @param name such as {@code trixie-updates}
   * @param date when it was published (ISO 8601, UTC); the snapshot archive is asked for this time
   */
  public record Suite(String name, String date) {
    public Suite {
      require("name", SUITE.matcher(name).matches(), "'%s' is not the name of a suite", name);
      try {
        Instant.parse(date);
      } catch (DateTimeException e) {
        throw new ToolchainLockFile.WrongField("date", "'" + date + "' is not a time in ISO 8601");
      }
    }

    Instant time() {
      return Instant.parse(date);
    }
  }

  /**
   * A file tree in the Nix store.
   *
   * @param name the store path's name
   * @param narHash the SHA-256 of its NAR, as SRI
   * @param narSize the NAR's size in bytes, about what the tree takes up
   */
  public record Tree(String name, String narHash, long narSize) {
    public Tree {
      require("name", StorePath.isName(name), "'%s' cannot be the name of a store path", name);
      require("narHash", isSha256(narHash), "'%s' is not a SHA-256 in SRI form", narHash);
      require("narSize", narSize > 0, "%s is not a size", narSize);
    }

    private static boolean isSha256(String text) {
      try {
        return Hash.parseSri(text).algorithm() == Hash.Algorithm.SHA256;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    String storePath() {
      return StorePath.recursive(name, Hash.parseSri(narHash));
    }
  }

  /**
   * One .deb file.
   *
   * @param name the package's name
   * @param version its Debian version
   * @param architecture {@code all}, that of the lock, or another one for a package to link with
   * @param suite one of the lock's suites
   * @param path below any mirror of the suite's archive
   * @param size in bytes
   * @param sha256 in hexadecimal
   */
  public record Pin(
      String name,
      String version,
      String architecture,
      String suite,
      String path,
      long size,
      String sha256) {
    public Pin {
      require("name", NAME.matcher(name).matches(), "'%s' is not the name of a package", name);
      require(
          "version", VERSION.matcher(version).matches(), "'%s' is not a Debian version", version);
      require(
          "architecture",
          NAME.matcher(architecture).matches(),
          "'%s' is not an architecture",
          architecture);
      require(
          "path",
          POOL_PATH.matcher(path).matches(),
          "'%s' is not the path of a .deb below pool/",
          path);
      require("size", size > 0, "%s is not a size", size);
      requireSha256(sha256);
    }

    /** The file's digest. */
    public Hash hash() {
      return Hash.parse(Hash.Algorithm.SHA256, sha256);
    }
  }

  /**
   * The file of a published package.
   *
   * @param name the package's name
   * @param version its version
   * @param url where the file is
   * @param sha256 in hexadecimal
   */
  public record LibraryFile(String name, String version, String url, String sha256) {
    public LibraryFile {
      require(
          "name", LIBRARY_NAME.matcher(name).matches(), "'%s' is not the name of a package", name);
      require(
          "version",
          LIBRARY_VERSION.matcher(version).matches(),
          "'%s' is not a version of a package",
          version);
      require("url", URL.matcher(url).matches(), "'%s' is not a web address", url);
      requireSha256(sha256);
    }

    /** The file's digest. */
    public Hash hash() {
      return Hash.parse(Hash.Algorithm.SHA256, sha256);
    }
  }

  @JsonCreator
  public ToolchainLock(
      @JsonProperty("format") int format,
      @JsonProperty("architecture") String architecture,
      @JsonProperty("suites") List<Suite> suites,
      @JsonProperty("roots") List<String> roots,
      @JsonProperty("links") Map<String, String> links,
      @JsonProperty("prune") List<String> prune,
      @JsonProperty("sysroot") Tree sysroot,
      @JsonProperty("packages") List<Pin> packages,
      @JsonProperty("standardLibrary") List<LibraryFile> standardLibrary) {
    require(
        "format",
        format == FORMAT,
        "%s is not a known format; this plugin reads " + FORMAT,
        format);
    require(
        "architecture",
        NAME.matcher(architecture).matches(),
        "'%s' is not an architecture",
        architecture);
    for (int i = 0; i < prune.size(); i++) {
      requireInside("prune/" + i, prune.get(i));
    }
    for (String link : links.keySet()) {
      requireInside("links/" + link.replace("~", "~0").replace("/", "~1"), link);
    }
    for (int i = 0; i < packages.size(); i++) {
      Pin one = packages.get(i);
      require(
          "packages/" + i + "/suite",
          suites.stream().anyMatch(suite -> suite.name().equals(one.suite())),
          "'%s' is not one of the suites",
          one.suite());
      require(
          "packages/" + i + "/name",
          i == 0 || ORDER.compare(packages.get(i - 1), one) < 0,
          "'%s' occurs twice or is not in order of the names",
          one.name());
    }
    this.format = format;
    this.architecture = architecture;
    this.suites = List.copyOf(suites);
    this.roots = List.copyOf(roots);
    this.links = Collections.unmodifiableMap(new TreeMap<>(links));
    this.prune = List.copyOf(prune);
    this.sysroot = sysroot;
    this.packages = List.copyOf(packages);
    this.standardLibrary = List.copyOf(standardLibrary);
  }

  private static void requireSha256(String sha256) {
    require(
        "sha256",
        SHA256.matcher(sha256).matches(),
        "'%s' is not a SHA-256 in lower-case hexadecimal",
        sha256);
  }

  private static void requireInside(String field, String path) {
    require(field, INSIDE.matcher(path).matches(), "'%s' is not a plain path below usr", path);
  }

  private static void require(String field, boolean condition, String problem, Object value) {
    if (!condition) {
      throw new ToolchainLockFile.WrongField(field, String.format(problem, value));
    }
  }

  /** A package's name, with its architecture where the sysroot's machine cannot run it. */
  String qualified(Pin one) {
    return one.architecture().equals(architecture) || one.architecture().equals("all")
        ? one.name()
        : one.name() + ":" + one.architecture();
  }

  /** The names of the packages, {@code NAME:ARCHITECTURE} where that is another one. */
  public Set<String> names() {
    return packages.stream().map(this::qualified).collect(Collectors.toUnmodifiableSet());
  }

  /** The versions of the packages for the sysroot's machine, by name. */
  public Map<String, String> versions() {
    Map<String, String> versions = new HashMap<>();
    packages.forEach(one -> versions.put(qualified(one), one.version()));
    return versions;
  }

  /** The oldest lock that the plugin ships: of Debian 13. */
  public static ToolchainLock standard() throws IOException {
    return shipped("nix-toolchain.lock.json");
  }

  /** All locks that the plugin ships, from the oldest to the newest. */
  public static List<ToolchainLock> shipped() throws IOException {
    return List.of(standard(), shipped("nix-toolchain-backports.lock.json"));
  }

  private static ToolchainLock shipped(String name) throws IOException {
    try (InputStream in = ToolchainLock.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the jar");
      }
      return ToolchainLockFile.parse(in);
    }
  }

  /**
   * Reads a lock.
   *
   * @throws InputException when there is no such file, or it is not a lock
   */
  public static ToolchainLock read(Path file) throws IOException {
    return ToolchainLockFile.read(file);
  }

  /** Writes the lock, whole or not at all. */
  void write(Path file) throws IOException {
    ToolchainLockFile.write(this, file);
  }

  /** The lock as text: the same lock gives the same bytes. */
  String toJson() throws IOException {
    return ToolchainLockFile.toJson(this);
  }
}
