package io.github.nixmaven.builder.overrides;

import io.github.nixmaven.generator.api.PinnedCrate;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.NearNames;
import io.github.nixmaven.generator.text.TomlFile;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows that say what crates need beyond the compiler: the user's own, and those that the plugin
 * ships. Where one of the user's rows applies to a crate, none of the shipped ones does.
 */
public final class OverrideTable {
  private static final String SHIPPED = "/io/github/nixmaven/builder/library/overrides/crates.toml";

  private final List<OverrideRow> shipped;
  private final List<OverrideRow> own;

  private OverrideTable(List<OverrideRow> shipped, List<OverrideRow> own) {
    this.shipped = shipped;
    this.own = own;
  }

  /**
   * Reads the table.
   *
   * @param own the user's file, or null where there is none
   * @throws InputException when that file does not exist or is not a table of rows
   */
  public static OverrideTable read(@Nullable Path own) throws IOException {
    byte[] bytes;
    try (InputStream stream =
        Objects.requireNonNull(OverrideTable.class.getResourceAsStream(SHIPPED), SHIPPED)) {
      bytes = stream.readAllBytes();
    }
    List<OverrideRow> shipped = rows(TomlFile.parse("nix/overrides/crates.toml", bytes), null);
    if (own == null) {
      return new OverrideTable(shipped, List.of());
    }
    TomlTable file = TomlFile.read(own, "Create it, or remove it from the plugin's configuration.");
    return new OverrideTable(shipped, rows(file, own.toAbsolutePath().getParent()));
  }

  private static List<OverrideRow> rows(TomlTable file, @Nullable Path folder) {
    OverrideRow.requireKnown(file, List.of("crate"), "a table of overrides");
    return file.tables("crate").stream().map(row -> OverrideRow.read(row, folder)).toList();
  }

  /** The rows that the plugin ships. */
  public List<OverrideRow> shipped() {
    return shipped;
  }

  /** The rows that apply to a crate in any of its builds, in the order of the table. */
  public List<OverrideRow> rowsFor(PinnedCrate crate) {
    Set<OverrideRow> result = new LinkedHashSet<>();
    for (Set<String> features : crate.features()) {
      List<OverrideRow> ours = applying(own, crate, features);
      result.addAll(ours.isEmpty() ? applying(shipped, crate, features) : ours);
    }
    return List.copyOf(result);
  }

  private static List<OverrideRow> applying(
      List<OverrideRow> rows, PinnedCrate crate, Set<String> features) {
    return rows.stream().filter(row -> row.appliesTo(crate, features)).toList();
  }

  /** Whether the table has anything to say about crates of a name, if only in other versions. */
  boolean knows(String crate) {
    return own.stream().anyMatch(row -> row.crate().equals(crate))
        || shipped.stream().anyMatch(row -> row.crate().equals(crate));
  }

  /** One mistake for each of the user's rows that applies to no crate. */
  public List<InputException> unmatched(Collection<PinnedCrate> crates) {
    List<InputException> result = new ArrayList<>();
    for (OverrideRow row : own) {
      if (crates.stream()
          .noneMatch(crate -> crate.features().stream().anyMatch(on -> row.appliesTo(crate, on)))) {
        result.add(unmatched(row, crates));
      }
    }
    return result;
  }

  private static InputException unmatched(OverrideRow row, Collection<PinnedCrate> crates) {
    List<PinnedCrate> named =
        crates.stream().filter(crate -> crate.name().equals(row.crate())).toList();
    if (named.isEmpty()) {
      return new InputException(
          row.position(),
          "no crate of the project is called `" + row.crate() + "`",
          NearNames.question(
              row.crate(),
              crates.stream().map(PinnedCrate::name).toList(),
              "Remove the row, or run `mvn nix:generate` if the crate is new."));
    }
    return new InputException(
        row.position(),
        "the row applies to no crate of the project",
        "There "
            + (named.size() == 1 ? "is " : "are ")
            + named.stream().map(OverrideTable::describe).collect(Collectors.joining("; "))
            + ".");
  }

  private static String describe(PinnedCrate crate) {
    return crate.key()
        + " from a "
        + crate.source()
        + ", with "
        + crate.features().stream()
            .map(on -> on.isEmpty() ? "no features" : String.join(", ", new TreeSet<>(on)))
            .sorted()
            .collect(Collectors.joining(" or "));
  }

  /**
   * The Debian packages that crates need, each with the crates and the reasons.
   *
   * @throws InputException when one of the user's rows applies to no crate
   */
  public SortedMap<String, List<String>> debianPackages(Collection<PinnedCrate> crates) {
    for (InputException mistake : unmatched(crates)) {
      throw mistake;
    }
    SortedMap<String, List<String>> result = new TreeMap<>();
    for (PinnedCrate crate : crates) {
      for (OverrideRow row : rowsFor(crate)) {
        for (String name : row.debian().packages()) {
          result
              .computeIfAbsent(name, n -> new ArrayList<>())
              .add(
                  crate.key()
                      + " ("
                      + row.label()
                      + (row.why().isEmpty() ? "" : ": " + row.why())
                      + ")");
        }
      }
    }
    return result;
  }

  /**
   * Makes sure that a toolchain has the Debian packages that crates need.
   *
   * @param present the names of the toolchain's packages
   * @throws InputException when one is missing, or one of the user's rows applies to no crate
   */
  public void requirePackages(Collection<PinnedCrate> crates, Collection<String> present) {
    SortedMap<String, List<String>> missing = debianPackages(crates);
    missing.keySet().removeAll(Set.copyOf(present));
    if (!missing.isEmpty()) {
      throw new InputException(
          null,
          "the toolchain lacks Debian packages that crates need:\n"
              + missing.entrySet().stream()
                  .map(entry -> "    " + entry.getKey() + " for " + entry.getValue().get(0))
                  .collect(Collectors.joining("\n")),
          "Pin them with `mvn nix:toolchain` and commit nix-toolchain.lock.json, or add your own"
              + " row to nix-overrides.toml.");
    }
  }
}
