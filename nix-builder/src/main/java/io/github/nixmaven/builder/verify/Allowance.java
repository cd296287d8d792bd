package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.generator.text.Position;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A package that may differ: an entry of {@code reproducibility.toml}.
 *
 * @param packageName its name
 * @param version its version, or null for any
 * @param until the last day on which it may
 * @param reason why
 * @param position the entry's place
 */
public record Allowance(
    String packageName,
    @Nullable String version,
    LocalDate until,
    String reason,
    Position position) {
  /** The package, with its version where only that one is meant. */
  String label() {
    return version == null ? packageName : packageName + " " + version;
  }

  /** Whether something built is a part of the package. */
  boolean isAbout(Unit unit) {
    return packageName.equals(unit.packageName())
        && (version == null || version.equals(unit.version()));
  }
}
