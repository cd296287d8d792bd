package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.generator.text.Position;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A crate that may differ: an entry of {@code reproducibility.toml}.
 *
 * @param crate its name
 * @param version its version, or null for any
 * @param until the last day on which it may
 * @param reason why
 * @param position the entry's place
 */
public record Allowance(
    String crate, @Nullable String version, LocalDate until, String reason, Position position) {
  /** The crate, with its version where only that one is meant. */
  String label() {
    return version == null ? crate : crate + " " + version;
  }

  /** Whether something built is a part of the crate. */
  boolean isAbout(Unit unit) {
    return crate.equals(unit.packageName()) && (version == null || version.equals(unit.version()));
  }
}
