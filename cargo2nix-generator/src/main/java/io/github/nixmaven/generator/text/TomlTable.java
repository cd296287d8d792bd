package io.github.nixmaven.generator.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;

/**
 * A table of a TOML file that knows where its keys stand.
 *
 * <p>Keys are taken as they are: a dot in a key does not descend. A value of another type than the
 * one asked for is the user's mistake and is reported at its key.
 */
public final class TomlTable {
  private final String file;
  private final org.tomlj.TomlTable table;
  private final @Nullable TomlPosition start;

  TomlTable(String file, org.tomlj.TomlTable table, @Nullable TomlPosition start) {
    this.file = file;
    this.table = table;
    this.start = start;
  }

  /** The file this table stands in, as messages name it. */
  public String file() {
    return file;
  }

  /** The table's own keys in the order of the file. */
  public List<String> keys() {
    return List.copyOf(table.keySet());
  }

  /** Whether the table has the key. */
  public boolean has(String key) {
    return table.get(List.of(key)) != null;
  }

  /** Whether the key's value is a table. */
  public boolean isTable(String key) {
    return table.get(List.of(key)) instanceof org.tomlj.TomlTable;
  }

  /** Whether the key's value is a string. */
  public boolean isString(String key) {
    return table.get(List.of(key)) instanceof String;
  }

  /** Whether the key's value is a boolean. */
  public boolean isBoolean(String key) {
    return table.get(List.of(key)) instanceof Boolean;
  }

  /** Whether the key's value is an integer. */
  public boolean isInteger(String key) {
    return table.get(List.of(key)) instanceof Long;
  }

  /** Whether the key's value is an array. */
  public boolean isArray(String key) {
    return table.get(List.of(key)) instanceof TomlArray;
  }

  /** The place of a key, or of the table where the key is absent. */
  public Position position(String key) {
    TomlPosition at = has(key) ? table.inputPositionOf(List.of(key)) : start;
    return at == null ? new Position(file, 0, 0) : new Position(file, at.line(), at.column());
  }

  /** The place of the table itself: its header or its opening brace. */
  public Position position() {
    return start == null
        ? new Position(file, 0, 0)
        : new Position(file, start.line(), start.column());
  }

  /** An error that points at a key. */
  public InputException error(String key, String problem, String remedy) {
    return new InputException(position(key), problem, remedy);
  }

  /** A string, or null where the key is absent. */
  public @Nullable String string(String key) {
    return value(key, String.class, "a string");
  }

  /** A string that must be there. */
  public String requiredString(String key) {
    String value = string(key);
    if (value == null) {
      throw new InputException(
          position(), "`" + key + "` is missing", "Add `" + key + " = \"…\"` to this table.");
    }
    return value;
  }

  /** A boolean, or null where the key is absent. */
  public @Nullable Boolean bool(String key) {
    return value(key, Boolean.class, "true or false");
  }

  /** A boolean with a default. */
  public boolean bool(String key, boolean otherwise) {
    Boolean value = bool(key);
    return value == null ? otherwise : value;
  }

  /** An integer, or null where the key is absent. */
  public @Nullable Long integer(String key) {
    return value(key, Long.class, "an integer");
  }

  /** A table, or null where the key is absent. */
  public @Nullable TomlTable table(String key) {
    org.tomlj.TomlTable value = value(key, org.tomlj.TomlTable.class, "a table");
    return value == null ? null : new TomlTable(file, value, table.inputPositionOf(List.of(key)));
  }

  /** An array of strings; empty where the key is absent. */
  public List<String> strings(String key) {
    TomlArray array = value(key, TomlArray.class, "an array");
    if (array == null) {
      return List.of();
    }
    List<String> result = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      if (!(array.get(i) instanceof String element)) {
        throw wrongType(at(array, i), key, "an array of strings");
      }
      result.add(element);
    }
    return result;
  }

  /** An array of tables; empty where the key is absent. */
  public List<TomlTable> tables(String key) {
    TomlArray array = value(key, TomlArray.class, "an array of tables");
    if (array == null) {
      return List.of();
    }
    List<TomlTable> result = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      if (!(array.get(i) instanceof org.tomlj.TomlTable element)) {
        throw wrongType(at(array, i), key, "an array of tables");
      }
      result.add(new TomlTable(file, element, array.inputPositionOf(i)));
    }
    return result;
  }

  /**
   * The table as plain maps, lists, strings, numbers and booleans with sorted keys: equal for two
   * files that differ in layout, order and comments only.
   */
  public Map<String, Object> plain() {
    return plain(table);
  }

  private static Map<String, Object> plain(org.tomlj.TomlTable table) {
    Map<String, Object> result = new TreeMap<>();
    for (String key : table.keySet()) {
      Object value = table.get(List.of(key));
      if (value != null) {
        result.put(key, plain(value));
      }
    }
    return new LinkedHashMap<>(result);
  }

  private static Object plain(Object value) {
    if (value instanceof org.tomlj.TomlTable nested) {
      return plain(nested);
    }
    if (value instanceof TomlArray array) {
      List<Object> result = new ArrayList<>(array.size());
      for (int i = 0; i < array.size(); i++) {
        result.add(plain(array.get(i)));
      }
      return result;
    }
    return value instanceof Long || value instanceof Double || value instanceof Boolean
        ? value
        : value.toString();
  }

  private <T> @Nullable T value(String key, Class<T> type, String what) {
    Object value = table.get(List.of(key));
    if (value != null && !type.isInstance(value)) {
      throw wrongType(position(key), key, what);
    }
    return type.cast(value);
  }

  private Position at(TomlArray array, int index) {
    TomlPosition at = array.inputPositionOf(index);
    return new Position(file, at.line(), at.column());
  }

  private static InputException wrongType(Position position, String key, String what) {
    return new InputException(
        position, "`" + key + "` must be " + what, "Change the value to " + what + ".");
  }
}
