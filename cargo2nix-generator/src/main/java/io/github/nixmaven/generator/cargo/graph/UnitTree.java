package io.github.nixmaven.generator.cargo.graph;

import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.cargo.resolve.Unit;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The unit graph as a tree, in the manner of {@code cargo tree -e normal,build -f '{p} {f}'}: one
 * line a unit, with its package, its kind unless it is a library for the target, and its features.
 * A unit whose dependencies were shown before is marked {@code (*)}.
 */
public final class UnitTree {
  private final Glyphs glyphs;
  private final Appendable out;
  private final Set<Unit> shown = new HashSet<>();

  private UnitTree(Glyphs glyphs, Appendable out) {
    this.glyphs = glyphs;
    this.out = out;
  }

  private enum Glyphs {
    UNICODE("├── ", "└── ", "│   "),
    ASCII("|-- ", "`-- ", "|   ");

    final String branch;
    final String last;
    final String down;

    Glyphs(String branch, String last, String down) {
      this.branch = branch;
      this.last = last;
      this.down = down;
    }
  }

  /**
   * Writes a tree for each root.
   *
   * @param unicode whether lines may contain more than ASCII
   */
  public static void write(UnitGraph graph, boolean unicode, Appendable out) throws IOException {
    UnitTree tree = new UnitTree(unicode ? Glyphs.UNICODE : Glyphs.ASCII, out);
    String separator = "";
    for (Unit root : graph.roots()) {
      out.append(separator);
      tree.write(root, "", "", false, true);
      separator = "\n";
    }
  }

  private void write(Unit unit, String first, String rest, boolean host, boolean root)
      throws IOException {
    List<Unit> below = below(unit);
    boolean known = !shown.add(unit) && !below.isEmpty();
    out.append(first).append(label(unit, host, root)).append(known ? " (*)" : "").append('\n');
    if (known) {
      return;
    }
    boolean hostBelow = host || unit.target().isForHost();
    for (int i = 0; i < below.size(); i++) {
      boolean last = i == below.size() - 1;
      write(
          below.get(i),
          rest + (last ? glyphs.last : glyphs.branch),
          rest + (last ? "    " : glyphs.down),
          hostBelow,
          false);
    }
  }

  /**
   * The dependencies of a unit, the build script last. Running a build script and compiling it are
   * one line; its wait for other build scripts is omitted.
   */
  private static List<Unit> below(Unit unit) {
    List<Unit> result = new ArrayList<>();
    Unit compiled = unit.mode() == Unit.Mode.RUN_CUSTOM_BUILD ? compiledScript(unit) : unit;
    compiled.dependencies().forEach(dependency -> result.add(dependency.unit()));
    result.sort(
        Comparator.<Unit, Boolean>comparing(u -> u.target().isCustomBuild())
            .thenComparing(u -> u.node().locked().name())
            .thenComparing(u -> u.node().locked().version()));
    return result;
  }

  private static Unit compiledScript(Unit run) {
    return run.dependencies().stream()
        .map(Unit.Dependency::unit)
        .filter(unit -> unit.mode() == Unit.Mode.BUILD)
        .findFirst()
        .orElseThrow();
  }

  private static String label(Unit unit, boolean host, boolean root) {
    Target target = unit.target();
    List<String> words = new ArrayList<>();
    words.add(unit.node().locked().name());
    words.add("v" + unit.node().locked().version());
    if (target.isCustomBuild()) {
      words.add("(build script)");
    } else if (target.isProcMacro()) {
      words.add("(proc-macro)");
    } else {
      if (target.kind() != Target.Kind.LIB) {
        words.add("(" + target.kind().name().toLowerCase(Locale.ROOT) + " " + target.name() + ")");
      }
      if (host) {
        words.add("(host)");
      }
    }
    if (unit.node().isLocal() && !target.isCustomBuild()) {
      words.add("(" + Objects.requireNonNull(unit.node().local()).directory() + ")");
    }
    if (!target.isCustomBuild() && !unit.features().isEmpty()) {
      words.add(String.join(",", unit.features()));
    }
    if (root && unit.platform() != null) {
      words.add("for " + unit.platform());
    }
    return String.join(" ", words);
  }
}
