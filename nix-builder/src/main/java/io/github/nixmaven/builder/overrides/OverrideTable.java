package io.github.nixmaven.builder.overrides;

import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.generator.pin.ListedPackage;
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
 * Rows that say what packages need beyond the compiler: the user's own, and those that the plugin
 * ships. Where one of the user's rows applies to a package, none of the shipped ones does.
 */
public final class OverrideTable {
  private final Language language;
  private final List<OverrideRow> shipped;
  private final List<OverrideRow> own;

  private OverrideTable(Language language, List<OverrideRow> shipped, List<OverrideRow> own) {
    this.language = language;
    this.shipped = shipped;
    this.own = own;
  }

  /**
   * Reads the table.
   *
   * @param own the user's file, or null where there is none
   * @param language of the packages that it is about
   * @throws InputException when that file does not exist or is not a table of rows
   */
  public static OverrideTable read(@Nullable Path own, Language language) throws IOException {
    List<OverrideRow> shipped = List.of();
    if (language.overrides().isPresent()) {
      Language.Resource resource = language.overrides().get();
      try (InputStream stream =
          Objects.requireNonNull(
              OverrideTable.class.getResourceAsStream(resource.path()), resource.path())) {
        shipped = rows(TomlFile.parse(resource.name(), stream.readAllBytes()), null, language);
      }
    }
    if (own == null) {
      return new OverrideTable(language, shipped, List.of());
    }
    TomlTable file = TomlFile.read(own, "Create it, or remove it from the plugin's configuration.");
    return new OverrideTable(
        language, shipped, rows(file, own.toAbsolutePath().getParent(), language));
  }

  private static List<OverrideRow> rows(TomlTable file, @Nullable Path folder, Language language) {
    String noun = language.packageNoun();
    OverrideRow.requireKnown(file, List.of(noun), "a table of overrides");
    return file.tables(noun).stream().map(row -> OverrideRow.read(row, folder, language)).toList();
  }

  /** The rows that the plugin ships. */
  public List<OverrideRow> shipped() {
    return shipped;
  }

  /** The rows that apply to a package in any of its builds, in the order of the table. */
  public List<OverrideRow> rowsFor(ListedPackage one) {
    Set<OverrideRow> result = new LinkedHashSet<>();
    for (Set<String> features : one.features()) {
      List<OverrideRow> ours = applying(own, one, features);
      result.addAll(ours.isEmpty() ? applying(shipped, one, features) : ours);
    }
    return List.copyOf(result);
  }

  private static List<OverrideRow> applying(
      List<OverrideRow> rows, ListedPackage one, Set<String> features) {
    return rows.stream().filter(row -> row.appliesTo(one, features)).toList();
  }

  /** Whether the table has anything to say about packages of a name, if only in other versions. */
  boolean knows(String name) {
    return own.stream().anyMatch(row -> row.name().equals(name))
        || shipped.stream().anyMatch(row -> row.name().equals(name));
  }

  /** One mistake for each of the user's rows that applies to no package. */
  public List<InputException> unmatched(Collection<ListedPackage> packages) {
    List<InputException> result = new ArrayList<>();
    for (OverrideRow row : own) {
      if (packages.stream()
          .noneMatch(one -> one.features().stream().anyMatch(on -> row.appliesTo(one, on)))) {
        result.add(unmatched(row, packages));
      }
    }
    return result;
  }

  private InputException unmatched(OverrideRow row, Collection<ListedPackage> packages) {
    List<ListedPackage> named =
        packages.stream().filter(one -> one.name().equals(row.name())).toList();
    if (named.isEmpty()) {
      return new InputException(
          row.position(),
          "no " + language.packageNoun() + " of the project is called `" + row.name() + "`",
          NearNames.question(
              row.name(),
              packages.stream().map(ListedPackage::name).toList(),
              "Remove the row, or run `mvn nix:generate` if the "
                  + language.packageNoun()
                  + " is new."));
    }
    return new InputException(
        row.position(),
        "the row applies to no " + language.packageNoun() + " of the project",
        "There "
            + (named.size() == 1 ? "is " : "are ")
            + named.stream().map(OverrideTable::describe).collect(Collectors.joining("; "))
            + ".");
  }

  private static String describe(ListedPackage one) {
    return one.key()
        + " from a "
        + one.source()
        + ", with "
        + one.features().stream()
            .map(on -> on.isEmpty() ? "no features" : String.join(", ", new TreeSet<>(on)))
            .sorted()
            .collect(Collectors.joining(" or "));
  }

  /**
   * What packages need of Debian, by Debian package, with the packages and the reasons.
   *
   * @throws InputException when one of the user's rows applies to no package
   */
  public SortedMap<String, List<String>> debianPackages(Collection<ListedPackage> packages) {
    for (InputException mistake : unmatched(packages)) {
      throw mistake;
    }
    return needed(packages);
  }

  private SortedMap<String, List<String>> needed(Collection<ListedPackage> packages) {
    SortedMap<String, List<String>> result = new TreeMap<>();
    for (ListedPackage one : packages) {
      for (OverrideRow row : rowsFor(one)) {
        for (String name : row.debian().packages()) {
          result
              .computeIfAbsent(name, n -> new ArrayList<>())
              .add(
                  one.key()
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
   * Makes sure that a toolchain has the Debian packages that packages need.
   *
   * @param packages all packages of the project, which rows may apply to
   * @param built {@code NAME VERSION} of those that are built; only what these need must be there
   * @param present the names of the toolchain's packages
   * @throws InputException when one is missing, or one of the user's rows applies to no package
   */
  public void requirePackages(
      Collection<ListedPackage> packages, Set<String> built, Collection<String> present) {
    for (InputException mistake : unmatched(packages)) {
      throw mistake;
    }
    SortedMap<String, List<String>> missing =
        needed(
            packages.stream()
                .filter(one -> built.contains(one.name() + " " + one.version()))
                .toList());
    missing.keySet().removeAll(Set.copyOf(present));
    if (!missing.isEmpty()) {
      throw new InputException(
          null,
          "the toolchain lacks Debian packages that "
              + language.packageNoun()
              + "s need:\n"
              + missing.entrySet().stream()
                  .map(entry -> "    " + entry.getKey() + " for " + entry.getValue().get(0))
                  .collect(Collectors.joining("\n")),
          "Pin them with `mvn nix:toolchain` and commit nix-toolchain.lock.json, or add your own"
              + " row to nix-overrides.toml.");
    }
  }
}
