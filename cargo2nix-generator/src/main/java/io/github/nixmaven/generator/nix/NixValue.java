package io.github.nixmaven.generator.nix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value that {@link NixReader} has read. A lookup in a value of another kind finds nothing. */
public sealed interface NixValue {

  /** {@code null}. */
  record Null() implements NixValue {}

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements NixValue {}

  /** A number. */
  record Whole(long value) implements NixValue {}

  /** A string. */
  record Text(String value) implements NixValue {}

  /**
   * A path.
   *
   * @param value the argument of {@link NixWriter#path}; without a leading {@code /} it is relative
   *     to the file
   */
  record FilePath(String value) implements NixValue {}

  /** A list. */
  record Items(List<NixValue> items) implements NixValue {}

  /** An attribute set, in the order of the file. */
  record Attributes(Map<String, NixValue> attributes) implements NixValue {}

  /** The attributes of a set by name. */
  default Map<String, NixValue> entries() {
    return this instanceof Attributes set ? set.attributes() : Map.of();
  }

  /** One attribute of a set. */
  default Optional<NixValue> get(String name) {
    return Optional.ofNullable(entries().get(name));
  }

  /** One attribute of a set, if it is a string. */
  default Optional<String> string(String name) {
    return entries().get(name) instanceof Text text ? Optional.of(text.value()) : Optional.empty();
  }

  /** Whether an attribute of a set is {@code true}. */
  default boolean isTrue(String name) {
    return entries().get(name) instanceof Bool bool && bool.value();
  }

  /** The items of a list. */
  default List<NixValue> list() {
    return this instanceof Items list ? list.items() : List.of();
  }

  /** The strings in a list. */
  default List<String> strings() {
    List<String> result = new ArrayList<>();
    for (NixValue item : list()) {
      if (item instanceof Text text) {
        result.add(text.value());
      }
    }
    return result;
  }
}
