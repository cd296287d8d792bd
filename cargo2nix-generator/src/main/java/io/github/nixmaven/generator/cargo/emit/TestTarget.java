package io.github.nixmaven.generator.cargo.emit;

import io.github.nixmaven.generator.cargo.manifest.Target;
import io.github.nixmaven.generator.cargo.resolve.Unit;
import io.github.nixmaven.generator.nix.NixWriter;
import io.github.nixmaven.generator.nix.NixWriter.Attr;
import io.github.nixmaven.generator.nix.NixWriter.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The entry in Cargo.nix of a member's target that is a test, a benchmark or an example. */
final class TestTarget {
  private static final List<String> PROGRAM = List.of("bin");

  private TestTarget() {}

  /** Its kind and its name: {@code test integration}; {@code doc NAME} for the documentation. */
  static String name(Unit root) {
    String kind =
        root.mode() == Unit.Mode.DOCTEST
            ? "doc"
            : root.target().kind().name().toLowerCase(Locale.ROOT);
    return kind + " " + root.target().name();
  }

  /** Its source file, and the settings that are unusual for its kind. */
  static Expression expression(Unit root) {
    Target target = root.target();
    List<Attr> attrs = new ArrayList<>();
    attrs.add(NixWriter.attr("path", NixWriter.string(target.path())));
    if (root.mode() == Unit.Mode.DOCTEST) {
      return NixWriter.attrs(attrs);
    }
    Target.Kind kind = target.kind();
    boolean isProgram = kind == Target.Kind.LIB || kind == Target.Kind.BIN;
    flag(attrs, "harness", target.harness(), true);
    flag(attrs, "test", target.tested(), isProgram || kind == Target.Kind.TEST);
    if (kind == Target.Kind.BENCH) {
      flag(attrs, "bench", target.benched(), true);
    }
    if (kind == Target.Kind.EXAMPLE && !target.crateTypes().equals(PROGRAM)) {
      attrs.add(NixWriter.attr("type", NixWriter.strings(target.crateTypes())));
    }
    return NixWriter.attrs(attrs);
  }

  private static void flag(List<Attr> attrs, String name, boolean value, boolean usual) {
    if (value != usual) {
      attrs.add(NixWriter.attr(name, NixWriter.bool(value)));
    }
  }
}
