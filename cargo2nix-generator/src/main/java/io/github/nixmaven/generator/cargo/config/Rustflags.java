package io.github.nixmaven.generator.cargo.config;

import io.github.nixmaven.generator.cargo.cfg.Cfg;
import io.github.nixmaven.generator.cargo.cfg.Platform;
import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What {@code rustflags} of a project's configuration files add to each call of rustc: those of
 * {@code target.TRIPLE} and, behind them, of each {@code target.'cfg(…)'} that holds, or else those
 * of {@code build} (the Cargo Book, "Configuration", {@code build.rustflags}).
 *
 * <p>The files in cargo's home and the environment ({@code RUSTFLAGS}) do not count, other than for
 * cargo: they belong to one user or one run, and what is generated from a project must not differ
 * with who does it.
 */
public final class Rustflags {
  private static final String KEY = "rustflags";

  /** The nearest first. */
  private final List<ConfigFile> files;

  private Rustflags(List<ConfigFile> files) {
    this.files = files;
  }

  /**
   * Those that some files say.
   *
   * @param files the nearest first
   * @param home cargo's home, whose files do not count
   */
  static Rustflags of(List<ConfigFile> files, Path home) throws IOException {
    return new Rustflags(ConfigFile.outside(home, files.stream().filter(Rustflags::says).toList()));
  }

  private static boolean says(ConfigFile file) {
    return file.table().tableOrEmpty("build").has(KEY) || file.table().has("target");
  }

  /**
   * The arguments for a target, in order.
   *
   * @param triple the name of the target, which without {@code --target} is the host
   * @throws io.github.nixmaven.generator.text.InputException when a value is neither a string nor
   *     an array of strings
   */
  public List<String> of(String triple) {
    return files.isEmpty() ? List.of() : of(facts(triple), triple);
  }

  /**
   * The facts of a target as rustc tells them with these arguments: with each {@code --cfg}.
   * Conditions in manifests may ask for them.
   */
  public TargetInfo facts(String triple) {
    TargetInfo plain = TargetInfo.of(triple);
    return files.isEmpty() ? plain : with(of(plain, triple), plain);
  }

  /**
   * The facts of the host as rustc tells them where it compiles for it: other than without {@code
   * --target}, what runs while building is compiled without these arguments.
   *
   * @param isNative whether there is no {@code --target}
   */
  public TargetInfo hostFacts(String host, boolean isNative) {
    return isNative ? facts(host) : TargetInfo.of(host);
  }

  private List<String> of(TargetInfo target, String triple) {
    List<String> result = new ArrayList<>(joined(file -> target(file, triple)));
    Set<String> conditions = new TreeSet<>();
    for (ConfigFile file : files) {
      for (String key : file.table().tableOrEmpty("target").keys()) {
        if (key.startsWith("cfg(") && holds(key, target)) {
          conditions.add(key);
        }
      }
    }
    for (String condition : conditions) {
      result.addAll(joined(file -> target(file, condition)));
    }
    return List.copyOf(
        result.isEmpty() ? joined(file -> file.table().tableOrEmpty("build")) : result);
  }

  private static TomlTable target(ConfigFile file, String key) {
    return file.table().tableOrEmpty("target").tableOrEmpty(key);
  }

  /** As with cargo, one that cannot be read holds nowhere. */
  private static boolean holds(String condition, TargetInfo target) {
    try {
      return Platform.parse(condition).matches(target);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The arrays of all files joined, the nearest last; a string stands for its words. */
  private List<String> joined(Function<ConfigFile, TomlTable> table) {
    List<String> result = new ArrayList<>();
    for (int i = files.size() - 1; i >= 0; i--) {
      TomlTable said = table.apply(files.get(i));
      if (said.isString(KEY)) {
        result.clear();
        for (String word : said.requiredString(KEY).trim().split("\\s+")) {
          if (!word.isEmpty()) {
            result.add(word);
          }
        }
      } else {
        result.addAll(said.strings(KEY));
      }
    }
    return result;
  }

  private static TargetInfo with(List<String> flags, TargetInfo plain) {
    Set<Cfg> facts = new HashSet<>(plain.cfg());
    for (int i = 0; i < flags.size(); i++) {
      String flag = flags.get(i);
      if (flag.equals("--cfg") && i + 1 < flags.size()) {
        facts.add(fact(flags.get(++i)));
      } else if (flag.startsWith("--cfg=")) {
        facts.add(fact(flag.substring("--cfg=".length())));
      }
    }
    return new TargetInfo(plain.triple(), Set.copyOf(facts));
  }

  private static Cfg fact(String text) {
    int equals = text.indexOf('=');
    return equals < 0
        ? new Cfg(text.strip(), null)
        : new Cfg(
            text.substring(0, equals).strip(),
            text.substring(equals + 1).strip().replace("\"", ""));
  }
}
