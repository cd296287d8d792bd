package io.github.nixmaven.generator.cargo.emit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads back what a Cargo.nix says of its crates. */
public final class GeneratedCrates {
  private static final Pattern ENTRY = Pattern.compile(" {4}\"([^\"]+)\" = \\{");
  private static final Pattern EMPTY = Pattern.compile(" {4}\"[^\"]+\" = \\{ \\};");
  private static final Pattern STRING =
      Pattern.compile(" {6}(crateName|version|license|links|path|crate) = \"([^\"]*)\";");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

  private final Map<String, Crate> crates = new TreeMap<>();
  private final Map<String, Set<Set<String>>> features = new TreeMap<>();

  private GeneratedCrates() {}

  /**
   * A crate of the file.
   *
   * @param key what tells it from the other crates: its name and version, and a short source where
   *     these are not enough
   * @param source where its source comes from: {@code registry}, also by way of a vendored folder,
   *     {@code git}, or {@code path}
   * @param license the licence as its manifest says
   * @param links the native library it links, as its manifest says
   * @param features the sets of features it is built with, each for some member, target or role
   */
  public record Crate(
      String key,
      String name,
      String version,
      String source,
      Optional<String> license,
      Optional<String> links,
      Set<Set<String>> features) {}

  /**
   * The crates of a file by key.
   *
   * @return nothing for a file that is not ours, such as crate2nix's
   */
  public static List<Crate> read(Path file) throws IOException {
    GeneratedCrates reader = new GeneratedCrates();
    // A checkout may have turned the line ends.
    String text =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\r\n", "\n");
    reader.crates(section(text, "crates"));
    reader.nodes(section(text, "nodes"));
    return reader.crates.values().stream()
        .map(
            crate ->
                new Crate(
                    crate.key,
                    crate.name,
                    crate.version,
                    crate.source,
                    crate.license,
                    crate.links,
                    reader.features.getOrDefault(crate.key, Set.of())))
        .toList();
  }

  /** The lines of one of the tables; the writer indents them by two. */
  private static List<String> section(String text, String name) {
    String head = "\n  " + name + " = {\n";
    int start = text.indexOf(head);
    int end = start < 0 ? -1 : text.indexOf("\n  };\n", start);
    return end < 0 ? List.of() : text.substring(start + head.length(), end + 1).lines().toList();
  }

  private void crates(List<String> lines) {
    String key = "";
    Map<String, String> strings = new TreeMap<>();
    boolean git = false;
    boolean vendored = false;
    for (String line : lines) {
      Matcher entry = ENTRY.matcher(line);
      if (entry.matches()) {
        key = entry.group(1);
        strings.clear();
        git = false;
        vendored = false;
      } else if (line.equals("    };")) {
        String source =
            git ? "git" : strings.containsKey("path") && !vendored ? "path" : "registry";
        crates.put(
            key,
            new Crate(
                key,
                strings.getOrDefault("crateName", ""),
                strings.getOrDefault("version", ""),
                source,
                Optional.ofNullable(strings.get("license")),
                Optional.ofNullable(strings.get("links")),
                Set.of()));
      } else {
        Matcher string = STRING.matcher(line);
        if (string.matches()) {
          strings.put(string.group(1), string.group(2));
        }
        git |= line.startsWith("      git = ");
        vendored |= line.equals("      vendored = true;");
      }
    }
  }

  private void nodes(List<String> lines) {
    String key = "";
    // Features of an entry, which hold in most contexts, and those that `otherwise` has.
    Set<Set<String>> sets = new LinkedHashSet<>();
    boolean usual = false;
    @Nullable List<String> open = null;
    for (String line : lines) {
      Matcher entry = ENTRY.matcher(line);
      if (entry.matches()) {
        key = entry.group(1);
        sets = new LinkedHashSet<>();
        usual = false;
      } else if (EMPTY.matcher(line).matches()) {
        String empty = line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'));
        features.computeIfAbsent(empty, k -> new LinkedHashSet<>()).add(Set.of());
      } else if (line.equals("    };")) {
        if (!usual) {
          sets.add(Set.of());
        }
        features.computeIfAbsent(key, k -> new LinkedHashSet<>()).addAll(sets);
      } else if (open != null) {
        QUOTED.matcher(line).results().map(m -> m.group(1)).forEach(open::add);
      } else if (line.stripLeading().startsWith("features = ")) {
        usual |= line.startsWith("      features");
        open = new ArrayList<>();
        QUOTED.matcher(line).results().map(m -> m.group(1)).forEach(open::add);
      } else {
        Matcher string = STRING.matcher(line);
        if (string.matches() && string.group(1).equals("crate")) {
          key = string.group(2);
        }
      }
      if (open != null && line.endsWith(";")) {
        sets.add(new TreeSet<>(open));
        open = null;
      }
    }
  }
}
