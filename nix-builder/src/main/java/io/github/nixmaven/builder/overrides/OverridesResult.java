package io.github.nixmaven.builder.overrides;

import io.github.nixmaven.generator.text.InputException;
import java.util.List;
import java.util.SortedMap;

/**
 * The rows that apply to a project's packages, and the gaps.
 *
 * @param applied packages with rows that apply to them, sorted by package
 * @param unknownLinks packages that name a native library and are in no row, each with that
 *     library, sorted by package
 * @param unmatched one mistake for each of the user's rows that applies to no package
 * @param missing Debian packages that applying rows want and the toolchain lacks
 */
public record OverridesResult(
    List<Applied> applied,
    SortedMap<String, String> unknownLinks,
    List<InputException> unmatched,
    List<String> missing) {

  /**
   * A package and what applies to it.
   *
   * @param packageId its name and version
   * @param rows the rows
   */
  public record Applied(String packageId, List<OverrideRow> rows) {}
}
