package io.github.nixmaven.generator.nix;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.generator.nix.NixWriter.Attr;
import io.github.nixmaven.generator.nix.NixWriter.Expression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What was read, as the writer takes it. */
public final class NixValues {
  private NixValues() {}

  static Expression expression(NixValue value) {
    if (value instanceof NixValue.Null) {
      return NixWriter.raw("null");
    } else if (value instanceof NixValue.Bool bool) {
      return NixWriter.bool(bool.value());
    } else if (value instanceof NixValue.Whole number) {
      return NixWriter.integer(Math.toIntExact(number.value()));
    } else if (value instanceof NixValue.Text text) {
      return NixWriter.string(text.value());
    } else if (value instanceof NixValue.FilePath path) {
      return NixWriter.path(path.value());
    } else if (value instanceof NixValue.Items items) {
      return NixWriter.list(items.items().stream().map(NixValues::expression).toList());
    }
    return NixWriter.attrs(attrs(value));
  }

  private static List<Attr> attrs(NixValue value) {
    List<Attr> attrs = new ArrayList<>();
    value.entries().forEach((name, entry) -> attrs.add(NixWriter.attr(name, expression(entry))));
    return attrs;
  }

  /**
   * Reads every table of a generated file, and fails unless they are written again as they stand
   * there, byte for byte.
   */
  public static void assertReadBack(Path file) throws Exception {
    // Some tests turn line ends, as a checkout may.
    String text = Files.readString(file).replace("\r\n", "\n");
    int start = text.indexOf("\nlet\n") + "\nlet".length();
    NixReader reader = new NixReader(file.toString(), text, start);
    assertThat(reader.attribute("no such table")).isEmpty();
    StringBuilder again = new StringBuilder();
    NixWriter.write(attrs(new NixValue.Attributes(reader.attributes())), 1, again);
    assertThat(reader.attributes()).isNotEmpty();
    assertThat(text.substring(start)).startsWith(again + "\n\n  # ---");
  }
}
