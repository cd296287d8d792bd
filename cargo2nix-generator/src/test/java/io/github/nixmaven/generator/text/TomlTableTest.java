package io.github.nixmaven.generator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TomlTableTest {
  private static final String TEXT =
      """
      text = "a \\u00e9 \\U0001F980"
      number = -7
      share = 0.5
      yes = true
      day = 2026-11-21
      "quoted.key" = 1
      dotted.key = 2

      [table]
      list = ["a", "b"]
      mixed = [1, [2, { x = 3 }]]

      [[tables]]
      name = "one"

      [[tables]]
      name = "two"
      """;

  @Test
  @DisplayName("A table that was written down and read back holds the same values in their places")
  void roundTrip() throws Exception {
    TomlTable table = TomlFile.parse("f.toml", TEXT.getBytes(StandardCharsets.UTF_8));

    TomlTable again = copy(table);

    assertThat(again.plain())
        .isEqualTo(table.plain())
        .isEqualTo(
            Map.of(
                "text",
                "a é 🦀",
                "number",
                -7L,
                "share",
                0.5,
                "yes",
                true,
                "day",
                "2026-11-21",
                "quoted.key",
                1L,
                "dotted",
                Map.of("key", 2L),
                "table",
                Map.of(
                    "list", List.of("a", "b"), "mixed", List.of(1L, List.of(2L, Map.of("x", 3L)))),
                "tables",
                List.of(Map.of("name", "one"), Map.of("name", "two"))));
    assertThat(again.keys()).isEqualTo(table.keys()).startsWith("text", "number");
    for (TomlTable each : List.of(table, again)) {
      assertThat(each.position("day")).hasToString("f.toml:5:1");
      assertThat(each.isString("day")).isFalse();
      assertThat(each.table("table").position()).hasToString("f.toml:9:1");
      assertThat(each.tables("tables").get(1).position("name")).hasToString("f.toml:17:1");
      assertThatThrownBy(() -> each.table("table").strings("mixed"))
          .hasMessageStartingWith("f.toml:11:10: `mixed` must be an array of strings");
      assertThatThrownBy(() -> each.string("number"))
          .hasMessageStartingWith("f.toml:2:1: `number` must be a string");
    }
  }

  private static TomlTable copy(TomlTable table) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    table.write(new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    TomlTable result = TomlTable.read(table.file(), in);
    assertThat(in.read()).isEqualTo(-1);
    return result;
  }
}
