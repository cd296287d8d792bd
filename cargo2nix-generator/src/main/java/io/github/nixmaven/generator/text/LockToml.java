package io.github.nixmaven.generator.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of TOML that cargo writes a lock in: comments, arrays of tables, and keys with strings
 * without escapes, numbers, and arrays with one string a line.
 *
 * <p>The parser proper takes half a second for a thousand packages in a fresh JVM, which is most of
 * what reading a project takes. It still has the word on every file that holds anything else.
 */
final class LockToml {
  private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

  private final String file;
  private final Map<String, TomlTable.Entry> root = new LinkedHashMap<>();
  private Map<String, TomlTable.Entry> table = root;
  private @Nullable List<TomlTable.Entry> array;
  private int line;

  /** What {@code [[…]]} adds to, which an array of values is not. */
  private static final class Tables extends ArrayList<TomlTable.Entry> {
    private static final long serialVersionUID = 1;
  }

  private LockToml(String file) {
    this.file = file;
  }

  /** Reads a lock, or returns null where it takes the parser proper. */
  static @Nullable TomlTable parse(String file, String text) {
    LockToml reader = new LockToml(file);
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        return null;
      }
      reader.line++;
      if (!reader.read(text.substring(start, end))) {
        return null;
      }
      start = end + 1;
    }
    return reader.array == null ? new TomlTable(new Position(file, 0, 0), reader.root) : null;
  }

  private boolean read(String text) {
    if (array != null) {
      return element(array, text);
    }
    if (text.isEmpty()) {
      return true;
    }
    return switch (text.charAt(0)) {
      case '#' -> isPlain(text);
      case '[' -> header(text);
      default -> assignment(text);
    };
  }

  private boolean element(List<TomlTable.Entry> elements, String text) {
    if (text.equals("]")) {
      array = null;
      return true;
    }
    int length = text.length();
    if (length < 4 || !text.startsWith(" \"") || !text.endsWith("\",")) {
      return false;
    }
    String value = text.substring(2, length - 2);
    elements.add(new TomlTable.Entry(value, line, 2));
    return isPlain(value);
  }

  private boolean header(String text) {
    if (!text.startsWith("[[") || !text.endsWith("]]")) {
      return false;
    }
    String key = text.substring(2, text.length() - 2);
    if (!BARE_KEY.matcher(key).matches()) {
      return false;
    }
    TomlTable.Entry tables =
        root.computeIfAbsent(key, k -> new TomlTable.Entry(new Tables(), line, 1));
    if (!(tables.value() instanceof Tables list)) {
      return false;
    }
    table = new LinkedHashMap<>();
    return list.add(
        new TomlTable.Entry(new TomlTable(new Position(file, line, 1), table), line, 1));
  }

  private boolean assignment(String text) {
    int equals = text.indexOf(" = ");
    if (equals < 0 || !BARE_KEY.matcher(text.substring(0, equals)).matches()) {
      return false;
    }
    Object value = value(text.substring(equals + 3));
    return value != null
        && table.put(text.substring(0, equals), new TomlTable.Entry(value, line, 1)) == null;
  }

  private @Nullable Object value(String text) {
    if (text.equals("[")) {
      array = new ArrayList<>();
      return array;
    }
    if (NUMBER.matcher(text).matches()) {
      return Long.valueOf(text);
    }
    int last = text.length() - 1;
    if (last < 1 || text.charAt(0) != '"' || text.charAt(last) != '"') {
      return null;
    }
    String value = text.substring(1, last);
    return isPlain(value) ? value : null;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
