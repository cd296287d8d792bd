package io.github.nixmaven.generator.cargo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes up workspaces that cargo accepts, as varied as the manifest format allows. */
final class RandomWorkspace {
  private static final List<String> PLATFORMS =
      List.of(
          "cfg(unix)",
          "cfg(windows)",
          "cfg(not(unix))",
          "cfg(target_os = \"linux\")",
          "cfg(any(target_env = \"musl\", target_vendor = \"apple\"))",
          "cfg(all(target_arch = \"x86_64\", not(target_env = \"musl\")))",
          "cfg(target_arch = \"wasm32\")",
          "cfg(all(target_pointer_width = \"64\", target_endian = \"little\"))",
          "cfg(any(target_feature = \"neon\", target_has_atomic = \"128\"))",
          "cfg(not(any(panic = \"abort\", false)))",
          "x86_64-unknown-linux-gnu",
          "aarch64-apple-darwin");

  private final Random random;
  private final Map<String, String> files = new TreeMap<>();
  private final List<Package> packages = new ArrayList<>();

  private RandomWorkspace(long seed) {
    this.random = new Random(seed);
  }

  private static final class Package {
    final int index;
    final String name;
    final String version;
    final boolean member;
    String edition = "";
    boolean root;

    /** Whether others may depend on it by version alone. */
    boolean patched;

    /** Whether the workspace offers it for inheritance, and what it says of it. */
    boolean offered;

    @Nullable Boolean offeredDefaults;
    boolean procMacro;
    boolean library;
    boolean linkable;
    final Set<String> features = new LinkedHashSet<>();
    final List<Entry> entries = new ArrayList<>();

    Package(int index, String name, String version, boolean member) {
      this.index = index;
      this.name = name;
      this.version = version;
      this.member = member;
    }

    String place() {
      return (member ? "members/" : "others/") + "p" + index;
    }

    /** Its name and its version. */
    List<String> id() {
      return List.of(name, version);
    }

    String folder() {
      return root ? "" : place() + "/";
    }

    /** The way from another package's folder. */
    String from(Package other) {
      return (other.root ? "" : "../../") + (root ? "" : place());
    }
  }

  private record Entry(String key, Package to, boolean optional, String section, String value) {}

  /** The text of the workspace that a seed stands for. */
  static String text(long seed) {
    return new RandomWorkspace(seed).make();
  }

