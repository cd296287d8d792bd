package io.github.nixmaven.generator.nix;

import static io.github.nixmaven.generator.nix.NixWriter.attr;
import static io.github.nixmaven.generator.nix.NixWriter.attrs;
import static io.github.nixmaven.generator.nix.NixWriter.bool;
import static io.github.nixmaven.generator.nix.NixWriter.integer;
import static io.github.nixmaven.generator.nix.NixWriter.let;
import static io.github.nixmaven.generator.nix.NixWriter.list;
import static io.github.nixmaven.generator.nix.NixWriter.path;
import static io.github.nixmaven.generator.nix.NixWriter.raw;
import static io.github.nixmaven.generator.nix.NixWriter.string;
import static io.github.nixmaven.generator.nix.NixWriter.strings;
import static io.github.nixmaven.generator.nix.NixWriter.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.generator.nix.NixWriter.Attr;
import io.github.nixmaven.generator.nix.NixWriter.Expression;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written is read back by Nix itself. */
class NixWriterTest {
  private static final List<String> HOSTILE =
      List.of(
          "\"",
          "$",
          "{",
          "}",
          "${",
          "$$",
          "\\",
          "\\${",
          "''",
          "''${",
          "\n",
          "\r",
          "\r\n",
          "\t",
          "\u0001",
          "\u001f",
          "\u007f",
          "é",
          "\u2028",
          "\ufeff",
          "\ud83d\ude00",
          "#",
          "/*",
          "*/",
          "'",
          ";",
          "=",
          ".",
          "/",
          " ",
          "~",
          "<",
          ">",
          "@",
          "a",
          "Z",
          "0",
          "-",
          "_",
          "if",
          "let",
          "${builtins.abort \"out\"}",
          "\" + builtins.abort \"out\" + \"");

  @TempDir Path folder;

  @Test
  @DisplayName("A string comes back from Nix as it was, whatever it holds")
  void strings_come_back() throws Exception {
    List<String> texts = hostile(3000);

    JsonNode read = evaluate(strings(texts));

    List<String> back = new ArrayList<>();
    read.forEach(node -> back.add(node.textValue()));
    assertThat(back).isEqualTo(texts);
  }

