package io.github.nixmaven.builder.toolchain;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Downloader.Download;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.text.InputException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The packages of a suite for one architecture, as its signed index lists them.
 *
 * <p>The format is that of <a href="https://wiki.debian.org/DebianRepository/Format">Debian's
 * repositories</a>. Only the component {@code main} is read.
 *
 * @param suite the suite's name, such as {@code trixie}
 * @param date when the suite was published
 * @param packages every entry, in the order of the index
 */
record SuiteIndex(String suite, Instant date, List<BinaryPackage> packages) {
  /** Far above any real one: Debian 13's has 140 kB. */
  private static final int LARGEST_IN_RELEASE = 16 << 20;

  /**
   * Fetches a suite's index and checks its signature and age.
   *
   * @param architecture Debian's name of it, such as {@code amd64}
   * @param cache the directory where the index is kept under its digest
   * @throws InputException when the mirror has no such suite, or its index cannot be trusted
   */
  static SuiteIndex fetch(
      String suite,
      String architecture,
      Mirrors mirrors,
      Keyring keyring,
      Downloader downloader,
      Path cache,
      Instant now)
      throws IOException, InterruptedException {
    URI source = mirrors.file(suite, "dists/" + suite + "/InRelease");
    Map<String, String> release =
        fields(keyring.verify(source.toString(), inRelease(source, suite, downloader), now));
    if (!suite.equals(release.get("Suite")) && !suite.equals(release.get("Codename"))) {
      throw new InputException(
          null,
          source + " is the index of '" + release.get("Codename") + "', not of '" + suite + "'",
          "Use another mirror, or use the suite name from the index.");
    }
    String validUntil = release.get("Valid-Until");
    if (validUntil != null && time(source, validUntil).isBefore(now)) {
      throw new InputException(
          null,
          source + " was only valid until " + validUntil,
          "Use a mirror that is up to date, and check this machine's clock.");
    }
    String list = "main/binary-" + architecture + "/Packages.xz";
    Listed listed = listed(source, release.getOrDefault("SHA256", ""), list);
    Path file = cache.resolve(listed.hash.hex() + ".xz");
    // By digest first: the plain name may already lead to the next day's list.
    String folder = "dists/" + suite + "/main/binary-" + architecture + "/";
    Download download =
        new Download(
            "package index of " + suite,
            List.of(
                mirrors.file(suite, folder + "by-hash/SHA256/" + listed.hash.hex()),
                mirrors.file(suite, folder + "Packages.xz")),
            file,
            listed.hash,
            listed.size);
    try {
      downloader.fetch(List.of(download), Progress.NONE);
    } catch (FileNotFoundException e) {
      throw new InputException(
          null,
          "the mirror lists " + list + " of " + suite + " but does not have it",
          "Use another mirror.",
          e);
    }
    return new SuiteIndex(
        suite, time(source, release.getOrDefault("Date", "none")), packages(suite, file));
  }

  private static byte[] inRelease(URI source, String suite, Downloader downloader)
      throws IOException, InterruptedException {
    try {
      return downloader.read(source, LARGEST_IN_RELEASE);
    } catch (FileNotFoundException e) {
      throw new InputException(
          null,
          "there is no suite '" + suite + "' here: " + source + " does not exist",
          "Check the suite's name and the mirror.",
          e);
    }
  }

  /** The fields of one stanza; the lines of a multi-line value are separated by line feeds. */
  private static Map<String, String> fields(String stanza) {
    Map<String, String> fields = new HashMap<>();
    String name = "";
    for (String line : stanza.lines().toList()) {
      if (line.startsWith(" ")) {
        fields.merge(name, line.strip(), (before, more) -> before + "\n" + more);
      } else {
        int colon = Math.max(0, line.indexOf(':'));
        name = line.substring(0, colon);
        fields.put(name, line.substring(Math.min(colon + 1, line.length())).strip());
      }
    }
    return fields;
  }

  private static Instant time(URI source, String text) {
    try {
      return Instant.from(
          DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.replaceFirst("UTC$", "GMT")));
    } catch (DateTimeException e) {
      throw new InputException(
          null, source + " contains an invalid time, '" + text + "'", "Use another mirror.", e);
    }
  }

  /** A file that the Release file vouches for. */
  private record Listed(Hash hash, long size) {}

  private static Listed listed(URI source, String table, String path) {
    for (String line : table.lines().toList()) {
      String[] columns = line.strip().split("\\s+");
      if (columns.length == 3
          && columns[2].equals(path)
          && columns[0].matches("[0-9a-f]{64}")
          && columns[1].matches("[0-9]{1,18}")) {
        return new Listed(
            Hash.parse(Hash.Algorithm.SHA256, columns[0]), Long.parseLong(columns[1]));
      }
    }
    throw new InputException(
        null,
        source + " does not list " + path,
        "Use a suite whose component main has this architecture.");
  }

  private static List<BinaryPackage> packages(String suite, Path file) throws IOException {
    List<BinaryPackage> packages = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new XZInputStream(new BufferedInputStream(Files.newInputStream(file))),
                StandardCharsets.UTF_8),
            1 << 16)) {
      Map<String, String> stanza = new HashMap<>();
      String name = "";
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.isEmpty()) {
          add(suite, stanza, packages);
          stanza.clear();
        } else if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
          stanza.merge(name, line, String::concat);
        } else {
          int colon = line.indexOf(':');
          name = colon < 0 ? line : line.substring(0, colon);
          stanza.put(name, line.substring(colon + 1).strip());
        }
      }
      add(suite, stanza, packages);
    }
    return List.copyOf(packages);
  }

  private static void add(String suite, Map<String, String> stanza, List<BinaryPackage> packages)
      throws IOException {
    if (stanza.isEmpty()) {
      return;
    }
    try {
      packages.add(
          new BinaryPackage(
              suite,
              required(stanza, "Package"),
              required(stanza, "Version"),
              required(stanza, "Architecture"),
              required(stanza, "Filename"),
              Long.parseLong(required(stanza, "Size")),
              required(stanza, "SHA256"),
              Long.parseLong(stanza.getOrDefault("Installed-Size", "0")) << 10,
              joined(stanza.get("Pre-Depends"), stanza.get("Depends")),
              stanza.getOrDefault("Provides", "")));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the package index of "
              + suite
              + " has a broken entry for '"
              + stanza.get("Package")
              + "': "
              + e.getMessage(),
          e);
    }
  }

  private static String required(Map<String, String> stanza, String field) {
    String value = stanza.get(field);
    if (value == null) {
      throw new IllegalArgumentException("no " + field);
    }
    return value;
  }

  private static String joined(@Nullable String preDepends, @Nullable String depends) {
    if (preDepends == null || depends == null) {
      return preDepends != null ? preDepends : depends != null ? depends : "";
    }
    return preDepends + ", " + depends;
  }
}
