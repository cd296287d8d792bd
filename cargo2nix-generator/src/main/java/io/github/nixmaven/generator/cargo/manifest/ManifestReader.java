package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.cargo.cfg.Platform;
import io.github.nixmaven.generator.cargo.semver.Version;
import io.github.nixmaven.generator.cargo.semver.VersionReq;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.TomlTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns a Cargo.toml into a {@link Manifest}. */
final class ManifestReader {
  static final Pattern NAME = Pattern.compile("[\\p{L}\\p{Nl}_][\\p{L}\\p{N}\\p{M}_-]*");
  private static final List<String> EDITIONS = List.of("2015", "2018", "2021", "2024");
  private static final Pattern RUST_VERSION =
      Pattern.compile("(0|[1-9]\\d*)(\\.(0|[1-9]\\d*)){0,2}");

  private static final Pattern FEATURE_NAME =
      Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}\\p{M}_+.-]*");
  private static final Set<String> ARTIFACT_FOLDERS =
      Set.of("deps", "examples", "build", "incremental");

  /** The first Rust that knew an edition. */
  private static final Map<String, String> FIRST_RUST =
      Map.of("2018", "1.31.0", "2021", "1.56.0", "2024", "1.85.0");

  private static final List<String> METADATA =
      List.of(
          "description",
          "homepage",
          "license",
          "license-file",
          "readme",
          "repository",
          "rust-version");

  private final TomlTable root;
  private final TomlTable packageTable;
  private final @Nullable Path directory;
  private final PackageFiles files;
  private final @Nullable Inheritance inheritance;
  private final DependencyChecks dependencyChecks = new DependencyChecks();

  private ManifestReader(
      TomlTable root,
      TomlTable packageTable,
      @Nullable Path directory,
      PackageFiles files,
      @Nullable Inheritance inheritance) {
    this.root = root;
    this.packageTable = packageTable;
    this.directory = directory;
    this.files = files;
    this.inheritance = inheritance;
  }

  /**
   * What a workspace's root manifest offers its members.
   *
   * @param workspace the {@code [workspace]} table
   * @param directory the root's folder
   */
  record Inheritance(TomlTable workspace, Path directory) {}

  /**
   * Reads a package.
   *
   * @param root the manifest's tables
   * @param directory the package's folder, or null for a published crate, of which only the library
   *     and the build script are read
   * @param inheritance the package's workspace, or null where it has none
   */
  static Manifest read(
      TomlTable root,
      @Nullable Path directory,
      PackageFiles files,
      @Nullable Inheritance inheritance) {
    TomlTable packageTable = root.table("package");
    if (packageTable == null) {
      packageTable = root.table("project");
    }
    if (packageTable == null) {
      throw new InputException(
          root.position(),
          "the manifest has no `[package]` table",
          "Add `[package]` with `name` and `version`.");
    }
    return new ManifestReader(root, packageTable, directory, files, inheritance).read();
  }

  /** Features of cargo's that are stable by now; the others work in nightly cargo only. */
  private static final Set<String> STABLE_CARGO_FEATURES =
      Set.of(
          "alternative-registries",
          "edition",
          "rename-dependency",
          "profile-overrides",
          "default-run",
          "named-profiles",
          "resolver",
          "strip",
          "rust-version",
          "edition2021",
          "workspace-inheritance",
          "edition2024");

  private void checkCargoFeatures() {
    for (String feature : root.strings("cargo-features")) {
      if (!STABLE_CARGO_FEATURES.contains(feature)) {
        throw root.error(
            "cargo-features",
            "the cargo feature `" + feature + "` is not stable, so cargo refuses it",
            "Take it out of `cargo-features`, and what needs it out of the manifest.");
      }
    }
  }

  private Manifest read() {
    if (directory != null) {
      checkCargoFeatures();
    }
    String name = packageTable.requiredString("name");
    if (!NAME.matcher(name).matches()) {
      throw packageTable.error(
          "name",
          "a package cannot have this name",
          "Use letters, digits, `_` and `-` in `name` only.");
    }
    String edition = packageString("edition");
    if (edition == null) {
      edition = "2015";
    }
    if (!EDITIONS.contains(edition)) {
      throw packageTable.error(
          "edition",
          "`" + edition + "` is not an edition known here",
          "Take one of " + String.join(", ", EDITIONS) + ", or update this plugin.");
    }
    if (directory != null) {
      checkPackage(edition);
    }
    List<Dependency> dependencies = dependencies(edition);
    List<Target> targets = targets(name, edition);
    if (directory != null) {
      checkTargets(targets);
    }
    return new Manifest(
        directory,
        name,
        version(),
        edition,
        packageTable.string("links"),
        packageSource("authors").strings("authors"),
        metadata(),
        features(dependencies),
        dependencies,
        targets,
        lintFlags(),
        directory == null ? List.of() : sources(),
        packageTable.position("name"));
  }

  private void checkPackage(String edition) {
    if (root.has("project") && edition.equals("2024")) {
      throw root.error(
          "project",
          "`[project]` is not supported as of the 2024 edition",
          "Call the table `[package]`.");
    }
    checkPublish();
    String rust = packageString("rust-version");
    if (rust == null) {
      return;
    }
    if (!RUST_VERSION.matcher(rust).matches()) {
      throw packageSource("rust-version")
          .error(
              "rust-version",
              "`" + rust + "` is not a version of Rust",
              "Write two or three numbers, such as `1.85`.");
    }
    String first = FIRST_RUST.get(edition);
    String full = Stream.of((rust + ".0.0").split("\\.")).limit(3).collect(Collectors.joining("."));
    if (first != null && Version.parse(full).compareTo(Version.parse(first)) < 0) {
      throw packageSource("rust-version")
          .error(
              "rust-version",
              "rust-version "
                  + rust
                  + " is older than edition "
                  + edition
                  + ", which needs "
                  + first,
              "Raise `rust-version`, or take an earlier edition.");
    }
  }

  /** Cargo leaves {@code [package.metadata]} to tools; docs/design/architecture.md, "Builds". */
  private List<String> sources() {
    TomlTable metadata = packageTable.table("metadata");
    TomlTable ours = metadata == null ? null : metadata.table("nix");
    if (ours == null) {
      return List.of();
    }
    List<String> sources = ours.strings("sources");
    for (String source : sources) {
      if (Path.of(source).isAbsolute()) {
        throw ours.error(
            "sources",
            "`" + source + "` is an absolute path, which is another on every machine",
            "Write it relative to the package's folder.");
      }
    }
    return sources;
  }

  private void checkPublish() {
    TomlTable source = packageSource("publish");
    if (packageTable.has("version") || !source.has("publish")) {
      return;
    }
    boolean publish =
        source.isBoolean("publish")
            ? source.bool("publish", false)
            : !source.strings("publish").isEmpty();
    if (publish) {
      throw packageTable.error(
          "publish",
          "a package without a version cannot be published",
          "Add `version`, or take `publish` out.");
    }
  }

  private void checkTargets(List<Target> targets) {
    if (targets.stream().allMatch(Target::isCustomBuild)) {
      throw new InputException(
          packageTable.position(),
          "no targets specified in the manifest",
          "Write `src/lib.rs` or `src/main.rs`, or a `[lib]` or `[[bin]]` section.");
    }
    String run = packageTable.string("default-run");
    if (run != null
        && targets.stream()
            .noneMatch(target -> target.kind() == Target.Kind.BIN && target.name().equals(run))) {
      throw packageTable.error(
          "default-run",
          "default-run target `" + run + "` not found",
          "Name a binary of the package.");
    }
    for (Target target : targets) {
      if (target.kind() == Target.Kind.BIN && ARTIFACT_FOLDERS.contains(target.name())) {
        throw new InputException(
            packageTable.position(),
            "a binary cannot be called `"
                + target.name()
                + "`: cargo has a folder of that name beside it",
            "Rename it.");
      }
    }
    String links = packageTable.string("links");
    if (links != null && targets.stream().noneMatch(Target::isCustomBuild)) {
      throw packageTable.error(
          "links",
          "the package links to `" + links + "` but has no build script",
          "Write `build.rs`, or take `links` out.");
    }
  }

  private Version version() {
    String version = packageString("version");
    if (version == null) {
      return new Version(0, 0, 0, "", "");
    }
    try {
      return Version.parse(version.strip());
    } catch (IllegalArgumentException e) {
      throw new InputException(
          packageTable.position("version"),
          String.valueOf(e.getMessage()),
          "Write three numbers, such as `1.2.0`.",
          e);
    }
  }

  /** A key of {@code [package]}, inherited where it says {@code KEY.workspace = true}. */
  private @Nullable String packageString(String key) {
    return packageSource(key).string(key);
  }

  /** The table that holds the value of a key of {@code [package]}. */
  private TomlTable packageSource(String key) {
    if (!packageTable.isTable(key)) {
      return packageTable;
    }
    TomlTable offered = workspace(packageTable, key).table("package");
    if (offered == null || !offered.has(key)) {
      throw packageTable.error(
          key,
          "`" + key + "` is inherited, but the workspace does not define it",
          "Add `" + key + "` to `[workspace.package]` in the root manifest.");
    }
    return offered;
  }

  private TomlTable workspace(TomlTable table, String key) {
    if (inheritance == null) {
      throw table.error(
          key,
          "`" + key + "` is inherited, but this package is in no workspace",
          "Write the value here, or add the package to a workspace.");
    }
    return inheritance.workspace();
  }

  private SortedMap<String, String> metadata() {
    SortedMap<String, String> result = new TreeMap<>();
    for (String key : METADATA) {
      TomlTable source = packageSource(key);
      if (!source.has(key)) {
        continue;
      }
      if (key.equals("readme") && source.isBoolean(key)) {
        if (source.bool(key, false)) {
          result.put(key, path(source, "README.md"));
        }
      } else {
        String value = String.valueOf(source.string(key));
        boolean isFile = key.equals("readme") || key.equals("license-file");
        result.put(key, isFile ? path(source, value) : value);
      }
    }
    String readme = packageTable.has("readme") ? null : defaultReadme();
    if (readme != null) {
      result.put("readme", readme);
    }
    return result;
  }

  /** A file that the workspace names is relative to its root; the package's folder is ours. */
  private String path(TomlTable source, String value) {
    return source == packageTable || directory == null || inheritance == null
        ? value
        : directory
            .relativize(inheritance.directory().resolve(value).normalize())
            .toString()
            .replace('\\', '/');
  }

  /** The readme that cargo takes where the manifest names none. */
  private @Nullable String defaultReadme() {
    return PackageFiles.READMES.stream().filter(files::exists).findFirst().orElse(null);
  }

  private List<Dependency> dependencies(String edition) {
    List<Dependency> result = new ArrayList<>();
    addSections(root, null, edition, result);
    TomlTable targets = root.table("target");
    if (targets != null) {
      for (String key : new TreeSet<>(targets.keys())) {
        TomlTable sections = targets.table(key);
        if (sections == null) {
          continue;
        }
        try {
          addSections(sections, Platform.parse(key), edition, result);
        } catch (IllegalArgumentException e) {
          throw new InputException(
              targets.position(key),
              String.valueOf(e.getMessage()),
              "Mend the expression: see \"Platform specific dependencies\" in the Cargo Book.",
              e);
        }
      }
    }
    return List.copyOf(result);
  }

  private void addSections(
      TomlTable table, @Nullable Platform platform, String edition, List<Dependency> result) {
    // In cargo's order, in which the last entry of a name counts where only one does.
    addSection(table, "dependencies", Dependency.Kind.NORMAL, platform, edition, result);
    if (platform == null) {
      addDevelopmentSection(table, null, edition, result);
    }
    addSection(
        table,
        dashed(table, "build-dependencies", edition),
        Dependency.Kind.BUILD,
        platform,
        edition,
        result);
    if (platform != null) {
      addDevelopmentSection(table, platform, edition, result);
    }
  }

  private void addDevelopmentSection(
      TomlTable table, @Nullable Platform platform, String edition, List<Dependency> result) {
    if (directory != null) { // nobody builds the tests of a published crate
      addSection(
          table,
          dashed(table, "dev-dependencies", edition),
          Dependency.Kind.DEVELOPMENT,
          platform,
          edition,
          result);
    }
  }

  /** Manifests before edition 2024 may write some keys with an underscore. */
  private static String dashed(TomlTable table, String key, String edition) {
    String underscored = key.replace('-', '_');
    if (table.has(underscored) && edition.equals("2024")) {
      throw table.error(
          underscored,
          "`" + underscored + "` is unsupported as of the 2024 edition",
          "Write `" + key + "`.");
    }
    return !table.has(key) && table.has(underscored) ? underscored : key;
  }

  private void addSection(
      TomlTable table,
      String section,
      Dependency.Kind kind,
      @Nullable Platform platform,
      String edition,
      List<Dependency> result) {
    TomlTable entries = table.table(section);
    if (entries != null) {
      for (String name : entries.keys()) {
        result.add(dependency(entries, name, kind, platform, edition));
      }
    }
  }

  private Dependency dependency(
      TomlTable entries,
      String name,
      Dependency.Kind kind,
      @Nullable Platform platform,
      String edition) {
    TomlTable own = entries.isTable(name) ? entries.table(name) : null;
    TomlTable holder = entries;
    @Nullable Path base = directory;
    if (own != null && own.bool("workspace", false)) {
      TomlTable workspace = workspace(entries, name);
      TomlTable offered = workspace.table("dependencies");
      if (offered == null || !offered.has(name)) {
        throw entries.error(
            name,
            "`" + name + "` is inherited, but the workspace does not define it",
            "Add `" + name + "` to `[workspace.dependencies]` in the root manifest.");
      }
      holder = offered;
      base = inheritance == null ? directory : inheritance.directory();
    }
    @Nullable TomlTable details = holder.isTable(name) ? holder.table(name) : null;
    boolean inherited = holder != entries;
    boolean optional = own != null && own.bool("optional", false);
    if (directory != null) {
      dependencyChecks.check(entries, name, own, details, path(details, base), kind);
    }

    Set<String> features = new HashSet<>();
    List<String> orderedFeatures = new ArrayList<>();
    for (TomlTable table : inherited ? listOf(details, own) : listOf(details)) {
      for (String feature : table.strings("features")) {
        if (features.add(feature)) {
          orderedFeatures.add(feature);
        }
      }
    }
    return new Dependency(
        kind,
        name,
        details == null || details.string("package") == null
            ? name
            : details.requiredString("package"),
        details != null && details.has("package"),
        requirement(holder, name, details),
        optional,
        defaultFeatures(name, own, details, inherited, edition),
        List.copyOf(orderedFeatures),
        platform,
        path(details, base),
        details == null ? null : details.string("git"),
        details == null ? null : gitReference(details),
        details == null ? null : registry(details),
        entries.position(name));
  }

  private static @Nullable String registry(TomlTable details) {
    String index = details.string("registry-index");
    String name = details.string("registry");
    return index != null ? index : "crates-io".equals(name) ? null : name;
  }

  private static @Nullable String gitReference(TomlTable details) {
    for (String key : List.of("branch", "tag", "rev")) {
      if (details.has(key)) {
        return key + "=" + details.string(key);
      }
    }
    return null;
  }

  private static List<TomlTable> listOf(@Nullable TomlTable... tables) {
    List<TomlTable> result = new ArrayList<>();
    for (TomlTable table : tables) {
      if (table != null) {
        result.add(table);
      }
    }
    return result;
  }

  private static VersionReq requirement(
      TomlTable holder, String name, @Nullable TomlTable details) {
    String text = details == null ? holder.string(name) : details.string("version");
    return text == null ? VersionReq.ANY : DependencyChecks.requirement(holder, name, text);
  }

  /**
   * A member may add the default features that the workspace left out. It cannot take them away
   * before edition 2024, where cargo refuses the contradiction.
   */
  private boolean defaultFeatures(
      String name,
      @Nullable TomlTable own,
      @Nullable TomlTable details,
      boolean inherited,
      String edition) {
    @Nullable Boolean offered = details == null ? null : defaultFeatures(details, edition);
    @Nullable Boolean wanted = (inherited && own != null) ? defaultFeatures(own, edition) : null;
    if (own != null
        && directory != null
        && edition.equals("2024")
        && Boolean.FALSE.equals(wanted)
        && !Boolean.FALSE.equals(offered)) {
      throw own.error(
          "default-features",
          "`default-features = false` cannot override the workspace's `default-features` of `"
              + name
              + "`",
          "Write `default-features = false` under `[workspace.dependencies]`, and `true` in the"
              + " members that want them.");
    }
    return offered == null || offered || Boolean.TRUE.equals(wanted);
  }

  private static @Nullable Boolean defaultFeatures(TomlTable table, String edition) {
    return table.bool(dashed(table, "default-features", edition));
  }

  private static @Nullable Path path(@Nullable TomlTable details, @Nullable Path base) {
    String path = details == null ? null : details.string("path");
    // A published crate's path was replaced by its version when it was published.
    return path == null || base == null ? null : base.resolve(path).normalize();
  }

  /**
   * The feature table. An optional dependency that no feature names with {@code dep:} implies a
   * feature of its own name.
   */
  private SortedMap<String, List<FeatureValue>> features(List<Dependency> dependencies) {
    SortedMap<String, List<FeatureValue>> result = new TreeMap<>();
    Set<String> named = new HashSet<>();
    TomlTable table = root.table("features");
    if (table != null) {
      for (String feature : table.keys()) {
        List<FeatureValue> values =
            table.strings(feature).stream().map(FeatureValue::parse).toList();
        for (FeatureValue value : values) {
          if (value.dependency() != null && value.feature() == null) {
            named.add(value.dependency());
          }
        }
        result.put(feature, values);
      }
    }
    for (Dependency dependency : dependencies) {
      String name = dependency.nameInToml();
      if (dependency.optional() && !named.contains(name) && !result.containsKey(name)) {
        result.put(name, List.of(new FeatureValue(name, null, false)));
      }
    }
    if (directory != null) {
      if (table != null) {
        validateFeatures(table, result, dependencies);
      }
      requireUse(result, dependencies);
    }
    return result;
  }

  /** An optional dependency that no feature can switch on is a mistake. */
  private static void requireUse(
      SortedMap<String, List<FeatureValue>> features, List<Dependency> dependencies) {
    Set<String> used = new HashSet<>();
    for (List<FeatureValue> values : features.values()) {
      for (FeatureValue value : values) {
        if (value.dependency() != null) {
          used.add(value.dependency());
        }
      }
    }
    for (Dependency dependency : dependencies) {
      if (dependency.optional() && !used.contains(dependency.nameInToml())) {
        throw new InputException(
            dependency.position(),
            "optional dependency `" + dependency.nameInToml() + "` is not included in any feature",
            "Put `dep:" + dependency.nameInToml() + "` into the list of a feature.");
      }
    }
  }

  private static void validateFeatures(
      TomlTable table,
      SortedMap<String, List<FeatureValue>> features,
      List<Dependency> dependencies) {
    Map<String, Boolean> optional = new LinkedHashMap<>();
    for (Dependency dependency : dependencies) {
      if (dependency.kind() != Dependency.Kind.DEVELOPMENT || !dependency.optional()) {
        optional.merge(dependency.nameInToml(), dependency.optional(), Boolean::logicalOr);
      }
    }
    for (String feature : table.keys()) {
      if (!FEATURE_NAME.matcher(feature).matches()) {
        throw table.error(
            feature,
            "`" + feature + "` is not the name of a feature",
            "Use letters, digits, `_`, `-`, `+` and `.` only.");
      }
      for (FeatureValue value : features.getOrDefault(feature, List.of())) {
        String dependency = value.dependency();
        if (dependency != null
            && value.feature() != null
            && (dependency.startsWith("dep:") || value.feature().contains("/"))) {
          throw table.error(
              feature,
              "feature `" + feature + "` includes `" + value + "`, which mixes two notations",
              "Write `dep:DEPENDENCY` or `DEPENDENCY/FEATURE`.");
        }
        if (dependency == null) {
          if (value.feature() != null && value.feature().equals(feature)) {
            throw table.error(
                feature,
                "feature `" + feature + "` switches itself on",
                "Take `" + feature + "` out of its own list.");
          }
          if (!features.containsKey(String.valueOf(value.feature()))) {
            throw table.error(
                feature,
                "feature `" + feature + "` switches on `" + value + "`, which is no feature",
                "Declare `" + value + "`, or write `dep:" + value + "` for a dependency.");
          }
        } else if (!optional.containsKey(dependency)) {
          throw table.error(
              feature,
              "feature `"
                  + feature
                  + "` switches on `"
                  + value
                  + "`, but there is no such"
                  + " dependency",
              "Add `" + dependency + "` to the dependencies, or take the entry out.");
        } else if ((value.feature() == null || value.weak())
            && !Boolean.TRUE.equals(optional.get(dependency))) {
          throw table.error(
              feature,
              "feature `"
                  + feature
                  + "` has `"
                  + value
                  + "`, but `"
                  + dependency
                  + "` is not optional",
              "Add `optional = true` to the dependency, or write `" + dependency + "/…`.");
        }
      }
    }
  }

  // Targets: the Cargo Book, "Cargo Targets", and "Target auto-discovery".

  private List<Target> targets(String packageName, String edition) {
    List<Target> result = new ArrayList<>();
    Target library = library(packageName, edition);
    if (library != null) {
      result.add(library);
    }
    if (directory != null) {
      List<PackageFiles.Inferred> binaries = new ArrayList<>();
      if (files.exists("src/main.rs")) {
        binaries.add(new PackageFiles.Inferred(packageName, "src/main.rs"));
      }
      binaries.addAll(files.inferred("src/bin"));
      addTargets(Target.Kind.BIN, "bin", "autobins", binaries, edition, library != null, result);
      addTargets(
          Target.Kind.EXAMPLE,
          "example",
          "autoexamples",
          files.inferred("examples"),
          edition,
          false,
          result);
      addTargets(
          Target.Kind.TEST, "test", "autotests", files.inferred("tests"), edition, false, result);
      addTargets(
          Target.Kind.BENCH,
          "bench",
          "autobenches",
          files.inferred("benches"),
          edition,
          false,
          result);
    }
    String script = buildScript();
    if (script != null) {
      String file = script.substring(script.lastIndexOf('/') + 1);
      String stem = file.endsWith(".rs") ? file.substring(0, file.length() - 3) : file;
      result.add(
          new Target(
              Target.Kind.CUSTOM_BUILD,
              "build-script-" + stem,
              script,
              List.of("bin"),
              List.of(),
              edition,
              false,
              false,
              true,
              false,
              false));
    }
    return List.copyOf(result);
  }

  private @Nullable Target library(String packageName, String edition) {
    TomlTable table = root.table("lib");
    boolean found = files.exists("src/lib.rs");
    if (table == null && (!found || !packageTable.bool("autolib", true))) {
      return null;
    }
    String name = table == null ? null : table.string("name");
    if (name == null) {
      name = packageName.replace('-', '_');
    }
    String path = table == null ? null : table.string("path");
    if (path == null) {
      String legacy = "src/" + name + ".rs";
      if (found) {
        path = "src/lib.rs";
      } else if (edition.equals("2015") && files.exists(legacy)) {
        path = legacy;
      } else {
        throw new InputException(
            table == null ? root.position() : table.position(),
            "there is no `src/lib.rs` for library `" + name + "`",
            "Write the file, or say where it is with `path` in `[lib]`.");
      }
    }
    List<String> crateTypes = List.of();
    boolean procMacro = false;
    if (table != null) {
      crateTypes = table.strings(dashed(table, "crate-type", edition));
      procMacro = table.bool(dashed(table, "proc-macro", edition), false);
    }
    if (table != null && directory != null) {
      checkLibrary(table, name, crateTypes);
    }
    if (crateTypes.contains("proc-macro") || (procMacro && crateTypes.isEmpty())) {
      crateTypes = List.of("proc-macro");
    } else if (crateTypes.isEmpty()) {
      crateTypes = List.of("lib");
    }
    return target(Target.Kind.LIB, name, normalize(path), crateTypes, table, edition);
  }

  private static void checkLibrary(TomlTable table, String name, List<String> crateTypes) {
    if (name.isBlank()) {
      throw table.error("name", "library target names cannot be empty", "Name the library.");
    }
    if (name.contains("-")) {
      throw table.error(
          "name",
          "library target names cannot contain hyphens: " + name,
          "Write `" + name.replace('-', '_') + "`.");
    }
    if (crateTypes.contains("proc-macro") && crateTypes.size() > 1) {
      throw table.error(
          "crate-type",
          "cannot mix `proc-macro` crate type with others",
          "Split the package in two.");
    }
    if (crateTypes.contains("dylib") && crateTypes.contains("cdylib")) {
      throw table.error(
          "crate-type",
          "library `" + name + "` cannot set the crate type of both `dylib` and `cdylib`",
          "Keep one of them.");
    }
  }

  private static void checkBinary(TomlTable table, String name, String edition) {
    String crateType = dashed(table, "crate-type", edition);
    if (!table.strings(crateType).isEmpty()) {
      throw table.error(
          crateType,
          "the target `" + name + "` is a binary and can't have any crate-types set",
          "Take the key out.");
    }
    String procMacro = dashed(table, "proc-macro", edition);
    if (table.bool(procMacro, false)) {
      throw table.error(
          procMacro,
          "the target `" + name + "` is a binary and can't have `proc-macro` set `true`",
          "Take the key out.");
    }
  }

  private void addTargets(
      Target.Kind kind,
      String section,
      String autoKey,
      List<PackageFiles.Inferred> inferred,
      String edition,
      boolean hasLibrary,
      List<Target> result) {
    List<TomlTable> tables = root.tables(section);
    Set<String> names = new HashSet<>();
    Set<String> paths = new HashSet<>();
    List<Target> targets = new ArrayList<>();
    for (TomlTable table : tables) {
      String name = table.requiredString("name");
      if (!names.add(name)) {
        throw table.error(
            "name",
            "two `[[" + section + "]]` targets are called `" + name + "`",
            "Give each its own name.");
      }
      if (kind == Target.Kind.BIN) {
        checkBinary(table, name, edition);
      }
      String path = table.string("path");
      if (path != null) {
        paths.add(normalize(path));
      } else {
        path = inferPath(table, section, name, inferred, edition, hasLibrary);
      }
      List<String> crateTypes =
          kind == Target.Kind.EXAMPLE
              ? table.strings(dashed(table, "crate-type", edition))
              : List.of();
      targets.add(
          target(
              kind,
              name,
              normalize(path),
              crateTypes.isEmpty() ? List.of("bin") : crateTypes,
              table,
              edition));
    }
    Boolean auto = packageTable.bool(autoKey);
    if (auto == null) {
      auto = tables.isEmpty() || !edition.equals("2015");
    }
    if (auto) {
      for (PackageFiles.Inferred candidate : inferred) {
        if (!names.contains(candidate.name()) && !paths.contains(candidate.path())) {
          targets.add(
              target(kind, candidate.name(), candidate.path(), List.of("bin"), null, edition));
        }
      }
    }
    targets.sort(Comparator.comparing(Target::name));
    for (int i = 1; i < targets.size(); i++) {
      if (targets.get(i).name().equals(targets.get(i - 1).name())) {
        throw new InputException(
            packageTable.position(),
            "found duplicate "
                + section
                + " name `"
                + targets.get(i).name()
                + "`: `"
                + targets.get(i - 1).path()
                + "` and `"
                + targets.get(i).path()
                + "`",
            "Rename one of the files.");
      }
    }
    result.addAll(targets);
  }

  private String inferPath(
      TomlTable table,
      String section,
      String name,
      List<PackageFiles.Inferred> inferred,
      String edition,
      boolean hasLibrary) {
    List<String> candidates =
        inferred.stream()
            .filter(i -> i.name().equals(name))
            .map(PackageFiles.Inferred::path)
            .toList();
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    if (edition.equals("2015")) {
      List<String> legacy = new ArrayList<>();
      if (section.equals("bin")) {
        if (!hasLibrary) {
          legacy.add("src/" + name + ".rs");
        }
        legacy.add("src/main.rs");
        legacy.add("src/bin/main.rs");
      } else if (section.equals("bench") && name.equals("bench")) {
        legacy.add("src/bench.rs");
      }
      for (String path : legacy) {
        if (files.exists(path)) {
          return path;
        }
      }
    }
    throw table.error(
        "name",
        candidates.isEmpty()
            ? "there is no file for " + section + " `" + name + "`"
            : "both `"
                + String.join("` and `", candidates)
                + "` could be "
                + section
                + " `"
                + name
                + "`",
        "Say which file it is with `path`.");
  }

  private static Target target(
      Target.Kind kind,
      String name,
      String path,
      List<String> crateTypes,
      @Nullable TomlTable table,
      String edition) {
    boolean testedByDefault = kind != Target.Kind.EXAMPLE && kind != Target.Kind.BENCH;
    boolean benchedByDefault = kind != Target.Kind.EXAMPLE && kind != Target.Kind.TEST;
    boolean documentedByDefault = kind == Target.Kind.LIB || kind == Target.Kind.BIN;
    boolean doctestedByDefault = kind == Target.Kind.LIB;
    if (table == null) {
      return new Target(
          kind,
          name,
          path,
          crateTypes,
          List.of(),
          edition,
          testedByDefault,
          benchedByDefault,
          true,
          documentedByDefault,
          doctestedByDefault);
    }
    String own = table.string("edition");
    return new Target(
        kind,
        name,
        path,
        crateTypes,
        table.strings("required-features"),
        own == null ? edition : own,
        table.bool("test", testedByDefault),
        table.bool("bench", benchedByDefault),
        table.bool("harness", true),
        table.bool("doc", documentedByDefault),
        table.bool("doctest", doctestedByDefault));
  }

  private @Nullable String buildScript() {
    if (!packageTable.has("build")) {
      return files.exists("build.rs") ? "build.rs" : null;
    }
    if (packageTable.isBoolean("build")) {
      return packageTable.bool("build", false) ? "build.rs" : null;
    }
    return normalize(packageTable.requiredString("build"));
  }

  private static String normalize(String path) {
    return Path.of(path).normalize().toString().replace('\\', '/');
  }

  // Lints: the Cargo Book, "The [lints] section".

  private List<String> lintFlags() {
    TomlTable lints = root.table("lints");
    if (lints == null || directory == null) {
      return List.of();
    }
    if (!lints.isBoolean("workspace")) {
      return Lints.flags(lints);
    }
    if (!lints.bool("workspace", false)) {
      throw lints.error(
          "workspace", "`workspace` cannot be false", "Take the key out to set lints here.");
    }
    if (lints.keys().size() > 1) {
      throw lints.error(
          "workspace",
          "lints are inherited, so they cannot be set here",
          "Take the lints out, or `workspace = true`.");
    }
    lints = workspace(root, "lints").table("lints");
    if (lints == null) {
      throw root.error(
          "lints",
          "lints are inherited, but the workspace defines none",
          "Add `[workspace.lints]` to the root manifest.");
    }
    return Lints.flags(lints);
  }
}
