package io.github.nixmaven.builder.verify.rebuild;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows before a verification that it would see what it looks for: for each axis a derivation that
 * depends on it must differ, where all are varied and where it alone is, and one that depends on
 * nothing must not.
 */
public final class Canaries {
  private Canaries() {}

  /** Rebuilds them. */
  public static List<Canary> ask(Laboratory laboratory) throws IOException, InterruptedException {
    List<Canary> result = new ArrayList<>();
    Conditions all = Conditions.varying(laboratory.axes());
    RebuildResult clean = ask(laboratory, null, all);
    result.add(new Canary(null, clean.isSame(), clean.isSame() ? "" : describe(clean)));
    for (Axis axis : laboratory.axes()) {
      RebuildResult together = ask(laboratory, axis, all);
      RebuildResult alone = ask(laboratory, axis, Conditions.varying(axis));
      RebuildResult worse = together.kind() == RebuildResult.Kind.DIFFERENT ? alone : together;
      boolean caught = worse.kind() == RebuildResult.Kind.DIFFERENT;
      result.add(new Canary(axis, caught, caught ? "" : describe(worse)));
    }
    return List.copyOf(result);
  }

  private static RebuildResult ask(
      Laboratory laboratory, @Nullable Axis axis, Conditions conditions)
      throws IOException, InterruptedException {
    return laboratory.rebuild(laboratory.canary(axis), conditions, 0, (output, other) -> {});
  }

  private static String describe(RebuildResult outcome) {
    return switch (outcome.kind()) {
      case SAME -> "its rebuild was identical";
      case DIFFERENT -> "its rebuild was different";
      case FAILED -> outcome.reason();
      case SILENT -> "Nix did not report a rebuild";
    };
  }
}