  private String make() {
    int count = 3 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      boolean member = i < 2 || random.nextInt(3) > 0;
      boolean namesake = !member && random.nextBoolean();
      packages.add(
          namesake
              ? new Package(i, "same", i + ".0.0", false)
              : new Package(i, (random.nextInt(3) == 0 ? "p-" : "p") + i, i + ".1.0", member));
    }
    packages.get(0).root = chance(3);
    for (Package each : packages) {
      each.patched = !each.root && chance(5);
      each.offered = !each.name.equals("same") && chance(3);
      each.offeredDefaults = chance(2) ? null : chance(2);
    }
    for (int i = count - 1; i >= 0; i--) {
      write(packages.get(i), packages.subList(i + 1, count), packages.subList(0, i));
    }
    files.merge("Cargo.toml", root(), String::concat);
    StringBuilder text = new StringBuilder();
    files.forEach((path, content) -> text.append("## ").append(path).append('\n').append(content));
    return text.toString();
  }

  private String root() {
    StringBuilder text = new StringBuilder("[workspace]\n");
    text.append("resolver = \"").append(1 + random.nextInt(3)).append("\"\n");
    text.append("members = [\"members/*\"]\nexclude = [\"others\"]\n");
    if (chance(3)) {
      text.append("default-members = [\"members/p1\"]\n");
    }
    for (Package each : packages) {
      if (each.offered) {
        text.append("[workspace.dependencies.").append(each.name).append("]\n");
        text.append("path = \"").append(each.root ? "." : each.place()).append("\"\n");
        text.append("version = \"").append(each.version).append("\"\n");
        if (each.offeredDefaults != null) {
          text.append("default-features = ").append(each.offeredDefaults).append('\n');
        }
        text.append(someFeatures(each));
      }
    }
    for (Package each : packages) {
      if (each.patched) {
        text.append("[patch.crates-io.patch-").append(each.index).append("]\n");
        text.append("path = \"").append(each.root ? "." : each.place()).append("\"\n");
        text.append("package = \"").append(each.name).append("\"\n");
      }
    }
    text.append(new RandomProfiles(random).text(packages.stream().map(Package::id).toList()));
    return text.toString();
  }

  private void write(Package self, List<Package> others, List<Package> earlier) {
    StringBuilder text = new StringBuilder("[package]\n");
    text.append("name = \"").append(self.name).append("\"\n");
    text.append("version = \"").append(self.version).append("\"\n");
    self.edition = pick(List.of("2015", "2018", "2021", "2024"));
    text.append("edition = \"").append(self.edition).append("\"\n");
    boolean script = chance(3);
    if (script) {
      boolean elsewhere = chance(4);
      files.put(self.folder() + (elsewhere ? "tools/make.rs" : "build.rs"), "");
      if (elsewhere) {
        text.append("build = \"tools/make.rs\"\n");
      } else if (chance(5)) {
        text.append("build = false\n");
      }
      if (!text.toString().contains("build = false") && chance(2)) {
        text.append("links = \"native").append(self.index).append("\"\n");
      }
    }
    self.procMacro = self.index > 0 && chance(5);
    self.library = self.procMacro || self.index > 1 || chance(2);
    if (self.library && chance(6)) {
      text.append(pick(List.of("autobins", "autoexamples", "autotests", "autobenches")))
          .append(" = ")
          .append(chance(3))
          .append('\n');
    }
    boolean binary = !self.library || chance(3);
    String lib = library(self);
    text.append(lib);
    if (self.library) {
      files.put(self.folder() + "src/lib.rs", "");
    }
    if (binary) {
      files.put(self.folder() + "src/main.rs", "");
    }

    List<Entry> entries = entries(self, others, script);
    if (self.member) {
      entries.addAll(cycles(self, earlier));
    }
    self.entries.addAll(entries);
    Set<String> named = new LinkedHashSet<>();
    String features = features(self, entries, named);
    text.append(bins(self));
    text.append(more(self));
    text.append(features);
    for (Entry entry : entries) {
      text.append('[').append(entry.section()).append('.').append(entry.key()).append("]\n");
      text.append(entry.value());
    }
    files.put(self.folder() + "Cargo.toml", text.toString());
  }

  private String library(Package self) {
    self.linkable = self.library;
    if (self.procMacro) {
      return "[lib]\nproc-macro = true\n" + flags();
    }
    if (!self.library || !chance(4)) {
      return self.library && chance(3) ? "[lib]\n" + flags() : "";
    }
    String types =
        pick(List.of("\"rlib\"", "\"cdylib\", \"rlib\"", "\"cdylib\"", "\"staticlib\"", "\"lib\""));
    self.linkable = types.contains("lib\"") && !types.matches("\"(cdylib|staticlib)\"");
    return "[lib]\n"
        + (chance(2) ? "name = \"renamed_" + self.index + "\"\n" : "")
        + "crate-type = ["
        + types
        + "]\n"
        + flags();
  }

  private String bins(Package self) {
    if (!chance(4)) {
      return "";
    }
    String path = "src/bin/tool" + self.index + ".rs";
    files.put(self.folder() + path, "");
    return "[[bin]]\nname = \"tool"
        + self.index
        + "\"\npath = \""
        + path
        + "\"\n"
        + required(self)
        + flags();
  }

  /** Tests, examples and benchmarks, found or declared. */
  private String more(Package self) {
    StringBuilder text = new StringBuilder();
    for (String kind : List.of("test", "example", "bench")) {
      String folder = self.folder() + (kind.equals("bench") ? "benches" : kind + "s");
      if (chance(3)) {
        files.put(folder + (chance(3) ? "/found/main.rs" : "/found.rs"), "");
      }
      if (chance(4)) {
        files.put(folder + "/declared.rs", "");
        text.append("[[").append(kind).append("]]\nname = \"declared\"\n");
        text.append(required(self)).append(flags());
        if (kind.equals("example") && chance(3)) {
          text.append("crate-type = [\"")
              .append(pick(List.of("lib", "cdylib", "bin")))
              .append("\"]\n");
        }
      }
    }
    return text.toString();
  }

  private String required(Package self) {
    List<String> required = new ArrayList<>();
    for (String feature : self.features) {
      if (chance(4)) {
        required.add('"' + feature + '"');
      }
    }
    for (Entry entry : self.entries) {
      for (String feature : entry.to().features) {
        if (chance(20)) {
          required.add('"' + entry.key() + "/" + feature + '"');
        }
      }
    }
    return required.isEmpty() ? "" : "required-features = [" + String.join(", ", required) + "]\n";
  }

  private String flags() {
    StringBuilder text = new StringBuilder();
    for (String flag : List.of("test", "bench", "doctest", "harness")) {
      if (chance(5)) {
        text.append(flag).append(" = ").append(random.nextBoolean()).append('\n');
      }
    }
    return text.toString();
  }

  /** Development dependencies on what may depend on this package. */
  private List<Entry> cycles(Package self, List<Package> earlier) {
    List<Entry> result = new ArrayList<>();
    for (Package other : earlier) {
      if (other.member && chance(3)) {
        result.add(
            new Entry(
                other.name,
                other,
                false,
                "dev-dependencies",
                value(self, other, false, false, other.patched && chance(2))));
      }
    }
    return result;
  }

  private List<Entry> entries(Package self, List<Package> others, boolean script) {
    List<Entry> result = new ArrayList<>();
    for (Package other : others) {
      if (!chance(2)) {
        continue;
      }
      boolean renamed = chance(4);
      String key = renamed ? "re-named" + other.index : other.name;
      boolean published = other.patched && chance(2);
      int times = chance(3) ? 2 : 1;
      Set<String> sections = new LinkedHashSet<>();
      for (int i = 0; i < times; i++) {
        String kind = pick(List.of("", "", "", script ? "build-" : "", script ? "build-" : "dev-"));
        String target = chance(4) ? "target.'" + pick(PLATFORMS) + "'." : "";
        String section = target + kind + "dependencies";
        boolean taken = result.stream().anyMatch(e -> e.key().equals(key) && !e.to().equals(other));
        if (taken || !sections.add(section)) {
          continue;
        }
        boolean optional = !kind.equals("dev-") && chance(2);
        boolean inherited = self.member && other.offered && !renamed && !published && chance(2);
        String value =
            inherited
                ? inherited(self, other, optional)
                : value(self, other, renamed, optional, published);
        result.add(new Entry(key, other, optional, section, value));
      }
    }
    return result;
  }

  private String inherited(Package self, Package other, boolean optional) {
    StringBuilder text = new StringBuilder("workspace = true\n");
    if (optional) {
      text.append("optional = true\n");
    }
    // Edition 2024 does not let a member take away what the workspace gives.
    boolean mayTakeAway =
        !self.edition.equals("2024") || Boolean.FALSE.equals(other.offeredDefaults);
    if (chance(3)) {
      text.append("default-features = ").append(!mayTakeAway || chance(2)).append('\n');
    }
    return text.append(someFeatures(other)).toString();
  }

  private String value(
      Package self, Package other, boolean renamed, boolean optional, boolean published) {
    StringBuilder text = new StringBuilder();
    if (!published) {
      text.append("path = \"").append(other.from(self)).append("\"\n");
    }
    if (renamed) {
      text.append("package = \"").append(other.name).append("\"\n");
    }
    if (published || chance(2)) {
      text.append("version = \"").append(other.version).append("\"\n");
    }
    if (optional) {
      text.append("optional = true\n");
    }
    if (chance(3)) {
      text.append("default-features = ").append(chance(4)).append('\n');
    }
    return text.append(someFeatures(other)).toString();
  }

  private String someFeatures(Package of) {
    List<String> chosen = new ArrayList<>();
    for (String feature : of.features) {
      if (chance(4)) {
        chosen.add('"' + feature + '"');
      }
    }
    return chosen.isEmpty() ? "" : "features = [" + String.join(", ", chosen) + "]\n";
  }

  private String features(Package self, List<Entry> entries, Set<String> named) {
    List<String> optional =
        entries.stream().filter(Entry::optional).map(Entry::key).distinct().toList();
    for (String key : optional) {
      if (chance(2)) {
        named.add(key);
      }
    }
    List<String> names = new ArrayList<>(List.of("fa", "fb", "fc"));
    if (chance(3)) {
      names.remove(random.nextInt(names.size()));
    }
    Map<String, List<String>> table = new LinkedHashMap<>();
    for (String name : names) {
      table.put(name, new ArrayList<>());
    }
    if (chance(2)) {
      table.put("default", new ArrayList<>());
      names.add("default");
    }
    for (String key : named) { // `dep:` takes the implicit feature away: say it at least once
      table.get(pick(names)).add("dep:" + key);
    }
    List<String> implicit = optional.stream().filter(key -> !named.contains(key)).toList();
    // An explicit feature may bear the name of a dependency that `dep:` names.
    for (String key : named) {
      if (chance(4)) {
        table.put(key, new ArrayList<>(chance(2) ? List.of("dep:" + key) : List.of()));
      }
    }
    for (String name : List.copyOf(table.keySet())) {
      List<String> values = table.get(name);
      for (String other : table.keySet()) {
        if (!other.equals(name) && chance(6)) {
          values.add(other);
        }
      }
      for (String key : implicit) {
        if (chance(4)) {
          values.add(key);
        }
      }
      for (Entry entry : entries) {
        if (entry.section().contains("dev-")) {
          continue;
        }
        boolean weak = optional.contains(entry.key()) && chance(2);
        for (String feature : entry.to().features) {
          if (chance(8)) {
            values.add(entry.key() + (weak ? "?/" : "/") + feature);
          }
        }
      }
    }
    self.features.addAll(table.keySet());
    self.features.addAll(implicit);
    StringBuilder text = new StringBuilder("[features]\n");
    table.forEach(
        (name, values) ->
            text.append(name)
                .append(" = [")
                .append(
                    values.stream()
                        .distinct()
                        .map(v -> '"' + v + '"')
                        .collect(Collectors.joining(", ")))
                .append("]\n"));
    return text.toString();
  }

  /** True once in so many times. */
  private boolean chance(int in) {
    return random.nextInt(in) == 0;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
