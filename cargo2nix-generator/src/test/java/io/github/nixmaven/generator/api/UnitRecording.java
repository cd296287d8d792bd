package io.github.nixmaven.generator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nixmaven.generator.cargo.lock.CratesIo;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.nix.StorePath;
import io.github.nixmaven.generator.text.DirectoryTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a builder got from a Cargo.nix (record.nix), compared with unit graphs in cargo's JSON: both
 * are walked together from the roots.
 */
final class UnitRecording {
  private static final Pattern LOCKED =
      Pattern.compile("name = \"(.*)\"\nversion = \"(.*)\"\nsource = .*\nchecksum = \"(.*)\"");

  private final Path directory;
  private final JsonNode units;
  private final boolean exact;
  private final Set<Path> packages;
  private final Map<String, String> checksums = new HashMap<>();
  private final Map<String, String> sources = new HashMap<>();
  private final Set<String> met = new HashSet<>();

  /**
   * @param directory the folder of Cargo.lock and the root manifest, absolute
   * @param units what the builder got, by id
   * @param exact whether the builder was one of ours
   * @param packages the folders of all local packages
   */
  UnitRecording(Path directory, JsonNode units, boolean exact, Set<Path> packages)
      throws IOException {
    this.units = units;
    this.exact = exact;
    this.packages = packages;
    this.directory = directory;
    Matcher locked = LOCKED.matcher(Files.readString(directory.resolve("Cargo.lock")));
    while (locked.find()) {
      checksums.put(locked.group(1) + " " + locked.group(2), locked.group(3));
    }
  }

  /** The ids of what was compared so far. */
  Set<String> met() {
    return met;
  }

  /**
   * Fails unless what was built for some members is what cargo builds.
   *
   * @param roots the ids by member
   * @param graph the output of {@code cargo build --unit-graph}
   * @param host the rustc triple of the building machine
   * @param target the rustc triple of what is built for
   */
  void assertSame(Map<String, String> roots, JsonNode graph, String host, String target)
      throws IOException {
    new Walk(graph, host, target).from(roots);
  }

  private final class Walk {
    private final JsonNode graph;
    private final String target;
    private final boolean crossing;
    private final Set<Integer> forTarget = new HashSet<>();
    private final Map<String, Integer> known = new HashMap<>();
    private final Set<String> compared = new HashSet<>();

    Walk(JsonNode graph, String host, String target) {
      this.graph = graph;
      this.target = target;
      this.crossing = !host.equals(target);
    }

    void from(Map<String, String> roots) throws IOException {
      Map<String, List<Integer>> byMember = new TreeMap<>();
      for (JsonNode root : graph.get("roots")) {
        mark(root.asInt());
        byMember
            .computeIfAbsent(name(unit(root.asInt())), k -> new ArrayList<>())
            .add(root.asInt());
      }
      assertThat(roots.keySet()).isEqualTo(byMember.keySet());
      for (Map.Entry<String, List<Integer>> member : byMember.entrySet()) {
        List<Integer> targets = member.getValue();
        int representative =
            targets.stream().filter(i -> isLibrary(unit(i))).findFirst().orElse(targets.get(0));
        compare(roots.get(member.getKey()), representative, targets, member.getKey());
      }
    }

    /** What is reached from the roots but for what runs in the build. */
    private void mark(int index) {
      if (forTarget.add(index) && !isProcMacro(unit(index))) {
        for (JsonNode dependency : unit(index).get("dependencies")) {
          JsonNode needed = unit(dependency.get("index").asInt());
          if (isLibrary(needed) && !isProcMacro(needed)) {
            mark(dependency.get("index").asInt());
          }
        }
      }
    }

