package io.github.nixmaven.generator.cargo.emit;

import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.cargo.resolve.Unit;
import io.github.nixmaven.generator.cargo.resolve.UnitGraph;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form of code that each unit must contain for later linking, as in cargo's {@code
 * compiler/lto.rs}. It depends on all units that need the unit.
 */
final class LinkTimeOptimization {
  /** The compiler's mode. */
  enum Mode {
    /** Optimises at its own link, as the profile says. */
    RUN,
    /** Optimises nothing across crates at all. */
    OFF,
    /** Can be linked with optimisation only. */
    BITCODE,
    /** Can be linked either way. */
    BOTH,
    /** Can be linked without optimisation only. */
    OBJECT;

    /** Its name in Cargo.nix. */
    String nixName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Set<String> FINAL = Set.of("bin", "cdylib", "staticlib");
  private static final List<String> PROGRAM = List.of("bin");
  private static final Set<String> DYNAMIC = Set.of("dylib", "cdylib", "proc-macro");

  private final Map<Unit, Mode> modes = new HashMap<>();

  private LinkTimeOptimization() {}

  /** The modes of all units. */
  static Map<Unit, Mode> of(UnitGraph graph) {
    LinkTimeOptimization result = new LinkTimeOptimization();
    for (Unit root : graph.roots()) {
      result.visit(root, asked(root));
    }
    return result.modes;
  }

  /** The usual mode of shared units under a profile, which Cargo.nix omits. */
  static Mode usual(String lto) {
    return switch (lto) {
      case "false" -> Mode.OBJECT;
      case "off" -> Mode.OFF;
      default -> Mode.BITCODE;
    };
  }

  /** The mode of a root, which no other unit needs. */
  private static Mode asked(Unit root) {
    Mode usual = usual(root.profile().lto());
    if (usual != Mode.BITCODE) {
      return usual;
    }
    if (root.target().isForHost()) {
      return Mode.OBJECT;
    }
    List<String> types = root.target().crateTypes();
    return needsObject(types) ? besideObject(types) : Mode.BITCODE;
  }

  private void visit(Unit unit, Mode asked) {
    Mode own = own(unit, asked);
    @Nullable Mode known = modes.get(unit);
    Mode merged = known == null ? own : merge(own, known);
    if (merged == known) {
      return;
    }
    modes.put(unit, merged);
    for (Unit.Dependency dependency : unit.dependencies()) {
      visit(dependency.unit(), merged);
    }
  }

  private static Mode own(Unit unit, Mode asked) {
    Target target = unit.target();
    if (target.isForHost()) {
      return Mode.OBJECT;
    }
    List<String> types = unit.mode() == Unit.Mode.BUILD ? target.crateTypes() : PROGRAM;
    if (FINAL.containsAll(types)) {
      Mode usual = usual(unit.profile().lto());
      return usual == Mode.BITCODE ? Mode.RUN : usual;
    }
    if (asked == Mode.RUN || (asked == Mode.BITCODE && needsObject(types))) {
      return needsObject(types) ? besideObject(types) : Mode.BITCODE;
    }
    return asked;
  }

  private static Mode merge(Mode one, Mode other) {
    for (Mode strongest : List.of(Mode.RUN, Mode.OFF, Mode.BOTH)) {
      if (one == strongest || other == strongest) {
        return strongest;
      }
    }
    return one == other ? one : Mode.BOTH;
  }

  private static boolean needsObject(List<String> types) {
    return types.stream().anyMatch(type -> FINAL.contains(type) || DYNAMIC.contains(type));
  }

  /** A {@code dylib} cannot be linked with optimisation. */
  private static Mode besideObject(List<String> types) {
    return types.stream().allMatch("dylib"::equals) ? Mode.OBJECT : Mode.BOTH;
  }
}
