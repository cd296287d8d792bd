package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.text.TomlTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An edition of the Rust language, as far as it affects manifests.
 *
 * @param year its name, such as {@code 2021}
 */
record Edition(String year) {
  private static final List<String> KNOWN = List.of("2015", "2018", "2021", "2024");

  /** The first Rust version with an edition. */
  private static final Map<String, String> FIRST_RUST =
      Map.of("2018", "1.31.0", "2021", "1.56.0", "2024", "1.85.0");

  /**
   * The edition in a table.
   *
   * @param year its value, or null when there is none
   */
  static Edition parse(@Nullable String year, TomlTable table) {
    Edition edition = new Edition(year == null ? "2015" : year);
    if (!KNOWN.contains(edition.year)) {
      throw table.error(
          "edition",
          "`" + edition.year + "` is not a supported edition",
          "Use one of " + String.join(", ", KNOWN) + ", or update this plugin.");
    }
    return edition;
  }

  boolean is2015() {
    return year.equals("2015");
  }

  boolean is2024() {
    return year.equals("2024");
  }

  /** The first Rust version with it, or null when every version has it. */
  @Nullable String firstRust() {
    return FIRST_RUST.get(year);
  }

  /** The key as a table writes it: before 2024 it may have underscores. */
  String key(TomlTable table, String key) {
    String underscored = key.replace('-', '_');
    if (table.has(underscored) && is2024()) {
      throw table.error(
          underscored,
          "`" + underscored + "` is unsupported as of the 2024 edition",
          "Write `" + key + "`.");
    }
    return !table.has(key) && table.has(underscored) ? underscored : key;
  }
}
