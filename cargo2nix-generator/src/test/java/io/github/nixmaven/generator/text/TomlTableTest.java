package io.github.nixmaven.generator.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  @DisplayName("A table holds the values of a file in their places")
  void values() {
    TomlTable table = TomlFile.parse("f.toml", TEXT.getBytes(StandardCharsets.UTF_8));

    assertThat(table.plain())
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
    assertThat(table.keys()).startsWith("text", "number");
    assertThat(table.position("day")).hasToString("f.toml:5:1");
    assertThat(table.isString("day")).isFalse();
    assertThat(table.table("table").position()).hasToString("f.toml:9:1");
    assertThat(table.tables("tables").get(1).position("name")).hasToString("f.toml:17:1");
    assertThatThrownBy(() -> table.table("table").strings("mixed"))
        .hasMessageStartingWith("f.toml:11:10: `mixed` must be an array of strings");
    assertThatThrownBy(() -> table.string("number"))
        .hasMessageStartingWith("f.toml:2:1: `number` must be a string");
  }
}
