package io.github.nixmaven.generator.cargo.config;

import io.github.nixmaven.generator.cargo.cfg.TargetInfo;
import io.github.nixmaven.generator.text.TomlTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings of cargo's configuration that would change what is built, and do not count here.
 * docs/cargo-configuration.md lists all settings.
 */
final class IgnoredSettings {
  private static final String COMPILER = "the toolchain's compiler is used as it is";
  private static final String ONE_USER =
      "they belong to one user; write them into the project's .cargo/config.toml";

  private static final Map<String, String> BUILD =
      Map.of(
          "rustc", COMPILER,
          "rustc-wrapper", COMPILER,
          "rustc-workspace-wrapper", COMPILER,
          "rustdoc", COMPILER);
  private static final Map<String, String> TARGET =
      Map.of(
          "ar", "the toolchain's archiver is used",
          "runner", "tests are started directly");

  /** What is in the environment of each build, by Nix and by our builder. */
  private static final Set<String> OF_THE_SANDBOX =
      Set.of(
          "HOME",
          "LC_ALL",
          "PATH",
          "PWD",
          "SOURCE_DATE_EPOCH",
          "TEMP",
          "TEMPDIR",
          "TERM",
          "TMP",
          "TMPDIR",
          "TZ");

  /** Variables of one run, which cargo reads too. */
  private static final Map<String, String> VARIABLES = new LinkedHashMap<>();

  static {
    VARIABLES.put("RUSTC", COMPILER);
    VARIABLES.put("RUSTC_WRAPPER", COMPILER);
    VARIABLES.put("RUSTC_WORKSPACE_WRAPPER", COMPILER);
    VARIABLES.put("RUSTFLAGS", ONE_USER);
    VARIABLES.put("CARGO_ENCODED_RUSTFLAGS", ONE_USER);
    VARIABLES.put("CARGO_BUILD_RUSTFLAGS", ONE_USER);
    VARIABLES.put("RUSTDOCFLAGS", ONE_USER);
    VARIABLES.put("CARGO_ENCODED_RUSTDOCFLAGS", ONE_USER);
    VARIABLES.put("CARGO_BUILD_RUSTDOCFLAGS", ONE_USER);
  }

  private final Collection<String> hosts;
  private final Set<String> triples;
  private final List<String> notes = new ArrayList<>();

  private IgnoredSettings(Collection<String> hosts, Collection<String> targets) {
    this.hosts = hosts;
    this.triples = new TreeSet<>(hosts);
    this.triples.addAll(targets);
  }

  /**
   * Says of each setting that it does not count, where it is, and why.
   *
   * @param files the files, the nearest first
   * @param own those of the project itself
   * @param hosts the triples of the machines that build
   * @param targets the triples that are built for: settings for others do not matter
   */
  static List<String> of(
      List<ConfigFile> files,
      List<ConfigFile> own,
      Map<String, String> environment,
      Collection<String> hosts,
      Collection<String> targets) {
    IgnoredSettings settings = new IgnoredSettings(hosts, targets);
    for (ConfigFile file : files) {
      settings.read(file.table(), own.contains(file));
    }
    VARIABLES.forEach(
        (variable, why) -> {
          if (!environment.getOrDefault(variable, "").isEmpty()) {
            settings.notes.add("the environment's " + variable + " does not count: " + why);
          }
        });
    for (String triple : settings.triples) {
      String prefix = "CARGO_TARGET_" + triple.replace('-', '_').toUpperCase(Locale.ROOT) + "_";
      for (String setting : List.of("LINKER", "RUNNER", "RUSTFLAGS", "RUSTDOCFLAGS")) {
        if (environment.containsKey(prefix + setting)) {
          String why = TARGET.getOrDefault(setting.toLowerCase(Locale.ROOT), ONE_USER);
          settings.notes.add("the environment's " + prefix + setting + " does not count: " + why);
        }
      }
    }
    return List.copyOf(settings.notes);
  }

  private void read(TomlTable file, boolean isOwn) {
    if (file.has("paths")) {
      note(file, "paths", "paths", "use `[patch]`");
    }
    variables(file.tableOrEmpty("env"), isOwn);
    TomlTable build = file.tableOrEmpty("build");
    for (String key : build.keys()) {
      String why =
          switch (key) {
            case "rustflags", "rustdocflags" -> isOwn ? null : ONE_USER;
            case "target" -> target(build, isOwn);
            default -> BUILD.get(key);
          };
      note(build, key, "build." + key, why);
    }
    TomlTable targets = file.tableOrEmpty("target");
    for (String name : targets.keys()) {
      if (!matters(name) || !targets.isTable(name)) {
        continue;
      }
      TomlTable target = targets.tableOrEmpty(name);
      for (String key : target.keys()) {
        String path = "target." + (name.startsWith("cfg(") ? "'" + name + "'" : name) + "." + key;
        if (key.equals("rustdocflags") && name.startsWith("cfg(")) {
          note(target, key, path, "cargo takes them of `build` and of the table of a triple");
        } else if (key.equals("rustflags") || key.equals("rustdocflags") || key.equals("linker")) {
          note(target, key, path, isOwn ? null : ONE_USER);
        } else if (target.isTable(key)) {
          note(
              target,
              key,
              path,
              name.startsWith("cfg(")
                  ? "cargo takes it of the table of a triple, such as `target.TRIPLE." + key + "`"
                  : isOwn ? null : ONE_USER);
        } else {
          note(target, key, path, TARGET.get(key));
        }
      }
    }
  }

  private void variables(TomlTable variables, boolean isOwn) {
    for (String name : variables.keys()) {
      if (!isOwn) {
        note(variables, name, "env." + name, ONE_USER);
      } else if (OF_THE_SANDBOX.contains(name)
          && !(variables.isTable(name) && variables.tableOrEmpty(name).bool("force", false))) {
        note(
            variables,
            name,
            "env." + name,
            "the sandbox has a value already, as cargo's environment would; `force = true`"
                + " replaces it");
      }
    }
  }

  /** Why targets do not count, or count only in part; null when they do. */
  private @Nullable String target(TomlTable build, boolean isOwn) {
    if (!isOwn) {
      return ONE_USER;
    }
    List<String> named =
        build.isArray("target") ? build.strings("target") : List.of(build.requiredString("target"));
    for (String target : named) {
      if (target.equals("host-tuple") || hosts.contains(target)) {
        return "`"
            + target
            + "` is the machine that builds, which is built for as by cargo without `--target`";
      }
    }
    return null;
  }

  private boolean matters(String name) {
    if (!name.startsWith("cfg(")) {
      return triples.contains(name);
    }
    return triples.stream().anyMatch(triple -> Rustflags.holds(name, TargetInfo.of(triple)));
  }

  private void note(TomlTable table, String key, String path, @Nullable String why) {
    if (why != null) {
      notes.add(table.position(key) + ": `" + path + "` does not count here: " + why);
    }
  }
}
