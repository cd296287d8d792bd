package io.github.nixmaven.generator.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses the part of TOML that locks and most manifests use. It does not parse floats, dates,
 * integers other than plain decimal ones, escapes by number, lines that end in a backslash,
 * multi-line strings in single quotes, tables that are defined after their children or in two
 * notations, and invalid text.
 *
 * <p>The full parser takes 0.3 s for its first manifest in a fresh JVM, and as long again for a
 * lock of a thousand packages. It still reads every file that contains anything else, and reports
 * every mistake.
 */
final class PlainToml {
  /** Thrown for text that only the full parser can read. */
  private static final class Other extends RuntimeException {
    private static final long serialVersionUID = 1;

    Other() {
      super(null, null, false, false);
    }
  }

  /** An array of tables, to which {@code [[…]]} adds; not an array of values. */
  private static final class Tables extends ArrayList<TomlTable.Entry> {
    private static final long serialVersionUID = 1;
  }

  /** A table that a header may extend; not an inline table or one from a dotted key. */
  private static final class Entries extends LinkedHashMap<String, TomlTable.Entry> {
    private static final long serialVersionUID = 1;
  }

  private final String file;
  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;

  private PlainToml(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /** Reads a file, or returns null when only the full parser can read it. */
  static @Nullable TomlTable parse(String file, String text) {
    try {
      return new PlainToml(file, text).document();
    } catch (Other e) {
      return null;
    }
  }

  private TomlTable document() {
    Entries root = new Entries();
    Map<String, TomlTable.Entry> table = root;
    while (at < text.length()) {
      skipBlanks();
      char c = peek();
      if (c == '[') {
        table = header(root);
      } else if (c != '\n' && c != '\r' && c != '#' && at < text.length()) {
        assignment(table, true);
      }
      endLine();
    }
    return new TomlTable(new Position(file, 0, 0), root);
  }

  private Entries header(Entries root) {
    int column = column();
    boolean array = text.startsWith("[[", at);
    at += array ? 2 : 1;
    Entries parent = root;
    String key = key();
    while (peek() == '.') {
      at++;
      parent = child(parent, key, column);
      key = key();
    }
    expect(']');
    if (array) {
      expect(']');
    }
    TomlTable.Entry known = parent.get(key);
    Entries entries = new Entries();
    TomlTable table = new TomlTable(new Position(file, line, column), entries);
    TomlTable.Entry entry = new TomlTable.Entry(table, line, column);
    if (!array && known == null) {
      parent.put(key, entry);
    } else if (array && known == null) {
      Tables tables = new Tables();
      tables.add(entry);
      parent.put(key, new TomlTable.Entry(tables, line, column));
    } else if (array && known != null && known.value() instanceof Tables tables) {
      tables.add(entry);
    } else {
      throw new Other();
    }
    return entries;
  }

  /** The table that a header's part, other than the last, refers to. */
  private Entries child(Entries parent, String key, int column) {
    TomlTable.Entry known = parent.get(key);
    if (known == null) {
      Entries entries = new Entries();
      TomlTable table = new TomlTable(new Position(file, line, column), entries);
      parent.put(key, new TomlTable.Entry(table, line, column));
      return entries;
    }
    Object value =
        known.value() instanceof Tables tables
            ? tables.get(tables.size() - 1).value()
            : known.value();
    if (value instanceof TomlTable table && table.entries() instanceof Entries entries) {
      return entries;
    }
    throw new Other();
  }

  private void assignment(Map<String, TomlTable.Entry> table, boolean dotted) {
    int column = column();
    Map<String, TomlTable.Entry> parent = table;
    String key = key();
    while (peek() == '.') {
      if (!dotted) {
        throw new Other();
      }
      at++;
      Map<String, TomlTable.Entry> entries = new LinkedHashMap<>();
      TomlTable child = new TomlTable(new Position(file, line, column), entries);
      if (parent.putIfAbsent(key, new TomlTable.Entry(child, line, column)) != null) {
        throw new Other();
      }
      parent = entries;
      key = key();
    }
    expect('=');
    skipBlanks();
    int keyLine = line;
    Object value = value(new Position(file, line, column));
    if (parent.putIfAbsent(key, new TomlTable.Entry(value, keyLine, column)) != null) {
      throw new Other();
    }
  }

  /** Reads a part of a key and the blanks around it. */
  private String key() {
    skipBlanks();
    int start = at;
    String key;
    if (peek() == '"' || peek() == '\'') {
      key = string();
    } else {
      while (isBareKey(peek())) {
        at++;
      }
      if (at == start) {
        throw new Other();
      }
      key = text.substring(start, at);
    }
    skipBlanks();
    return key;
  }

  private static boolean isBareKey(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  /**
   * A value.
   *
   * @param position the place of the value, if it is a table
   */
  private Object value(Position position) {
    return switch (peek()) {
      case '"' -> text.startsWith("\"\"\"", at) ? lines() : string();
      case '\'' -> string();
      case '[' -> array();
      case '{' -> inlineTable(position);
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      default -> number();
    };
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw new Other();
    }
    at += word.length();
    return endOfWord(value);
  }

  private Object number() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    int digits = at - start;
    if (digits == 0 || digits > 18 || (digits > 1 && text.charAt(start) == '0')) {
      throw new Other();
    }
    return endOfWord(Long.valueOf(text.substring(start, at)));
  }

