package io.github.nixmaven.generator.cargo.lock;

import io.github.nixmaven.generator.cargo.semver.Version;
import io.github.nixmaven.generator.text.Addresses;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.TomlFile;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cargo.lock in its versions 1 to 4.
 *
 * @param file the lock file
 * @param version the version of the format: 1 to 4; a file without one has version 1 if it contains
 *     a {@code [metadata]} table, else 2
 * @param packages the packages in the order of the file, without those that {@code [replace]}
 *     replaces
 * @param unusedPatches {@code NAME VERSION} of the patches that nothing uses
 */
public record CargoLock(
    Path file, int version, List<LockedPackage> packages, Set<String> unusedPatches) {
  private static final int NEWEST_VERSION = 4;
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{Nl}_][\\p{L}\\p{N}\\p{M}_-]*");
  private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{64}");
  private static final String HAND_EDITED =
      "The lock was edited by hand or merged badly: run `cargo update --workspace`, or restore it"
          + " from version control.";

  /**
   * Reads a lock file.
   *
   * @throws InputException when it is missing, malformed, newer than version 4, or has an invalid
   *     name of a package
   */
  public static CargoLock read(Path file) throws IOException {
    TomlTable root =
        TomlFile.read(file, "Create the lock with `cargo generate-lockfile` and commit it.");
    return new Reader(file, root).read();
  }

  /** The lock without some packages, and without the dependencies on them. */
  public CargoLock without(Predicate<LockedPackage> dropped) {
    List<LockedPackage> kept = packages.stream().filter(dropped.negate()).toList();
    if (kept.size() == packages.size()) {
      return this;
    }
    Map<LockedPackage, Integer> indices = new HashMap<>();
    kept.forEach(locked -> indices.put(locked, indices.size()));
    return new CargoLock(
        file,
        version,
        kept.stream()
            .map(
                locked ->
                    new LockedPackage(
                        locked.name(),
                        locked.version(),
                        locked.source(),
                        locked.checksum(),
                        locked.dependencies().stream()
                            .map(packages::get)
                            .map(indices::get)
                            .filter(Objects::nonNull)
                            .toList(),
                        locked.position()))
            .toList(),
        unusedPatches);
  }

  private static final class Reader {
    private final Path file;
    private final TomlTable root;
    private final Map<String, List<Integer>> byName = new HashMap<>();
    private final Map<Integer, Integer> replaced = new HashMap<>();
    private final Map<String, SourceId> sources = new HashMap<>();
    private List<TomlTable> tables = List.of();
    private List<Version> versions = List.of();

    Reader(Path file, TomlTable root) {
      this.file = file;
      this.root = root;
    }

    CargoLock read() {
      int version = formatVersion();
      tables = new ArrayList<>();
      TomlTable rootPackage = root.table("root"); // version 1 of the format
      if (rootPackage != null) {
        tables.add(rootPackage);
      }
      tables.addAll(root.tables("package"));
      if (tables.isEmpty()) {
        throw new InputException(
            Position.of(file),
            "the lock contains no packages",
            "Write it again with `cargo generate-lockfile`.");
      }
      versions = new ArrayList<>();
      Map<String, Integer> seen = new LinkedHashMap<>();
      for (int i = 0; i < tables.size(); i++) {
        TomlTable table = tables.get(i);
        String name = name(table);
        versions.add(version(table));
        byName.computeIfAbsent(name, key -> new ArrayList<>()).add(i);
        if (seen.put(identity(i), i) != null) {
          throw table.error("name", "the lock contains " + identity(i) + " twice", HAND_EDITED);
        }
      }
      for (int i = 0; i < tables.size(); i++) {
        String replacement = tables.get(i).string("replace");
        if (replacement != null) {
          replaced.put(i, find(tables.get(i), "replace", replacement));
        }
      }
      checkCommits();
      Map<String, String> checksums = checksums();
      List<LockedPackage> packages = new ArrayList<>();
      for (int i = 0; i < tables.size(); i++) {
        packages.add(read(i, checksums));
      }
      Set<LockedPackage> original = new HashSet<>();
      replaced.keySet().forEach(index -> original.add(packages.get(index)));
      return new CargoLock(file, version, List.copyOf(packages), unusedPatches())
          .without(original::contains);
    }

    private Set<String> unusedPatches() {
      Set<String> result = new HashSet<>();
      TomlTable patch = root.table("patch");
      if (patch != null) {
        for (TomlTable unused : patch.tables("unused")) {
          result.add(unused.requiredString("name") + " " + unused.requiredString("version"));
        }
      }
      return Set.copyOf(result);
    }

    private int formatVersion() {
      Long version = root.integer("version");
      if (version == null) {
        return root.has("metadata") ? 1 : 2;
      }
      if (version > NEWEST_VERSION || version < 1) {
        throw root.error(
            "version",
            "lock format "
                + version
                + " is not supported; the newest supported format is "
                + NEWEST_VERSION,
            "Update this plugin, or write the lock with a cargo version that uses format "
                + NEWEST_VERSION
                + ".");
      }
      return version.intValue();
    }

    private String name(TomlTable table) {
      String name = table.requiredString("name");
      if (!NAME.matcher(name).matches()) {
        throw table.error(
            "name",
            "`" + printable(name) + "` is not a valid package name",
            "A name has letters, digits, `_` and `-` only. " + HAND_EDITED);
      }
      return name;
    }

    private Version version(TomlTable table) {
      String version = table.requiredString("version");
      try {
        return Version.parse(version);
      } catch (IllegalArgumentException e) {
        throw new InputException(
            table.position("version"),
            "`" + printable(version) + "` is not a version",
            HAND_EDITED,
            e);
      }
    }

    /** Cargo would take one of the commits for all packages of the repository (cargo#14230). */
    private void checkCommits() {
      Map<String, String> commits = new HashMap<>();
      for (TomlTable table : tables) {
        SourceId source = source(table);
        if (source == null || source.commit() == null) {
          continue;
        }
        String written = table.requiredString("source");
        String repository = written.substring(0, written.indexOf('#'));
        String other = commits.putIfAbsent(repository, source.commit());
        if (other != null && !other.equals(source.commit())) {
          throw table.error(
              "source",
              "the lock has two commits of "
                  + printable(repository)
                  + ": "
                  + printable(other)
                  + " and "
                  + printable(source.commit()),
              "Lock one of them: run `cargo update " + table.requiredString("name") + "`.");
        }
      }
    }

    private @Nullable SourceId source(TomlTable table) {
      String source = table.string("source");
      if (source == null) {
        return null;
      }
      try {
        return sources.computeIfAbsent(source, SourceId::parse);
      } catch (IllegalArgumentException e) {
        throw new InputException(
            table.position("source"), printable(String.valueOf(e.getMessage())), HAND_EDITED, e);
      }
    }

    private LockedPackage read(int index, Map<String, String> checksums) {
      TomlTable table = tables.get(index);
      String checksum = table.string("checksum");
      if (checksum == null) {
        checksum = checksums.get(identity(index));
      }
      if (checksum != null && !CHECKSUM.matcher(checksum).matches()) {
        throw table.error(
            "checksum", "`" + printable(checksum) + "` is not a SHA-256 digest", HAND_EDITED);
      }
      List<Integer> dependencies = new ArrayList<>();
      for (String dependency : table.strings("dependencies")) {
        int found = find(table, "dependencies", dependency);
        dependencies.add(replaced.getOrDefault(found, found));
      }
      return new LockedPackage(
          table.requiredString("name"),
          versions.get(index),
          source(table),
          checksum,
          List.copyOf(dependencies),
          table.position("name"));
    }

    /**
     * The package that a dependency string refers to: {@code NAME}, {@code NAME VERSION} or {@code
     * NAME VERSION (SOURCE)}, of which cargo writes the shortest that is unambiguous. A package
     * from a path has no source.
     */
    private int find(TomlTable table, String key, String dependency) {
      String[] parts = dependency.split(" ", 3);
      List<Integer> found = new ArrayList<>();
      for (int index : byName.getOrDefault(parts[0], List.of())) {
        if ((parts.length < 2 || versions.get(index).toString().equals(parts[1]))
            && (parts.length < 3 || sourceMatches(index, parts[2]))) {
          found.add(index);
        }
      }
      if (found.size() > 1 && parts.length < 3) {
        found.removeIf(index -> tables.get(index).has("source"));
      }
      if (found.size() != 1) {
        throw table.error(
            key,
            "`"
                + printable(dependency)
                + "` matches "
                + (found.isEmpty() ? "no package" : found.size() + " packages")
                + " in this lock",
            HAND_EDITED);
      }
      return found.get(0);
    }

    /** A dependency's source is written in parentheses and, for git, without the commit. */
    private boolean sourceMatches(int index, String parenthesised) {
      String source = tables.get(index).string("source");
      if (source == null || !parenthesised.startsWith("(") || !parenthesised.endsWith(")")) {
        return false;
      }
      String wanted = parenthesised.substring(1, parenthesised.length() - 1);
      int hash = source.indexOf('#');
      return source.equals(wanted) || (hash >= 0 && source.substring(0, hash).equals(wanted));
    }

    /** Version 1 has the checksums in a separate table. */
    private Map<String, String> checksums() {
      TomlTable metadata = root.table("metadata");
      Map<String, String> result = new HashMap<>();
      if (metadata != null) {
        for (String key : metadata.keys()) {
          if (key.startsWith("checksum ")) {
            String checksum = metadata.requiredString(key);
            if (!checksum.equals("<none>")) {
              result.put(key.substring("checksum ".length()), checksum);
            }
          }
        }
      }
      return result;
    }

    /** The package's key in the {@code [metadata]} of version 1. */
    private String identity(int index) {
      TomlTable table = tables.get(index);
      String source = table.string("source");
      return table.requiredString("name")
          + " "
          + table.requiredString("version")
          + (source == null ? "" : " (" + source + ")");
    }

    /** The text for a message: without control characters, and without passwords in addresses. */
    private static String printable(String text) {
      StringBuilder result = new StringBuilder();
      Addresses.withoutUser(text)
          .codePoints()
          .limit(80)
          .forEach(
              c -> {
                if (Character.isISOControl(c)) {
                  result.append(String.format("\\u%04x", c));
                } else {
                  result.appendCodePoint(c);
                }
              });
      return result.toString();
    }
  }
}
