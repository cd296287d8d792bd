package io.github.nixmaven.generator.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The records of a cache in one file. The file is read at once, but only the requested records are
 * decoded. It is written whole or not at all. A damaged file counts as absent.
 *
 * <p>Several processes may write at once. The additions of one may then be lost; they only have to
 * be computed again.
 *
 * <p>A file is a sequence of 32-bit numbers, most significant byte first: the CRC-32 checksum of
 * the rest, the number of strings, the number of slots of the hash table (a power of two), for each
 * string where it begins in the file and the end of the last, the slots; then the strings in UTF-8
 * and the records. A slot is 0 or the start of a record. The last bits of the key's hash are the
 * number of the record's slot, or of an earlier slot if there is no empty one in between. A record
 * is its key followed by the data that its format writes. Numbers in records are written seven bits
 * at a time, the last first, with the high bit on all but the last byte; a string is its number,
 * counted from 1, and 0 is null.
 */
public final class RecordFile<T> {
  private static final int STRINGS = 4;
  private static final int SLOTS = 8;
  private static final int TABLE = 12;

  private final Path folder;
  private final String name;
  private final Format<T> format;
  private byte[] data = new byte[0];
  private @Nullable String[] strings = new String[0];

  /** The encoding of a record. */
  public interface Format<T> {
    /** Writes a record. */
    void write(T value, Writer out);

    /** Reads what {@link #write} wrote. */
    T read(Reader in);
  }

  /** Writes the parts of a record. */
  public interface Writer {
    /** Adds a number that is not negative. */
    void number(int value);

    /** Adds a string, or null. */
    void string(@Nullable String value);

    /** Adds the number of strings, and the strings. */
    default void strings(List<String> values) {
      number(values.size());
      values.forEach(this::string);
    }
  }

  /** Reads the parts of a record in the order they were written. */
  public interface Reader {
    /** The next part, a number. */
    int number();

    /** The next part, a string or null. Equal strings of a file are the same object. */
    @Nullable String nullable();

    /** The next part, a string. */
    String string();

    /** The strings that {@link Writer#strings} wrote. */
    default List<String> strings() {
      String[] result = new String[number()];
      for (int i = 0; i < result.length; i++) {
        result[i] = string();
      }
      return List.of(result);
    }
  }

  private RecordFile(Path folder, String name, Format<T> format) {
    this.folder = folder;
    this.name = name;
    this.format = format;
  }

  /**
   * Reads a file. An absent or damaged file has no records.
   *
   * @param folder the file's directory; created if necessary
   */
  public static <T> RecordFile<T> read(Path folder, String name, Format<T> format)
      throws IOException {
    RecordFile<T> result = new RecordFile<>(folder, name, format);
    byte[] data = CacheFile.read(folder.resolve(name));
    if (data != null && data.length >= TABLE) {
      result.data = data;
      result.strings = new String[number(data, STRINGS)];
    }
    return result;
  }

  /** The record of a key, or null when there is none. */
  public @Nullable T get(String key) {
    if (data.length == 0) {
      return null;
    }
    int mask = number(data, SLOTS) - 1;
    int table = TABLE + Integer.BYTES * (strings.length + 1);
    for (int slot = key.hashCode() & mask; ; slot = (slot + 1) & mask) {
      int at = number(data, table + Integer.BYTES * slot);
      if (at == 0) {
        return null;
      }
      Cursor in = new Cursor(at);
      if (in.string().equals(key)) {
        return format.read(in);
      }
    }
  }

  /** Writes the file again, with its current records and the given ones. */
  public void add(Map<String, T> records) throws IOException {
    if (records.isEmpty()) {
      return;
    }
    Map<String, T> all = new LinkedHashMap<>(read(folder, name, format).all());
    all.putAll(records);
    CacheFile.write(folder, name, new Composer<>(format, all).bytes());
  }

  private Map<String, T> all() {
    Map<String, T> result = new LinkedHashMap<>();
    int table = TABLE + Integer.BYTES * (strings.length + 1);
    int slots = data.length == 0 ? 0 : number(data, SLOTS);
    for (int slot = 0; slot < slots; slot++) {
      int at = number(data, table + Integer.BYTES * slot);
      if (at != 0) {
        Cursor in = new Cursor(at);
        result.put(in.string(), format.read(in));
      }
    }
    return result;
  }

  private static int number(byte[] data, int at) {
    return (data[at] << 24)
        | (data[at + 1] & 0xff) << 16
        | (data[at + 2] & 0xff) << 8
        | (data[at + 3] & 0xff);
  }

  private final class Cursor implements Reader {
    private int at;

    Cursor(int at) {
      this.at = at;
    }

    @Override
    public int number() {
      int result = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = data[at++];
        result |= (next & 0x7f) << shift;
        if (next >= 0) {
          return result;
        }
      }
    }

    @Override
    public @Nullable String nullable() {
      int number = number();
      return number == 0 ? null : known(number - 1);
    }

    @Override
    public String string() {
      return known(number() - 1);
    }

    private String known(int index) {
      String known = strings[index];
      if (known == null) {
        int place = TABLE + Integer.BYTES * index;
        int start = RecordFile.number(data, place);
        int end = RecordFile.number(data, place + Integer.BYTES);
        known = new String(data, start, end - start, StandardCharsets.UTF_8);
        strings[index] = known;
      }
      return known;
    }
  }

  private static final class Composer<T> implements Writer {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<byte[]> texts = new ArrayList<>();
    private final ByteArrayOutputStream records = new ByteArrayOutputStream();
    private final int[] slots;

    Composer(Format<T> format, Map<String, T> all) {
      slots = new int[Integer.highestOneBit(all.size() + 1) * 4];
      all.forEach(
          (key, value) -> {
            int slot = key.hashCode() & (slots.length - 1);
            while (slots[slot] != 0) {
              slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = records.size() + 1;
            string(key);
            format.write(value, this);
          });
    }

    @Override
    public void number(int value) {
      int rest = value;
      while (rest > 0x7f) {
        records.write(rest | 0x80);
        rest >>>= 7;
      }
      records.write(rest);
    }

    @Override
    public void string(@Nullable String value) {
      number(value == null ? 0 : numbers.computeIfAbsent(value, this::newNumber));
    }

    private int newNumber(String value) {
      texts.add(value.getBytes(StandardCharsets.UTF_8));
      return texts.size();
    }

    byte[] bytes() {
      int start = TABLE + Integer.BYTES * (texts.size() + 1 + slots.length);
      int size = start + records.size();
      for (byte[] text : texts) {
        size += text.length;
      }
      ByteBuffer out = ByteBuffer.allocate(size);
      out.putInt(0); // the checksum's place
      out.putInt(texts.size());
      out.putInt(slots.length);
      int at = start;
      for (byte[] text : texts) {
        out.putInt(at);
        at += text.length;
      }
      out.putInt(at);
      for (int slot : slots) {
        out.putInt(slot == 0 ? 0 : at + slot - 1);
      }
      texts.forEach(out::put);
      out.put(records.toByteArray());
      return out.array();
    }
  }
}
