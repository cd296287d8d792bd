package io.github.nixmaven.generator.nix;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads only the part of Nix that {@link NixWriter} writes: sets, lists, strings, numbers, {@code
 * true}, {@code false}, {@code null} and paths.
 */
public final class NixReader {
  private static final NixValue.Null NULL = new NixValue.Null();
  private static final NixValue.Bool TRUE = new NixValue.Bool(true);
  private static final NixValue.Bool FALSE = new NixValue.Bool(false);

  private final String file;
  private final String text;
  // The text with a NUL at its end. In an array, as a run is over before calls are compiled away.
  private final char[] chars;
  private final Map<String, NixValue> attributes = new LinkedHashMap<>();
  private int at;
  // The next character with a special meaning in a string. indexOf finds it, because a run ends
  // before the JIT compiles a loop of our own.
  private int nextEscape = -1;
  private int nextInterpolation = -1;

  /**
   * Reads attributes one after another, as in a {@code let}.
   *
   * @param file the name of the text in messages
   * @param start the position of the first attribute's name, or of space before it
   */
  public NixReader(String file, String text, int start) {
    this.file = file;
    this.text = text;
    this.chars = new char[text.length() + 1];
    text.getChars(0, text.length(), chars, 0);
    this.at = start;
  }

  /**
   * Reads one value.
   *
   * @param file the name of the text in messages
   * @param text the value, with only space around it
   * @throws InputException when {@link NixWriter} does not write such a text
   */
  public static NixValue read(String file, String text) {
    NixReader reader = new NixReader(file, text, 0);
    reader.skipSpace();
    NixValue value = reader.value();
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.unknown("there is more text after the value");
    }
    return value;
  }

  /**
   * The value of an attribute. Reads no further than this attribute. If it is absent, reads up to
   * the first text that is not an attribute.
   *
   * @throws InputException when {@link NixWriter} does not write such a value
   */
  public Optional<NixValue> attribute(String name) {
    while (!attributes.containsKey(name) && isNameNext()) {
      readAttribute(attributes);
    }
    return Optional.ofNullable(attributes.get(name));
  }

  /** The attributes that were read so far, in the order of the text. */
  Map<String, NixValue> attributes() {
    return attributes;
  }

  private boolean isNameNext() {
    skipSpace();
    char c = chars[at];
    return c == '"' || (isNameStart(c) && !isEndOfLet());
  }

  private boolean isEndOfLet() {
    return text.startsWith("in", at) && Character.isWhitespace(chars[at + 2]);
  }

  private void readAttribute(Map<String, NixValue> into) {
    int start = at;
    String name = chars[at] == '"' ? string() : word();
    skipSpace();
    expect('=');
    skipSpace();
    NixValue value = value();
    skipSpace();
    expect(';');
    if (into.put(name, value) != null) {
      at = start;
      throw unknown("there are two attributes `" + name + "`");
    }
  }

  private NixValue value() {
    char c = chars[at];
    return switch (c) {
      case '"' -> new NixValue.Text(string());
      case '{' -> set();
      case '[' -> list();
      case '(' -> inParentheses();
      case '.', '/' -> path();
      default -> c == '-' || isDigit(c) ? number() : constant();
    };
  }

  private NixValue inParentheses() {
    at++;
    NixValue value = value();
    expect(')');
    return value;
  }

  private NixValue set() {
    at++;
    Map<String, NixValue> entries = new LinkedHashMap<>(32); // most have some twenty
    while (isNameNext()) {
      readAttribute(entries);
    }
    expect('}');
    return new NixValue.Attributes(entries);
  }

  private NixValue list() {
    at++;
    List<NixValue> items = new ArrayList<>();
    skipSpace();
    while (chars[at] != ']') {
      items.add(value());
      skipSpace();
    }
    at++;
    return new NixValue.Items(items);
  }

  private NixValue number() {
    int start = at++;
    while (isDigit(chars[at])) {
      at++;
    }
    try {
      return new NixValue.Whole(Long.parseLong(text, start, at, 10));
    } catch (NumberFormatException e) {
      at = start;
      throw unknown("this is not a 64-bit number");
    }
  }

  private NixValue constant() {
    int start = at;
    String word = isNameStart(chars[at]) ? word() : "";
    return switch (word) {
      case "true" -> TRUE;
      case "false" -> FALSE;
      case "null" -> NULL;
      default -> {
        at = start;
        throw unknown("this is not a value that a generator writes");
      }
    };
  }

  /** Names that Nix accepts unquoted, or {@code ./. + "any names"}. */
  private NixValue path() {
    int start = at;
    while (isPathCharacter(chars[at])) {
      at++;
    }
    String path = text.substring(start, at);
    boolean relative = path.startsWith("./");
    if (!relative && !path.startsWith("/")) {
      at = start;
      throw unknown("this is not a path");
    }
    if (path.equals("./.") || path.equals("/.")) {
      path = path.substring(0, path.length() - 2);
      int end = at;
      skipSpace();
      if (chars[at] == '+') {
        at++;
        skipSpace();
        String names = string();
        if (!names.startsWith("/")) {
          throw unknown("this is not a path");
        }
        path += names;
      } else {
        at = end;
        path += "/";
      }
    }
    return new NixValue.FilePath(relative ? path.substring(2) : path);
  }

  private String string() {
    expect('"');
    int end = text.indexOf('"', at);
    if (end < 0) {
      throw unknown("this string does not end");
    }
    if (isPlain(end)) {
      String plain = text.substring(at, end);
      at = end + 1;
      return plain;
    }
    return escapedString();
  }

  private String escapedString() {
    StringBuilder result = new StringBuilder();
    for (char c = chars[at]; c != '"'; c = chars[at]) {
      if (at >= text.length()) {
        throw unknown("this string does not end");
      }
      if (c == '$' && text.startsWith("{", at + 1)) {
        throw unknown("a generator does not write `${` into a string");
      }
      if (c == '\\') {
        at++;
        c = escaped(chars[at]);
      }
      result.append(c);
      at++;
    }
    at++;
    return result.toString();
  }

  private char escaped(char c) {
    return switch (c) {
      case '\\', '"', '$' -> c;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> throw unknown("a generator does not write `\\" + c + "`");
    };
  }

  /** Whether a string that ends there is exactly the text. */
  private boolean isPlain(int end) {
    if (nextEscape < at) {
      nextEscape = next("\\");
    }
    if (nextInterpolation < at) {
      nextInterpolation = next("${");
    }
    return nextEscape > end && nextInterpolation > end;
  }

  private int next(String what) {
    int found = text.indexOf(what, at);
    return found < 0 ? Integer.MAX_VALUE : found;
  }

  private String word() {
    int start = at;
    char c = chars[at];
    while ((c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '\'') {
      c = chars[++at];
    }
    return text.substring(start, at);
  }

  private void expect(char c) {
    if (chars[at] != c) {
      throw unknown("`" + c + "` is missing");
    }
    at++;
  }

  private void skipSpace() {
    char c = chars[at];
    while (c == ' ' || c == '\n' || c == '\r') {
      c = chars[++at];
    }
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isPathCharacter(char c) {
    return isNameStart(c) || isDigit(c) || c == '/' || c == '.' || c == '+' || c == '-';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private InputException unknown(String problem) {
    int line = 1;
    int lineStart = 0;
    for (int end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', lineStart)) {
      line++;
      lineStart = end + 1;
    }
    return new InputException(
        new Position(file, line, at - lineStart + 1),
        problem,
        "Undo the change, or generate the file again.");
  }
}
