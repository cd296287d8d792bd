package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.TomlTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables of targets, and the targets that cargo infers from files (the Cargo Book, "Cargo
 * Targets" and "Target auto-discovery").
 */
final class TargetTable {
  private static final Set<String> ARTIFACT_FOLDERS =
      Set.of("deps", "examples", "build", "incremental");

  private final TomlTable root;
  private final TomlTable packageTable;
  private final PackageFiles files;
  private final boolean own;
  private final Edition edition;

  /**
   * @param root the manifest's tables
   * @param packageTable its {@code [package]}
   * @param own whether the package is on this disk; for other packages only the library and the
   *     build script are read
   */
  TargetTable(
      TomlTable root, TomlTable packageTable, PackageFiles files, boolean own, Edition edition) {
    this.root = root;
    this.packageTable = packageTable;
    this.files = files;
    this.own = own;
    this.edition = edition;
  }

  List<Target> targets(String packageName) {
    List<Target> result = new ArrayList<>();
    Target library = library(packageName);
    if (library != null) {
      result.add(library);
    }
    if (own) {
      List<PackageFiles.Inferred> binaries = new ArrayList<>();
      if (files.exists("src/main.rs")) {
        binaries.add(new PackageFiles.Inferred(packageName, "src/main.rs"));
      }
      binaries.addAll(files.inferred("src/bin"));
      addTargets(Target.Kind.BIN, "bin", "autobins", binaries, library != null, result);
      addTargets(
          Target.Kind.EXAMPLE,
          "example",
          "autoexamples",
          files.inferred("examples"),
          false,
          result);
      addTargets(Target.Kind.TEST, "test", "autotests", files.inferred("tests"), false, result);
      addTargets(
          Target.Kind.BENCH, "bench", "autobenches", files.inferred("benches"), false, result);
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
              edition.year(),
              false,
              false,
              true,
              false,
              false));
    }
    if (own) {
      check(result);
    }
    return List.copyOf(result);
  }

  private void check(List<Target> targets) {
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
            "a binary cannot be named `"
                + target.name()
                + "`: cargo's output directory has a directory of that name",
            "Rename the binary.");
      }
    }
    String links = packageTable.string("links");
    if (links != null && targets.stream().noneMatch(Target::isCustomBuild)) {
      throw packageTable.error(
          "links",
          "the package links to `" + links + "` but has no build script",
          "Write `build.rs`, or remove `links`.");
    }
  }

  private @Nullable Target library(String packageName) {
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
      } else if (edition.is2015() && files.exists(legacy)) {
        path = legacy;
      } else {
        throw new InputException(
            table == null ? root.position() : table.position(),
            "there is no `src/lib.rs` for library `" + name + "`",
            "Write the file, or set `path` in `[lib]`.");
      }
    }
    List<String> crateTypes = List.of();
    boolean procMacro = false;
    if (table != null) {
      crateTypes = table.strings(edition.key(table, "crate-type"));
      procMacro = table.bool(edition.key(table, "proc-macro"), false);
    }
    if (table != null && own) {
      checkLibrary(table, name, crateTypes);
    }
    if (crateTypes.contains("proc-macro") || (procMacro && crateTypes.isEmpty())) {
      crateTypes = List.of("proc-macro");
    } else if (crateTypes.isEmpty()) {
      crateTypes = List.of("lib");
    }
    return target(Target.Kind.LIB, name, normalize(path), crateTypes, table);
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
          "Split the package into two.");
    }
    if (crateTypes.contains("dylib") && crateTypes.contains("cdylib")) {
      throw table.error(
          "crate-type",
          "library `" + name + "` cannot set the crate type of both `dylib` and `cdylib`",
          "Keep one of them.");
    }
  }

  private void checkBinary(TomlTable table, String name) {
    String crateType = edition.key(table, "crate-type");
    if (!table.strings(crateType).isEmpty()) {
      throw table.error(
          crateType,
          "the target `" + name + "` is a binary and can't have any crate-types set",
          "Remove the key.");
    }
    String procMacro = edition.key(table, "proc-macro");
    if (table.bool(procMacro, false)) {
      throw table.error(
          procMacro,
          "the target `" + name + "` is a binary and can't have `proc-macro` set `true`",
          "Remove the key.");
    }
  }

  private void addTargets(
      Target.Kind kind,
      String section,
      String autoKey,
      List<PackageFiles.Inferred> inferred,
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
            "two `[[" + section + "]]` targets are named `" + name + "`",
            "Give each target its own name.");
      }
      if (kind == Target.Kind.BIN) {
        checkBinary(table, name);
      }
      String path = table.string("path");
      if (path != null) {
        paths.add(normalize(path));
      } else {
        path = inferPath(table, section, name, inferred, hasLibrary);
      }
      List<String> crateTypes =
          kind == Target.Kind.EXAMPLE ? table.strings(edition.key(table, "crate-type")) : List.of();
      targets.add(
          target(
              kind,
              name,
              normalize(path),
              crateTypes.isEmpty() ? List.of("bin") : crateTypes,
              table));
    }
    Boolean auto = packageTable.bool(autoKey);
    if (auto == null) {
      auto = tables.isEmpty() || !edition.is2015();
    }
    if (auto) {
      for (PackageFiles.Inferred candidate : inferred) {
        if (!names.contains(candidate.name()) && !paths.contains(candidate.path())) {
          targets.add(target(kind, candidate.name(), candidate.path(), List.of("bin"), null));
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
      boolean hasLibrary) {
    List<String> candidates =
        inferred.stream()
            .filter(i -> i.name().equals(name))
            .map(PackageFiles.Inferred::path)
            .toList();
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    if (edition.is2015()) {
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
        "Set `path` to the right file.");
  }

  private Target target(
      Target.Kind kind,
      String name,
      String path,
      List<String> crateTypes,
      @Nullable TomlTable table) {
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
          edition.year(),
          testedByDefault,
          benchedByDefault,
          true,
          documentedByDefault,
          doctestedByDefault);
    }
    String year = table.string("edition");
    return new Target(
        kind,
        name,
        path,
        crateTypes,
        // Cargo ignores the key for a library.
        kind == Target.Kind.LIB ? List.of() : table.strings("required-features"),
        year == null ? edition.year() : year,
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
}
