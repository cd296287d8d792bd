package io.github.nixmaven.generator.nix;

import io.github.nixmaven.generator.nix.NixWriter.Attr;
import io.github.nixmaven.generator.nix.NixWriter.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An attribute set under construction; absent and empty values are omitted. */
public final class Attributes {
  private final List<Attr> attrs = new ArrayList<>();

  /** An attribute set with an attribute for each entry. */
  public static <T> Expression of(
      SortedMap<String, T> entries, Function<T, Expression> expression) {
    List<Attr> attrs = new ArrayList<>();
    entries.forEach((key, value) -> attrs.add(NixWriter.attr(key, expression.apply(value))));
    return NixWriter.attrs(attrs);
  }

  /** Adds an attribute. */
  public void add(String name, Expression value) {
    attrs.add(NixWriter.attr(name, value));
  }

  /** Adds attributes. */
  public void addAll(List<Attr> more) {
    attrs.addAll(more);
  }

  /** Adds a string, unless it is null. */
  public void string(String name, @Nullable String value) {
    if (value != null) {
      add(name, NixWriter.string(value));
    }
  }

  /** Adds a list of strings, unless it is empty. */
  public void strings(String name, List<String> values) {
    if (!values.isEmpty()) {
      add(name, NixWriter.strings(values));
    }
  }

  /** The set of all added attributes, in that order. */
  public Expression build() {
    return NixWriter.attrs(attrs);
  }
}