    private void compare(String id, int index, List<Integer> asRoot, String path)
        throws IOException {
      if (!compared.add(id + asRoot + index)) {
        return;
      }
      // buildRustCrate cannot tell units apart that differ in their profile.
      if (exact) {
        assertThat(known.put(id + asRoot, index)).as("%s: what is it elsewhere", path).isNull();
      }
      met.add(id);
      JsonNode unit = unit(index);
      Map<String, Integer> externs = externs(unit);
      int script = buildScript(unit);
      Map<String, Integer> buildExterns = script < 0 ? Map.of() : externs(unit(script));
      assertThat(got(units.get(id)))
          .as(path)
          .isEqualTo(expected(index, script, externs.keySet(), buildExterns.keySet(), asRoot));
      for (int other : asRoot) {
        assertThat(externs(unit(other))).as("%s, for all its targets", path).isEqualTo(externs);
        assertThat(unit(other).get("features")).as(path).isEqualTo(unit.get("features"));
        assertThat(profile(unit(other))).as(path).isEqualTo(profile(unit));
      }
      for (Map.Entry<String, Integer> extern : externs.entrySet()) {
        String needed = units.get(id).get("externs").get(extern.getKey()).asText();
        compare(needed, extern.getValue(), List.of(), path + " > " + extern.getKey());
      }
      for (Map.Entry<String, Integer> extern : buildExterns.entrySet()) {
        String needed = units.get(id).get("buildExterns").get(extern.getKey()).asText();
        compare(needed, extern.getValue(), List.of(), path + " > (build) " + extern.getKey());
      }
    }

    /** What the builder should have got, as text by attribute. */
    private Map<String, String> expected(
        int index, int script, Set<String> externs, Set<String> buildExterns, List<Integer> asRoot)
        throws IOException {
      JsonNode unit = unit(index);
      boolean host = !forTarget.contains(index) || isProcMacro(unit);
      if (crossing) {
        assertThat(unit.get("platform").isNull()).isEqualTo(host);
      }
      Map<String, String> result = new TreeMap<>();
      result.put("crateName", name(unit));
      result.put("version", version(unit));
      result.put("edition", unit.get("target").get("edition").asText());
      result.put("features", unit.get("features").toString());
      result.put("externs", new TreeSet<>(externs).toString());
      result.put("buildExterns", new TreeSet<>(buildExterns).toString());
      result.put("host", String.valueOf(host));
      if (isLibrary(unit)) {
        JsonNode library = unit.get("target");
        result.put("libName", library.get("name").asText());
        result.put("libPath", pathOf(unit));
        result.put("procMacro", String.valueOf(isProcMacro(unit)));
        result.put("type", library.get("crate_types").toString());
      }
      if (script >= 0) {
        result.put("build", pathOf(unit(script)));
      }
      Map<String, String> binaries = new TreeMap<>();
      for (int root : asRoot) {
        if (!isLibrary(unit(root))) {
          binaries.put(unit(root).get("target").get("name").asText(), pathOf(unit(root)));
        }
      }
      result.put("binaries", binaries.toString());
      result.put("source", source(unit));
      if (exact) {
        result.put("target", target);
        result.put("isRoot", String.valueOf(!asRoot.isEmpty()));
        result.put("profile", profile(unit).toString());
        if (script >= 0) {
          result.put("hostProfile", profile(unit(script)).toString());
        }
      } else {
        result.put("release", "true");
      }
      return result;
    }

    /** The libraries that a unit names, but for its package's own. */
    private Map<String, Integer> externs(JsonNode unit) {
      Map<String, Integer> result = new TreeMap<>();
      for (JsonNode dependency : unit.get("dependencies")) {
        JsonNode needed = unit(dependency.get("index").asInt());
        if (isLibrary(needed) && !needed.get("pkg_id").equals(unit.get("pkg_id"))) {
          result.put(dependency.get("extern_crate_name").asText(), dependency.get("index").asInt());
        }
      }
      return result;
    }

    /** The unit that compiles the build script of a unit's package, or -1. */
    private int buildScript(JsonNode unit) {
      for (JsonNode dependency : unit.get("dependencies")) {
        JsonNode run = unit(dependency.get("index").asInt());
        if (run.get("mode").asText().equals("run-custom-build")
            && run.get("pkg_id").equals(unit.get("pkg_id"))) {
          for (JsonNode compiled : run.get("dependencies")) {
            if (unit(compiled.get("index").asInt()).get("mode").asText().equals("build")) {
              return compiled.get("index").asInt();
            }
          }
        }
      }
      return -1;
    }

