package io.github.nixmaven.builder;

import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.rust.Rust;
import java.util.Collection;
import java.util.List;

/** The languages that there are, each for the packages of one ecosystem. */
public final class Languages {
  private static final List<Language> ALL = List.of(new Rust());

  private Languages() {}

  /**
   * The language of an ecosystem's packages.
   *
   * @param ecosystem as in {@link Language#ecosystem()}
   * @throws IllegalArgumentException when there is no such ecosystem
   */
  public static Language of(String ecosystem) {
    return ALL.stream()
        .filter(language -> language.ecosystem().equals(ecosystem))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no ecosystem " + ecosystem));
  }

  /**
   * The word for a package, in the singular: that of its ecosystem, or {@code package} where they
   * are of several.
   *
   * @param ecosystems those that the packages belong to
   */
  public static String packageNoun(Collection<String> ecosystems) {
    List<String> nouns =
        ecosystems.stream().distinct().map(each -> of(each).packageNoun()).distinct().toList();
    return nouns.size() == 1 ? nouns.get(0) : "package";
  }
}
