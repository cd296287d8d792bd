package io.github.nixmaven.generator.cargo.config;

import io.github.nixmaven.generator.cargo.cfg.Cfg;
import io.github.nixmaven.generator.cargo.cfg.Platform;
import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.TomlTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The arguments that {@code rustflags} in a project's configuration files adds to each call of
 * rustc: those of {@code target.TRIPLE}, followed by those of each {@code target.'cfg(…)'} that is
 * true, or else those of {@code build} (the Cargo Book, "Configuration", {@code build.rustflags}).
 *
 * <p>The files in cargo's home and the environment ({@code RUSTFLAGS}) are ignored here, unlike in
 * cargo. They belong to one user or one run, but the generated file must be the same for everybody.
 */
public final class Rustflags {
  private static final String KEY = "rustflags";
  private static final String DOCUMENTATION = "rustdocflags";
  private static final String PROCESSOR = "target-cpu=";
  private static final String FEATURES = "target-feature=";

  /** The nearest file first. */
  private final List<ConfigFile> files;

  private Rustflags(List<ConfigFile> files) {
    this.files = files;
  }

  /**
   * The arguments in some files.
   *
   * @param files the project's own, the nearest first
   */
  static Rustflags of(List<ConfigFile> files) {
    return new Rustflags(files.stream().filter(Rustflags::says).toList());
  }

  private static boolean says(ConfigFile file) {
    TomlTable build = file.table().tableOrEmpty("build");
    return build.has(KEY) || build.has(DOCUMENTATION) || file.table().has("target");
  }

  /**
   * The arguments for a target, in order.
   *
   * @param triple the name of the target, the host when there is no {@code --target}
   * @throws io.github.nixmaven.generator.text.InputException when a value is neither a string nor
   *     an array of strings
   */
  public List<String> of(String triple) {
    return files.isEmpty() ? List.of() : of(facts(triple), triple);
  }

  /**
   * The arguments for rustdoc, {@code rustdocflags}: those of the target's table, or else those of
   * {@code build}. Cargo takes none from a condition's table.
   */
  public List<String> documentation(String triple) {
    List<String> own = joined(file -> target(file, triple), DOCUMENTATION);
    return own.isEmpty() ? joined(file -> file.table().tableOrEmpty("build"), DOCUMENTATION) : own;
  }

  /**
   * The facts of a target as rustc reports them with these arguments, including each {@code --cfg}.
   * Conditions in manifests may test them.
   */
  public TargetInfo facts(String triple) {
    TargetInfo plain = TargetInfo.of(triple);
    return files.isEmpty() ? plain : with(of(plain, triple), plain);
  }

  /**
   * The facts of the host as rustc reports them when it compiles for the host. With {@code
   * --target}, code that runs during the build is compiled without these arguments.
   *
   * @param isNative whether there is no {@code --target}
   */
  public TargetInfo hostFacts(String host, boolean isNative) {
    return isNative ? facts(host) : TargetInfo.of(host);
  }

  private List<String> of(TargetInfo target, String triple) {
    List<String> result = new ArrayList<>(joined(file -> target(file, triple), KEY));
    Set<String> conditions = new TreeSet<>();
    for (ConfigFile file : files) {
      for (String key : file.table().tableOrEmpty("target").keys()) {
        if (key.startsWith("cfg(") && holds(key, target)) {
          conditions.add(key);
        }
      }
    }
    for (String condition : conditions) {
      result.addAll(joined(file -> target(file, condition), KEY));
    }
    return List.copyOf(
        result.isEmpty() ? joined(file -> file.table().tableOrEmpty("build"), KEY) : result);
  }

  private static TomlTable target(ConfigFile file, String key) {
    return file.table().tableOrEmpty("target").tableOrEmpty(key);
  }

  /** As in cargo, an unreadable condition is never true. */
  static boolean holds(String condition, TargetInfo target) {
    try {
      return Platform.parse(condition).matches(target);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The arrays of all files joined, the nearest last. */
  private List<String> joined(Function<ConfigFile, TomlTable> table, String key) {
    List<String> result = new ArrayList<>();
    for (int i = files.size() - 1; i >= 0; i--) {
      TomlTable said = table.apply(files.get(i));
      if (said.isString(key)) {
        result.clear();
      }
      result.addAll(checked(said, key));
    }
    return result;
  }

  private static List<String> checked(TomlTable table, String key) {
    List<String> words = words(table, key);
    for (String word : words) {
      if (word.endsWith("target-cpu=native")) {
        throw table.error(
            key,
            "`target-cpu=native` means the processor of the machine that builds, which no hash"
                + " knows",
            "Name a processor, such as `x86-64-v3`: `rustc --print target-cpus` lists them.");
      }
    }
    return words;
  }

  /** The arguments of one table; a string is split into its words. */
  private static List<String> words(TomlTable table, String key) {
    if (!table.isString(key)) {
      return table.strings(key);
    }
    List<String> result = new ArrayList<>();
    for (String word : table.requiredString(key).trim().split("\\s+")) {
      if (!word.isEmpty()) {
        result.add(word);
      }
    }
    return result;
  }

  private TargetInfo with(List<String> flags, TargetInfo plain) {
    TargetInfo processor = ofProcessor(flags, plain);
    Set<Cfg> facts = new HashSet<>(processor.withFeatures(switches(flags)).cfg());
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

  /** The features that the arguments switch on and off, in order. */
  private static List<String> switches(List<String> flags) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < flags.size(); i++) {
      String flag = flags.get(i);
      boolean isOption =
          flag.startsWith("-C")
              || flag.startsWith("--codegen=")
              || (i > 0 && (flags.get(i - 1).equals("-C") || flags.get(i - 1).equals("--codegen")));
      int start = isOption ? flag.indexOf(FEATURES) : -1;
      if (start >= 0) {
        result.addAll(List.of(flag.substring(start + FEATURES.length()).split(",")));
      }
    }
    return result;
  }

  /** The last processor counts, as for rustc. */
  private TargetInfo ofProcessor(List<String> flags, TargetInfo plain) {
    for (int i = flags.size() - 1; i >= 0; i--) {
      String flag = flags.get(i);
      int start = flag.indexOf(PROCESSOR);
      if (start < 0) {
        continue;
      }
      try {
        return plain.withProcessor(flag.substring(start + PROCESSOR.length()).strip());
      } catch (IllegalArgumentException e) {
        throw new InputException(
            writtenAt(flag),
            String.valueOf(e.getMessage()),
            "Take one that `rustc --print target-cpus` lists, or name features with"
                + " `-C target-feature`.",
            e);
      }
    }
    return plain;
  }

  /** Where the first argument for a target is written, or null when there is none. */
  @Nullable Position position(String triple) {
    List<String> flags = of(triple);
    return flags.isEmpty() ? null : writtenAt(flags.get(0));
  }

  /** Where an argument is written. */
  @Nullable Position writtenAt(String flag) {
    for (ConfigFile file : files) {
      List<TomlTable> tables = new ArrayList<>(List.of(file.table().tableOrEmpty("build")));
      TomlTable targets = file.table().tableOrEmpty("target");
      for (String name : targets.keys()) {
        tables.add(targets.tableOrEmpty(name));
      }
      for (TomlTable table : tables) {
        if (words(table, KEY).contains(flag)) {
          return table.position(KEY);
        }
      }
    }
    return null;
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