    private JsonNode unit(int index) {
      return graph.get("units").get(index);
    }
  }

  /** What the builder got, in the form of {@link Walk#expected}. */
  private Map<String, String> got(JsonNode unit) {
    Map<String, String> result = new TreeMap<>();
    for (String attribute :
        List.of("crateName", "version", "edition", "libName", "libPath", "build", "target")) {
      if (unit.has(attribute)) {
        result.put(attribute, unit.get(attribute).asText());
      }
    }
    result.put("features", unit.get("features").toString());
    result.put("externs", names(unit.get("externs")).toString());
    result.put("buildExterns", names(unit.get("buildExterns")).toString());
    if (unit.has("libPath")) {
      boolean procMacro = unit.path("procMacro").asBoolean();
      result.put("procMacro", String.valueOf(procMacro));
      String type = procMacro ? "[\"proc-macro\"]" : "[\"lib\"]";
      result.put("type", unit.has("type") ? unit.get("type").toString() : type);
    }
    Set<String> named = new HashSet<>();
    unit.path("binaries").forEach(name -> named.add(name.asText()));
    Map<String, String> binaries = new TreeMap<>();
    for (JsonNode binary : unit.path("crateBin")) {
      String name = binary.get("name").asText();
      if (!exact || named.contains(name)) {
        binaries.put(name, binary.get("path").asText());
      }
    }
    result.put("binaries", binaries.toString());
    JsonNode source = unit.get("src");
    result.put(
        "source",
        source.isTextual()
            ? source.asText()
            : source.get("url").asText() + " " + source.get("sha256").asText());
    if (exact) {
      result.put("host", unit.get("host").asText());
      result.put("isRoot", unit.get("isRoot").asText());
      result.put("profile", settings(unit.get("profile")).toString());
      if (unit.has("build")) {
        result.put("hostProfile", settings(unit.get("hostProfile")).toString());
      }
    } else {
      result.put("host", String.valueOf(unit.get("side").asText().equals("host")));
      result.put("release", unit.get("release").asText());
    }
    return result;
  }

  private static Set<String> names(JsonNode object) {
    Set<String> result = new TreeSet<>();
    object.fieldNames().forEachRemaining(result::add);
    return result;
  }

  private static Map<String, String> settings(JsonNode profile) {
    Map<String, String> result = new TreeMap<>();
    profile.fields().forEachRemaining(e -> result.put(e.getKey(), e.getValue().asText()));
    return result;
  }

  private static Map<String, String> profile(JsonNode unit) {
    JsonNode profile = unit.get("profile");
    Map<String, String> result = new TreeMap<>();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", "name");
    fields.put("opt_level", "optLevel");
    fields.put("debuginfo", "debug");
    fields.put("lto", "lto");
    fields.put("codegen_units", "codegenUnits");
    fields.put("panic", "panic");
    fields.put("split_debuginfo", "splitDebuginfo");
    fields.put("debug_assertions", "debugAssertions");
    fields.put("overflow_checks", "overflowChecks");
    fields.put("rpath", "rpath");
    fields.forEach(
        (cargos, ours) -> {
          if (!profile.get(cargos).isNull()) {
            result.put(ours, profile.get(cargos).asText());
          }
        });
    result.put("root", "release");
    JsonNode strip = profile.get("strip").elements().next();
    result.put("strip", strip.isTextual() ? "none" : strip.get("Named").asText());
    return result;
  }

  private static boolean isLibrary(JsonNode unit) {
    String kind = unit.get("target").get("kind").get(0).asText();
    return !kind.equals("bin") && !kind.equals("custom-build");
  }

  private static boolean isProcMacro(JsonNode unit) {
    return unit.get("target").get("kind").get(0).asText().equals("proc-macro");
  }

  // Package ids: `SOURCE#VERSION` where the source ends in the name, else `SOURCE#NAME@VERSION`.

