package io.github.nixmaven.generator.cargo.config;

import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.TomlTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The linkers that a project's configuration names: {@code target.TRIPLE.linker}, or else that of
 * the one {@code target.'cfg(…)'} that is true (the Cargo Book, "Configuration", {@code
 * target.<triple>.linker}), and what the C compiler is told to link with.
 */
public final class Linkers {
  private static final String KEY = "linker";
  private static final String USED_BY_COMPILER = "-fuse-ld=";

  /** The nearest file first. */
  private final List<ConfigFile> files;

  private final Rustflags rustflags;

  /**
   * @param files the project's own files, the nearest first
   */
  Linkers(List<ConfigFile> files, Rustflags rustflags) {
    this.files = files.stream().filter(file -> file.table().has("target")).toList();
    this.rustflags = rustflags;
  }

  /**
   * A program that links, and where it is named.
   *
   * @param program its name, or its absolute path
   * @param setting what names it, such as {@code target.x86_64-unknown-linux-gnu.linker}
   */
  public record Linker(String program, String setting, @Nullable Position position) {}

  /**
   * The linker for a target, or null when none is named.
   *
   * @throws InputException when several conditions name one, as in cargo, or it is a file of the
   *     project
   */
  public @Nullable Linker of(String triple) {
    if (files.isEmpty()) {
      return null;
    }
    Linker named = at(triple);
    if (named != null) {
      return named;
    }
    TargetInfo target = rustflags.facts(triple);
    @Nullable Linker found = null;
    @Nullable String condition = null;
    SortedSet<String> conditions = new TreeSet<>();
    for (ConfigFile file : files) {
      conditions.addAll(file.table().tableOrEmpty("target").keys());
    }
    for (String key : conditions) {
      Linker linker = key.startsWith("cfg(") && Rustflags.holds(key, target) ? at(key) : null;
      if (linker != null && found != null) {
        throw new InputException(
            linker.position(),
            "`" + condition + "` and `" + key + "` hold for " + triple + ", and both name a linker",
            "Leave one of them, as cargo refuses this too.");
      }
      if (linker != null) {
        found = linker;
        condition = key;
      }
    }
    return found;
  }

  /** All programs that must be there to link for a target. */
  public List<Linker> needed(String triple) {
    List<Linker> result = new ArrayList<>();
    Linker linker = of(triple);
    if (linker != null) {
      result.add(linker);
    }
    for (String flag : rustflags.of(triple)) {
      int start = flag.indexOf(USED_BY_COMPILER);
      if (start >= 0) {
        String name = flag.substring(start + USED_BY_COMPILER.length()).split("[ ,]")[0];
        result.add(
            new Linker(
                name.startsWith("/") ? name : "ld." + name,
                "rustflags",
                rustflags.writtenAt(flag)));
      }
    }
    return result;
  }

  private @Nullable Linker at(String key) {
    for (ConfigFile file : files) {
      TomlTable table = file.table().tableOrEmpty("target").tableOrEmpty(key);
      String program = table.string(KEY);
      if (program == null) {
        continue;
      }
      if (program.indexOf('/') > 0) {
        throw table.error(
            KEY,
            "the linker `" + program + "` is a file of the project, which builds do not find",
            "Name a program of the toolchain, such as `clang`.");
      }
      String name = key.startsWith("cfg(") ? "'" + key + "'" : key;
      return new Linker(program, "target." + name + "." + KEY, table.position(KEY));
    }
    return null;
  }
}