  private Object endOfWord(Object value) {
    if ("\n\r \t,]}#\0".indexOf(peek()) < 0) {
      throw new Other();
    }
    return value;
  }

  private List<TomlTable.Entry> array() {
    at++;
    List<TomlTable.Entry> elements = new ArrayList<>();
    while (true) {
      skipLines();
      if (peek() == ']') {
        at++;
        return elements;
      }
      int start = column();
      int startLine = line;
      elements.add(new TomlTable.Entry(value(new Position(file, line, start)), startLine, start));
      skipLines();
      if (peek() != ']') {
        expect(',');
      }
    }
  }

  private TomlTable inlineTable(Position position) {
    at++;
    Map<String, TomlTable.Entry> entries = new LinkedHashMap<>();
    skipBlanks();
    if (peek() != '}') {
      assignment(entries, false);
      skipBlanks();
      while (peek() == ',') {
        at++;
        skipBlanks();
        assignment(entries, false);
        skipBlanks();
      }
    }
    expect('}');
    return new TomlTable(position, entries);
  }

  /** A string on one line. */
  private String string() {
    char quote = text.charAt(at++);
    int start = at;
    while (peek() != quote) {
      if (peek() == '\\' && quote == '"') {
        return escaped(start, false);
      }
      requirePrintable();
    }
    return text.substring(start, at++);
  }

  /** A string in three double quotes. */
  private String lines() {
    at += 3;
    newLine();
    return escaped(at, true);
  }

  /** The rest of a string in double quotes, from its start. */
  private String escaped(int start, boolean lines) {
    StringBuilder result = new StringBuilder(text.substring(start, at));
    while (true) {
      char c = peek();
      if (c == '"' && !lines) {
        at++;
        return result.toString();
      } else if (c == '"' && text.startsWith("\"\"\"", at)) {
        at += 3;
        if (peek() == '"') {
          throw new Other();
        }
        return result.toString();
      } else if (c == '\\') {
        at++;
        result.append(
            switch (peek()) {
              case '"' -> '"';
              case '\\' -> '\\';
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'r' -> '\r';
              default -> throw new Other();
            });
        at++;
      } else if (c == '\n' && lines) {
        newLine();
        result.append(c);
      } else {
        requirePrintable();
        result.append(c);
      }
    }
  }

  /** Skips a character that strings and comments can contain unescaped; it counts as one column. */
  private void requirePrintable() {
    char c = peek();
    if ((c < ' ' && c != '\t') || c == '\u007f' || Character.isSurrogate(c)) {
      throw new Other();
    }
    at++;
  }

  /** Blanks, comments and line ends. */
  private void skipLines() {
    do {
      skipBlanks();
      skipComment();
    } while (newLine());
  }

  private void endLine() {
    skipBlanks();
    skipComment();
    if (!newLine() && at < text.length()) {
      throw new Other();
    }
  }

  private void skipComment() {
    if (peek() == '#') {
      while (at < text.length() && peek() != '\n' && peek() != '\r') {
        requirePrintable();
      }
    }
  }

  private void skipBlanks() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  private boolean newLine() {
    if (peek() != '\n' && !text.startsWith("\r\n", at)) {
      return false;
    }
    at += peek() == '\n' ? 1 : 2;
    line++;
    lineStart = at;
    return true;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw new Other();
    }
    at++;
  }

  /** The next character; NUL, which TOML does not allow, at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private int column() {
    return at - lineStart + 1;
  }
}
