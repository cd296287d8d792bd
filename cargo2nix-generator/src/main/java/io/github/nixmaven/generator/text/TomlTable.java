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
 * A table of a TOML file that knows the places of its keys.
 *
 * <p>Keys are taken as they are: a dot in a key does not descend. A value of the wrong type is the
 * user's mistake and is reported at its key.
 */
public final class TomlTable {
  private final Position start;
  private final Map<String, Entry> entries;

  TomlTable(Position start, Map<String, Entry> entries) {
    this.start = start;
    this.entries = entries;
  }

  /** The table's entries; a reader may still add to them. */
  Map<String, Entry> entries() {
    return entries;
  }

  /**
   * A value and its place.
   *
   * @param value a String, Long, Double, Boolean, {@link Other}, TomlTable or a list of entries
   */
  record Entry(Object value, int line, int column) {}

  /**
   * A table that does not come from a parser.
   *
   * @param place the place for messages
   * @param values strings, longs, doubles, booleans and maps of such
   */
  public static TomlTable of(Position place, Map<String, ?> values) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          Object modelled = value;
          if (value instanceof Map<?, ?> map) {
            Map<String, Object> nested = new LinkedHashMap<>();
            map.forEach((k, v) -> nested.put(String.valueOf(k), v));
            modelled = of(place, nested);
          }
          entries.put(key, new Entry(modelled, place.line(), place.column()));
        });
    return new TomlTable(place, entries);
  }

  /** A date or a time. Package managers' files contain these only in free-form tables. */
  private record Other(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /** Copies the parser's result, whose lookups are slow. */
  static TomlTable of(String file, org.tomlj.TomlTable table) {
    return of(new Position(file, 0, 0), table);
  }

  private static TomlTable of(Position start, org.tomlj.TomlTable table) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (String key : table.keySet()) {
      List<String> path = List.of(key);
      Object value = table.get(path);
      if (value != null) {
        entries.put(key, entry(start.file(), value, table.inputPositionOf(path)));
      }
    }
    return new TomlTable(start, entries);
  }

  private static Entry entry(String file, Object value, @Nullable TomlPosition at) {
    int line = at == null ? 0 : at.line();
    int column = at == null ? 0 : at.column();
    return new Entry(model(new Position(file, line, column), value), line, column);
  }

  private static Object model(Position at, Object value) {
    if (value instanceof org.tomlj.TomlTable table) {
      return of(at, table);
    }
    if (value instanceof TomlArray array) {
      List<Entry> elements = new ArrayList<>(array.size());
      for (int i = 0; i < array.size(); i++) {
        elements.add(entry(at.file(), array.get(i), array.inputPositionOf(i)));
      }
      return elements;
    }
    return value instanceof String
            || value instanceof Long
            || value instanceof Double
            || value instanceof Boolean
        ? value
        : new Other(value.toString());
  }

  /** The name of the table's file in messages. */
  public String file() {
    return start.file();
  }

  /** The table's own keys in the order of the file. */
  public List<String> keys() {
    return List.copyOf(entries.keySet());
  }

  /** Whether the table has the key. */
  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /** Whether the key's value is a table. */
  public boolean isTable(String key) {
    return value(key) instanceof TomlTable;
  }

  /** Whether the key's value is a string. */
  public boolean isString(String key) {
    return value(key) instanceof String;
  }

  /** Whether the key's value is a boolean. */
  public boolean isBoolean(String key) {
    return value(key) instanceof Boolean;
  }

  /** Whether the key's value is an integer. */
  public boolean isInteger(String key) {
    return value(key) instanceof Long;
  }

  /** Whether the key's value is an array. */
  public boolean isArray(String key) {
    return value(key) instanceof List;
  }

  /** The place of a key, or of the table when the key is absent. */
  public Position position(String key) {
    Entry entry = entries.get(key);
    return entry == null ? start : at(entry);
  }

  /** The place of the table itself: its header or its opening brace. */
  public Position position() {
    return start;
  }

  /** An error that points at a key. */
  public InputException error(String key, String problem, String remedy) {
    return new InputException(position(key), problem, remedy);
  }

  /** A string, or null when the key is absent. */
  public @Nullable String string(String key) {
    return value(key, String.class, "a string");
  }

  /** A required string. */
  public String requiredString(String key) {
    String value = string(key);
    if (value == null) {
      throw new InputException(
          position(), "`" + key + "` is missing", "Add `" + key + " = \"…\"` to this table.");
    }
    return value;
  }

  /** A boolean, or null when the key is absent. */
  public @Nullable Boolean bool(String key) {
    return value(key, Boolean.class, "true or false");
  }

  /** A boolean with a default. */
  public boolean bool(String key, boolean otherwise) {
    Boolean value = bool(key);
    return value == null ? otherwise : value;
  }

  /** An integer, or null when the key is absent. */
  public @Nullable Long integer(String key) {
    return value(key, Long.class, "an integer");
  }

  /** A table, or null when the key is absent. */
  public @Nullable TomlTable table(String key) {
    return value(key, TomlTable.class, "a table");
  }

  /** A table, empty when the key is absent. */
  public TomlTable tableOrEmpty(String key) {
    TomlTable table = table(key);
    return table == null ? new TomlTable(start, Map.of()) : table;
  }

  /** An array of strings, empty when the key is absent. */
  public List<String> strings(String key) {
    return elements(key, String.class, "an array of strings");
  }

  /** An array of tables, empty when the key is absent. */
  public List<TomlTable> tables(String key) {
    return elements(key, TomlTable.class, "an array of tables");
  }

  /**
   * An array of tables. A table with a single key may be written as the value of that key, a
   * string.
   *
   * @param shorthand that key
   */
  public List<TomlTable> tables(String key, String shorthand) {
    List<?> array = value(key, List.class, "an array of strings or tables");
    List<TomlTable> result = new ArrayList<>();
    for (Object item : array == null ? List.of() : array) {
      Entry element = (Entry) item;
      if (element.value() instanceof TomlTable table) {
        result.add(table);
      } else if (element.value() instanceof String) {
        result.add(new TomlTable(at(element), Map.of(shorthand, element)));
      } else {
        throw wrongType(at(element), key, "an array of strings or tables");
      }
    }
    return result;
  }

  private <T> List<T> elements(String key, Class<T> type, String what) {
    List<?> array = value(key, List.class, type == String.class ? "an array" : what);
    if (array == null) {
      return List.of();
    }
    List<T> result = new ArrayList<>(array.size());
    for (Object item : array) {
      Entry element = (Entry) item;
      if (!type.isInstance(element.value())) {
        throw wrongType(at(element), key, what);
      }
      result.add(type.cast(element.value()));
    }
    return result;
  }

  /**
   * The table as plain maps, lists, strings, numbers and booleans with sorted keys. The results of
   * two files that differ only in layout, order and comments are equal.
   */
  public Map<String, Object> plain() {
    Map<String, Object> result = new TreeMap<>();
    entries.forEach((key, entry) -> result.put(key, plain(entry.value())));
    return new LinkedHashMap<>(result);
  }

  private static Object plain(Object value) {
    if (value instanceof TomlTable nested) {
      return nested.plain();
    }
    if (value instanceof List<?> array) {
      return array.stream().map(element -> plain(((Entry) element).value())).toList();
    }
    return value instanceof Other ? value.toString() : value;
  }

  private @Nullable Object value(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  private <T> @Nullable T value(String key, Class<T> type, String what) {
    Object value = value(key);
    if (value != null && !type.isInstance(value)) {
      throw wrongType(position(key), key, what);
    }
    return type.cast(value);
  }

  private Position at(Entry entry) {
    return new Position(start.file(), entry.line(), entry.column());
  }

  private static InputException wrongType(Position position, String key, String what) {
    return new InputException(
        position, "`" + key + "` must be " + what, "Change the value to " + what + ".");
  }
}
