package io.github.nixmaven.generator.cargo.config;

import io.github.nixmaven.generator.text.TomlTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code [target.TRIPLE.LINKS]}, each of which takes the place of the build script of
 * the package that links this library (the Cargo Book, "Build Scripts", "Overriding Build
 * Scripts").
 */
final class ScriptOverrides {
  /** The keys of a target's table that are not libraries. */
  private static final Set<String> OWN_KEYS =
      Set.of("ar", "linker", "runner", "rustflags", "rustdocflags");

  private static final Set<String> LISTS =
      Set.of(
          "rustc-link-lib",
          "rustc-link-search",
          "rustc-link-arg",
          "rustc-link-arg-cdylib",
          "rustc-cdylib-link-arg",
          "rustc-link-arg-bins",
          "rustc-link-arg-tests",
          "rustc-link-arg-benches",
          "rustc-link-arg-examples",
          "rustc-cfg",
          "rustc-check-cfg");
  private static final Set<String> REFUSED =
      Set.of("warning", "rerun-if-changed", "rerun-if-env-changed");

  /** The nearest file first. */
  private final List<ConfigFile> files;

  private final Map<String, SortedMap<String, List<String>>> known = new ConcurrentHashMap<>();

  /**
   * @param files the project's own files, the nearest first
   */
  ScriptOverrides(List<ConfigFile> files) {
    this.files = files.stream().filter(file -> file.table().has("target")).toList();
  }

  /**
   * The overrides for a target by library: what the build scripts would print, a line each.
   *
   * @throws io.github.nixmaven.generator.text.InputException when cargo would reject a table
   */
  SortedMap<String, List<String>> of(String triple) {
    return files.isEmpty() ? new TreeMap<>() : known.computeIfAbsent(triple, this::read);
  }

  private SortedMap<String, List<String>> read(String triple) {
    Map<String, List<TomlTable>> tables = new LinkedHashMap<>();
    for (ConfigFile file : files) {
      TomlTable target = target(file, triple);
      for (String library : target.keys()) {
        if (!OWN_KEYS.contains(library)) {
          tables
              .computeIfAbsent(library, key -> new ArrayList<>())
              .add(0, target.tableOrEmpty(library));
        }
      }
    }
    SortedMap<String, List<String>> result = new TreeMap<>();
    tables.forEach((library, layers) -> result.put(library, lines(layers)));
    return result;
  }

  private static TomlTable target(ConfigFile file, String triple) {
    return file.table().tableOrEmpty("target").tableOrEmpty(triple);
  }

  /** Where the nearest table of a library is, or null when there is none. */
  @Nullable TomlTable nearest(String triple, String library) {
    for (ConfigFile file : files) {
      TomlTable target = target(file, triple);
      if (target.has(library)) {
        return target.tableOrEmpty(library);
      }
    }
    return null;
  }

  /**
   * Joins the tables of several files: arrays as a whole, of other values the nearest counts.
   *
   * @param layers the nearest last
   */
  private static List<String> lines(List<TomlTable> layers) {
    SortedSet<String> keys = new TreeSet<>();
    layers.forEach(layer -> keys.addAll(layer.keys()));
    List<String> result = new ArrayList<>();
    for (String key : keys) {
      SortedMap<String, String> variables = new TreeMap<>();
      @Nullable String text = null;
      for (TomlTable layer : layers) {
        if (!layer.has(key)) {
          continue;
        }
        if (REFUSED.contains(key)) {
          throw layer.error(
              key,
              "cargo does not let a table that replaces a build script have `" + key + "`",
              "Remove the line.");
        }
        if (LISTS.contains(key)) {
          layer.strings(key).forEach(value -> result.add("cargo::" + key + "=" + value));
        } else if (key.equals("rustc-env")) {
          TomlTable set = layer.tableOrEmpty(key);
          set.keys().forEach(name -> variables.put(name, set.requiredString(name)));
        } else {
          text = layer.requiredString(key);
          if (key.equals("rustc-flags")) {
            checkFlags(layer, text);
          }
        }
      }
      variables.forEach((name, value) -> result.add("cargo::rustc-env=" + name + "=" + value));
      if (text != null) {
        result.add(
            key.equals("rustc-flags")
                ? "cargo::rustc-flags=" + text
                : "cargo::metadata=" + key + "=" + text);
      }
    }
    return List.copyOf(result);
  }

  private static void checkFlags(TomlTable table, String flags) {
    boolean isValue = false;
    for (String word : flags.strip().split("\\s+")) {
      if (isValue) {
        isValue = false;
      } else if (word.equals("-l") || word.equals("-L")) {
        isValue = true;
      } else if (!word.isEmpty() && !word.startsWith("-l") && !word.startsWith("-L")) {
        throw table.error(
            "rustc-flags",
            "`" + word + "` is neither `-l` nor `-L`, and cargo takes no other flags here",
            "Write it into `rustflags` of the target.");
      }
    }
    if (isValue) {
      throw table.error("rustc-flags", "the last flag has no value", "Add the value.");
    }
  }
}
