package io.github.nixmaven.builder.toolchain;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One package named in a {@code Depends} or {@code Provides} field, with its version constraint.
 *
 * <p>Debian Policy, section 7.1. The qualifiers {@code :any} and {@code :native} are dropped: with
 * one architecture they allow nothing that the bare name does not.
 *
 * @param name the package's name, with its qualifier where it names another architecture
 * @param operator one of {@code << <= = >= >>}, or null where every version will do
 * @param version what the version is compared with, or null where every version will do
 */
record Relation(String name, @Nullable String operator, @Nullable String version) {
  private static final Pattern FORM =
      Pattern.compile(
          "([a-z0-9][a-z0-9+.-]*(?::[a-z0-9-]+)?)\\s*(?:\\(\\s*(<<|<=|=|>=|>>)\\s*([^\\s)]+)\\s*\\))?");

  /**
   * The conjunction that a field states: each element is a list of alternatives.
   *
   * @throws IllegalArgumentException when the field is malformed
   */
  static List<List<Relation>> parse(String field) {
    List<List<Relation>> all = new ArrayList<>();
    for (String clause : field.split(",")) {
      if (!clause.isBlank()) {
        List<Relation> alternatives = new ArrayList<>();
        for (String alternative : clause.split("\\|")) {
          alternatives.add(parseOne(alternative.strip()));
        }
        all.add(List.copyOf(alternatives));
      }
    }
    return List.copyOf(all);
  }

  private static Relation parseOne(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a relation between packages");
    }
    String name = matcher.group(1);
    if (name.endsWith(":any") || name.endsWith(":native")) {
      name = name.substring(0, name.indexOf(':'));
    }
    return new Relation(name, matcher.group(2), matcher.group(3));
  }

  /**
   * Whether a package or virtual package of this name satisfies the constraint.
   *
   * @param candidate its version, or null for a virtual package without one
   */
  boolean allows(@Nullable String candidate) {
    if (operator == null || version == null) {
      return true;
    }
    if (candidate == null) {
      return false;
    }
    int order = DebianVersion.ORDER.compare(candidate, version);
    return switch (operator) {
      case "<<" -> order < 0;
      case "<=" -> order <= 0;
      case "=" -> order == 0;
      case ">=" -> order >= 0;
      default -> order > 0;
    };
  }

  @Override
  public String toString() {
    return operator == null ? name : name + " (" + operator + " " + version + ")";
  }
}