  static String name(JsonNode unit) {
    String id = unit.get("pkg_id").asText();
    String fragment = id.substring(id.indexOf('#') + 1);
    int at = fragment.indexOf('@');
    return at < 0
        ? id.substring(id.lastIndexOf('/', id.indexOf('#')) + 1, id.indexOf('#'))
        : fragment.substring(0, at);
  }

  private static String version(JsonNode unit) {
    String id = unit.get("pkg_id").asText();
    String fragment = id.substring(id.indexOf('#') + 1);
    return fragment.substring(fragment.indexOf('@') + 1);
  }

  private static @Nullable Path folder(JsonNode unit) {
    String id = unit.get("pkg_id").asText();
    return id.startsWith("path+")
        ? Path.of(URI.create(id.substring("path+".length(), id.indexOf('#'))))
        : null;
  }

  /** The source file of a unit's target, relative to the package. */
  private static String pathOf(JsonNode unit) {
    Path file = Path.of(unit.get("target").get("src_path").asText());
    Path folder = folder(unit);
    if (folder == null) {
      folder = file;
      while (!folder.getFileName().toString().equals(name(unit) + "-" + version(unit))) {
        folder = folder.getParent();
      }
    }
    return folder.relativize(file).toString();
  }

  private String source(JsonNode unit) throws IOException {
    Path folder = folder(unit);
    if (folder == null) {
      String name = name(unit);
      String file = "/" + name + "/" + name + "-" + version(unit) + ".crate";
      return CratesIo.FILES + file + " " + checksums.get(name + " " + version(unit));
    }
    String label = name(unit) + "-source";
    String known = sources.get(folder + label);
    if (known == null) {
      Path copy = copy(folder);
      known = StorePath.recursive(label, Nar.digest(copy).hash());
      DirectoryTree.delete(copy);
      sources.put(folder + label, known);
    }
    return known;
  }

  /** The names of the packages that one needs, by the lock alone. */
  private Set<String> needed(String name) throws IOException {
    Map<String, List<String>> dependencies = new HashMap<>();
    for (String block :
        Files.readString(directory.resolve("Cargo.lock")).split("\\[\\[package]]")) {
      List<String> names = new ArrayList<>();
      Matcher quoted = Pattern.compile("(?m)^ \"([^ \"]+)").matcher(block);
      while (quoted.find()) {
        names.add(quoted.group(1));
      }
      dependencies.computeIfAbsent(nameIn(block), any -> new ArrayList<>()).addAll(names);
    }
    Set<String> seen = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(name));
    while (!open.isEmpty()) {
      for (String next : dependencies.getOrDefault(open.remove(), List.of())) {
        if (seen.add(next)) {
          open.add(next);
        }
      }
    }
    return seen;
  }

  private static String nameIn(String toml) {
    Matcher name = Pattern.compile("(?m)^name *= *\"([^\"]+)\"").matcher(toml);
    return name.find() ? name.group(1) : "";
  }

  private static boolean isHidden(Path file) {
    for (Path name : file) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  /** A folder without Cargo.nix, what cargo built, hidden files, and packages it has no need of. */
  private Path copy(Path folder) throws IOException {
    Path copy = Files.createTempDirectory("source").resolve("source");
    try (Stream<Path> files = Files.walk(folder)) {
      Set<String> needed = needed(nameIn(Files.readString(folder.resolve("Cargo.toml"))));
      List<Path> inside = new ArrayList<>();
      for (Path one : packages) {
        if (one.startsWith(folder)
            && !one.equals(folder)
            && !needed.contains(nameIn(Files.readString(one.resolve("Cargo.toml"))))) {
          inside.add(one);
        }
      }
      for (Path file :
          files
              .filter(f -> !f.startsWith(folder.resolve("target")))
              .filter(f -> !f.equals(folder.resolve("Cargo.nix")))
              .filter(f -> !isHidden(folder.relativize(f)))
              .filter(f -> inside.stream().noneMatch(f::startsWith))
              .toList()) {
        Files.copy(
            file,
            copy.resolve(folder.relativize(file).toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return copy;
  }
}
