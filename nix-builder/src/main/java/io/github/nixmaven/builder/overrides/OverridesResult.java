package io.github.nixmaven.builder.overrides;

import io.github.nixmaven.generator.text.InputException;
import java.util.List;
import java.util.SortedMap;

/**
 * The rows that apply to a project's crates, and the gaps.
 *
 * @param applied crates with rows that apply to them, sorted by crate
 * @param unknownLinks crates that name a native library and are in no row, each with that library,
 *     sorted by crate
 * @param unmatched one mistake for each of the user's rows that applies to no crate
 * @param missing Debian packages that applying rows want and the toolchain lacks
 */
public record OverridesResult(
    List<Applied> applied,
    SortedMap<String, String> unknownLinks,
    List<InputException> unmatched,
    List<String> missing) {

  /**
   * A crate and what applies to it.
   *
   * @param crate its name and version
   * @param rows the rows
   */
  public record Applied(String crate, List<OverrideRow> rows) {}
}
