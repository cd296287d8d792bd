package io.github.nixmaven.generator.cargo.config;

import io.github.nixmaven.generator.cargo.lock.SourceId;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of cargo when it is started in a directory: the files {@code
 * .cargo/config.toml} of this directory and of those above it, the one in cargo's home, the files
 * that they include, and the environment (the Cargo Book, "Configuration").
 */
public final class CargoConfig {
  /** The nearest file first: its settings take precedence. */
  private final List<ConfigFile> files;

  /** Those of the project itself, which are the same for everybody. */
  private final List<ConfigFile> own;

  private final Rustflags rustflags;
  private final ScriptOverrides overrides;
  private final Linkers linkers;
  private final Map<String, String> environment;

  private CargoConfig(List<ConfigFile> files, Map<String, String> environment) throws IOException {
    this.files = files;
    this.own = ConfigFile.outside(home(environment), files);
    this.rustflags = Rustflags.of(own);
    this.overrides = new ScriptOverrides(own);
    this.linkers = new Linkers(own, rustflags);
    this.environment = environment;
  }

  /**
   * Reads the files.
   *
   * @param directory the directory that cargo would be started in, absolute
   * @param environment the environment variables
   * @throws io.github.nixmaven.generator.text.InputException when cargo would reject a file
   */
  public static CargoConfig load(Path directory, Map<String, String> environment)
      throws IOException {
    return new CargoConfig(ConfigFile.above(directory, home(environment)), environment);
  }

  /** Cargo's home: {@code $CARGO_HOME}, or {@code .cargo} in {@code $HOME}. */
  public static Path home(Map<String, String> environment) {
    String value = environment.get("CARGO_HOME");
    return value == null || value.isEmpty()
        ? Path.of(environment.getOrDefault("HOME", ""), ".cargo")
        : Path.of(value);
  }

  /**
   * The tables of a profile, the weakest first. Each overrides single settings of the ones before
   * it and of the root manifest.
   */
  public List<TomlTable> profile(String name) {
    List<TomlTable> result = new ArrayList<>();
    for (ConfigFile file : files) {
      TomlTable table = file.table().tableOrEmpty("profile").table(name);
      if (table != null) {
        result.add(0, table);
      }
    }
    TomlTable fromEnvironment = EnvironmentProfile.read(environment, name, result);
    if (!fromEnvironment.keys().isEmpty()) {
      result.add(fromEnvironment);
    }
    return result;
  }

  /** The value of {@code incremental} for all profiles, or null when it is not set. */
  public @Nullable Boolean incremental() {
    String everywhere = environment.get("CARGO_INCREMENTAL");
    if (everywhere != null) {
      return everywhere.equals("1");
    }
    String build = environment.get("CARGO_BUILD_INCREMENTAL");
    if (build != null) {
      return Boolean.valueOf(build);
    }
    for (ConfigFile file : files) {
      Boolean incremental = file.table().tableOrEmpty("build").bool("incremental");
      if (incremental != null) {
        return incremental;
      }
    }
    return null;
  }

  /** The arguments that the project's own files add to each call of rustc. */
  public Rustflags rustflags() {
    return rustflags;
  }

  /** The linkers that the project's own files name. */
  public Linkers linkers() {
    return linkers;
  }

  /**
   * The variables that the project's own files set for compilers, build scripts and tests, sorted
   * by name.
   *
   * @throws io.github.nixmaven.generator.text.InputException when cargo would reject one
   */
  public List<EnvironmentTable.Variable> variables() {
    return EnvironmentTable.read(own);
  }

  /**
   * What takes the place of a build script: the lines that it would print, or null when the script
   * runs. The project's own files count.
   *
   * @param triple the target that the package is built for
   * @param links the library that the package links
   */
  public @Nullable List<String> scriptOutput(String triple, String links) {
    return overrides.of(triple).get(links);
  }