  @Test
  @DisplayName("An attribute's name comes back from Nix as it was, whatever it holds")
  void names_come_back() throws Exception {
    Set<String> names = new LinkedHashSet<>(hostile(3000));
    names.addAll(
        List.of(
            "",
            "if",
            "then",
            "else",
            "assert",
            "with",
            "let",
            "in",
            "rec",
            "inherit",
            "or",
            "true",
            "null",
            "a'b",
            "a-b",
            "_",
            "9a",
            "-a",
            "a.b",
            "__curPos",
            "import",
            "é"));
    List<Attr> set = new ArrayList<>();
    names.forEach(name -> set.add(attr(name, string(name))));

    JsonNode read = evaluate(attrs(set));

    List<String> back = new ArrayList<>();
    read.properties()
        .forEach(
            field -> {
              assertThat(field.getValue().textValue()).isEqualTo(field.getKey());
              back.add(field.getKey());
            });
    assertThat(back).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  @DisplayName("A relative path means a place beside the file, whatever its names hold")
  void relative_paths() throws Exception {
    List<String> paths = new ArrayList<>();
    for (String name : hostile(1000)) {
      String plain = name.replaceAll("/", "").replaceAll("^[.]{1,2}$", "").strip();
      paths.add("crates/" + plain + "/src");
    }
    paths.addAll(
        List.of(".", "", "./", "a", "a/", "a//b", "./a", "../a", "../../b c", ".cargo", "a+b"));

    assertThat(resolved(paths))
        .isEqualTo(
            paths.stream().map(path -> folder.resolve(path).normalize().toString()).toList());
  }

  @Test
  @DisplayName("An absolute path stays one")
  void absolute_paths() throws Exception {
    assertThat(resolved(List.of("/", "/nix/store", "/home/a b/${c}", "//x")))
        .containsExactly("/", "/nix/store", "/home/a b/${c}", "/x");
  }

  @Test
  @DisplayName("Numbers, truth values, lists and sets nest, and each item of a list stays one item")
  void nesting() throws Exception {
    Expression expression =
        let(
            List.of(attr("two words", integer(1)), attr("x", integer(2))),
            attrs(
                List.of(
                    attr("empty", attrs(List.of())),
                    attr("none", list(List.of())),
                    attr(
                        "items",
                        list(
                            List.of(
                                integer(-1),
                                integer(Integer.MIN_VALUE),
                                bool(true),
                                raw("x + 1"),
                                let(List.of(attr("y", integer(4))), raw("y")),
                                list(List.of(raw("builtins.add 2 3"))),
                                attrs(List.of(attr("a", bool(false))))))))));

    assertThat(evaluate(expression))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    "{\"empty\":{},\"none\":[],"
                        + "\"items\":[-1,-2147483648,true,3,4,[5],{\"a\":false}]}"));
  }

  @Test
  @DisplayName("There is one item a line, indented by two spaces a level")
  void layout() {
    Expression expression =
        let(
            List.of(attr("version", string("1.0"))),
            attrs(
                List.of(
                    attr("name", string("a \"b\" ${c}")),
                    attr("a b", path("crates/a")),
                    attr("type", strings(List.of("lib"))),
                    attr("features", strings(List.of("default", "std"))),
                    attr("deps", attrs(List.of(attr("if", raw("version"))))),
                    attr("none", attrs(List.of())),
                    attr("src", path("my crate")))));

    assertThat(write(expression))
        .isEqualTo(
            """
            let
              version = "1.0";
            in
            {
              name = "a \\"b\\" \\${c}";
              "a b" = ./crates/a;
              type = [ "lib" ];
              features = [
                "default"
                "std"
              ];
              deps = {
                "if" = version;
              };
              none = { };
              src = ./. + "/my crate";
            }
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "\ud800", "a\udc00b"})
  @DisplayName("Text that no Nix string can hold is the user's mistake")
  void unrepresentable(String text) {
    assertThatThrownBy(() -> string(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("character that Nix cannot store");
    assertThatThrownBy(() -> path("a/" + text)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> write(attrs(List.of(attr(text, bool(true))))))
        .isInstanceOf(InputException.class);
  }

  @Test
  @DisplayName("The same name twice in one set is refused")
  void twice() {
    List<Attr> twice = List.of(attr("a", bool(true)), attr("a", bool(true)));

    assertThatThrownBy(() -> attrs(twice)).hasMessage("there are two attributes 'a'");
    assertThatThrownBy(() -> let(twice, bool(true))).hasMessage("there are two attributes 'a'");
  }

  /** The seed is fixed, so that a failure comes back. */
  private static List<String> hostile(int count) {
    Random random = new Random(42);
    List<String> texts = new ArrayList<>(HOSTILE);
    while (texts.size() < count) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        int codePoint = 1 + random.nextInt(Character.MAX_CODE_POINT);
        if (random.nextInt(4) > 0 || Character.getType(codePoint) == Character.SURROGATE) {
          text.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
        } else {
          text.appendCodePoint(codePoint);
        }
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private List<String> resolved(List<String> paths) throws Exception {
    List<Expression> texts = new ArrayList<>();
    for (String path : paths) {
      texts.add(raw("toString (" + write(path(path)) + ")"));
    }
    List<String> resolved = new ArrayList<>();
    evaluate(list(texts)).forEach(node -> resolved.add(node.textValue()));
    return resolved;
  }

  private JsonNode evaluate(Expression expression) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("expression.nix"), write(expression));
    Process nix =
        new ProcessBuilder("nix-instantiate", "--eval", "--strict", "--json", file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] json = nix.getInputStream().readAllBytes();
    assertThat(nix.waitFor()).isZero();
    return new ObjectMapper().readTree(json);
  }
}
