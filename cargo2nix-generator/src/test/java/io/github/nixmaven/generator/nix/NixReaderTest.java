package io.github.nixmaven.generator.nix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.text.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The reader of what NixWriter writes")
class NixReaderTest {
  private static final List<String> PIECES =
      List.of(
          "\"",
          "$",
          "{",
          "}",
          "${",
          "$$",
          "$${",
          "\\",
          "\\${",
          "''",
          "\n",
          "\r",
          "\t",
          "\u0001",
          "é",
          "\u2028",
          "\ufeff",
          "\ud83d\ude00",
          "#",
          "/*",
          ";",
          "=",
          ".",
          "/",
          " ",
          "[",
          "]",
          "(",
          ")",
          "a",
          "Z",
          "0",
          "-",
          "_",
          "'",
          "if",
          "null",
          "true",
          "..");

  private static final List<String> NAMES =
      List.of(
          "name", "a-b", "a'b", "_", "x9", "if", "or", "null", "true", "", "1.0", "serde 1.0.2");

  @Test
  @DisplayName("reads 10,000 generated values back as they were")
  void roundTrip() {
    Random random = new Random(15);
    for (int i = 0; i < 10_000; i++) {
      NixValue value = value(random, 4);
      String written = NixWriter.write(NixValues.expression(value));

      NixValue read = NixReader.read("generated.nix", written);

      assertThat(read).as(written).isEqualTo(value);
      // Equal sets may differ in order, and a file's must not.
      assertThat(NixWriter.write(NixValues.expression(read))).isEqualTo(written);
    }
  }

  private static NixValue value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 9)) {
      case 0 -> new NixValue.Null();
      case 1 -> new NixValue.Bool(random.nextBoolean());
      case 2 -> new NixValue.Whole(random.nextInt());
      case 3 -> new NixValue.FilePath(path(random));
      case 4, 5 -> new NixValue.Text(text(random));
      case 6 -> {
        List<NixValue> items = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
          items.add(value(random, depth - 1));
        }
        yield new NixValue.Items(items);
      }
      default -> {
        Map<String, NixValue> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
          String name =
              random.nextBoolean() ? NAMES.get(random.nextInt(NAMES.size())) : text(random);
          entries.put(name, value(random, depth - 1));
        }
        yield new NixValue.Attributes(entries);
      }
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  /** A path of some names, as the writer leaves it: without empty names and {@code .}. */
  private static String path(Random random) {
    List<String> names = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String name = text(random).replace("/", "");
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return (random.nextBoolean() ? "/" : "") + String.join("/", names);
  }

  @Test
  @DisplayName("reads attributes one by one, and no further than asked for")
  void lazily() {
    String text = "a = 1;\n  b = { c = \"d\"; };\n  broken = ${;\n";
    NixReader reader = new NixReader("some.nix", text, 0);

    assertThat(reader.attribute("b")).get().extracting(b -> b.string("c").get()).isEqualTo("d");
    assertThat(reader.attribute("a")).contains(new NixValue.Whole(1));
    assertThatThrownBy(() -> reader.attribute("z")).hasMessageStartingWith("some.nix:3:12: ");
  }

  @Test
  @DisplayName("finds nothing behind the last attribute")
  void end() {
    NixReader reader = new NixReader("some.nix", "a = 1;\n\n# an engine\nb = 2;\n", 0);

    assertThat(reader.attribute("b")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "{",
        "{ a = 1 }",
        "{ a 1; }",
        "{ inherit a; }",
        "{ a.b = 1; }",
        "[ 1",
        "( 1 ",
        "\"open",
        "\"open\\\"",
        "\"a${b}\"",
        "\"\\q\"",
        "''a''",
        "-",
        "9223372036854775808",
        "1 2",
        "../a",
        "./. + a",
        "./. + \"a\"",
        "rec { }",
        "# comment",
      })
  @DisplayName("refuses everything else with its place and a remedy")
  void refuses(String text) {
    assertThatThrownBy(() -> NixReader.read("some.nix", text))
        .isInstanceOf(InputException.class)
        .hasMessageMatching("(?s)some\\.nix:1:\\d+: .+\\n  Undo the change, .*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~{\n  a = [\n    1\n    x\n  ];\n}\n~ | 4:5",
        "~{\n  a = 1;\n  a = 2;\n}\n~ | 3:3",
        "~{\n<<<<<<< HEAD\n}\n~ | 2:1",
      })
  @DisplayName("says in which line and column it stopped")
  void place(String text, String place) {
    assertThatThrownBy(() -> NixReader.read("some.nix", text))
        .hasMessageStartingWith("some.nix:" + place + ": ");
  }
}