  /**
   * The settings of the files that count in a build for release, sorted by name.
   *
   * @param hosts the triples of the machines that build
   * @param targets the triples that are built for
   */
  public List<Setting> settings(Collection<String> hosts, Collection<String> targets) {
    List<Setting> result = new ArrayList<>();
    for (EnvironmentTable.Variable variable : variables()) {
      result.add(
          new Setting(
              "env." + variable.name(),
              List.of(variable.value(), variable.root() != null, variable.force()),
              variable.position()));
    }
    List<TomlTable> profile = profile("release");
    if (!profile.isEmpty()) {
      result.add(
          new Setting(
              "profile.release",
              profile.stream().map(TomlTable::plain).toList(),
              profile.get(profile.size() - 1).position()));
    }
    for (String target : targets) {
      List<String> flags = rustflags.of(target);
      if (!flags.isEmpty()) {
        result.add(new Setting("rustflags for " + target, flags, rustflags.position(target)));
      }
      List<String> documentation = rustflags.documentation(target);
      if (!documentation.isEmpty()) {
        result.add(new Setting("rustdocflags for " + target, documentation, null));
      }
    }
    // Where targets are given otherwise, those of the configuration do not count.
    List<String> configured = ownBuildTargets(hosts.iterator().next());
    if (!configured.isEmpty() && Set.copyOf(configured).equals(Set.copyOf(targets))) {
      result.add(new Setting("build.target", configured, buildTargetPosition()));
    }
    SortedSet<String> triples = new TreeSet<>(hosts);
    triples.addAll(targets);
    for (String triple : triples) {
      Linkers.Linker linker = linkers.of(triple);
      if (linker != null) {
        result.add(new Setting("linker for " + triple, linker.program(), linker.position()));
      }
      overrides
          .of(triple)
          .forEach(
              (library, lines) -> {
                TomlTable table = overrides.nearest(triple, library);
                result.add(
                    new Setting(
                        "target." + triple + "." + library,
                        lines,
                        table == null ? null : table.position()));
              });
    }
    result.sort(Comparator.comparing(Setting::name));
    return result;
  }

  /**
   * The targets that cargo builds for without {@code --target}: {@code build.target}, or {@code
   * CARGO_BUILD_TARGET}. None means the host, without a target.
   *
   * @param host what {@code host-tuple} means
   */
  public List<String> buildTargets(String host) {
    return buildTargets(files, host);
  }

  /**
   * The same for everybody who builds the project: without what the files in cargo's home say.
   *
   * @param host what {@code host-tuple} means
   */
  public List<String> ownBuildTargets(String host) {
    return buildTargets(own, host);
  }

  private List<String> buildTargets(List<ConfigFile> files, String host) {
    List<String> result = new ArrayList<>();
    String variable = environment.getOrDefault("CARGO_BUILD_TARGET", "");
    if (!variable.isEmpty()) {
      result.add(variable);
    }
    @Nullable TomlTable nearest = null;
    for (ConfigFile file : files) {
      TomlTable build = file.table().tableOrEmpty("build");
      if (!build.has("target")) {
        continue;
      }
      if (nearest != null && nearest.isArray("target") != build.isArray("target")) {
        throw build.error(
            "target",
            "`build.target` is not both an array and a string, and "
                + nearest.position("target")
                + " has the other one",
            "Write both as arrays.");
      }
      nearest = nearest == null ? build : nearest;
      // Arrays of all files and the variable are joined; of strings one counts.
      if (build.isArray("target")) {
        result.addAll(0, build.strings("target"));
      } else if (result.isEmpty()) {
        result.add(build.requiredString("target"));
      }
    }
    result.replaceAll(target -> target.equals("host-tuple") ? host : target);
    return result.stream().distinct().toList();
  }

  /** Where the nearest of the project's files has {@code build.target}, or null. */
  public @Nullable Position buildTargetPosition() {
    for (ConfigFile file : own) {
      TomlTable build = file.table().tableOrEmpty("build");
      if (build.has("target")) {
        return build.position("target");
      }
    }
    return null;
  }

  /**
   * The settings that would change what is built and do not count here, each with its place and the
   * reason, in sentences.
   *
   * @param hosts the triples of the machines that build
   * @param targets the triples that are built for: settings for others do not matter
   */
  public List<String> ignored(Collection<String> hosts, Collection<String> targets) {
    return IgnoredSettings.of(files, own, environment, hosts, targets);
  }

  /** The source replacements. */
  public SourceReplacements sources() {
    return new SourceReplacements(files);
  }

  /**
   * The address of a registry's index as cargo writes it, or null when it is not configured.
   *
   * @param name the registry's name
   */
  public @Nullable String registryIndex(String name) {
    String variable = environment.get(Credentials.variable(name, "INDEX"));
    if (variable != null) {
      return variable;
    }
    for (ConfigFile file : files) {
      String index = file.table().tableOrEmpty("registries").tableOrEmpty(name).string("index");
      if (index != null) {
        return file.address(index);
      }
    }
    return null;
  }

  /** The credentials for a registry that needs a token. */
  public Credentials credentials(SourceId registry) {
    String prefix = registry.kind() == SourceId.Kind.SPARSE ? "sparse+" : "";
    return new Credentials(files, environment, prefix + registry.url());
  }

  /**
   * The {@code [patch]} of a file.
   *
   * @param directory the directory that its paths are relative to
   */
  public record Patches(TomlTable table, Path directory) {}

  /** The patches of packages, the nearest first. */
  public List<Patches> patches() {
    return files.stream()
        .filter(file -> file.table().has("patch"))
        .map(file -> new Patches(file.table().tableOrEmpty("patch"), file.resolve("")))
        .toList();
  }
}
