package io.github.nixmaven.builder.verify.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Names the part of a file that holds an offset: of an archive the member, of an object, program or
 * library the section, of a WebAssembly module the section.
 *
 * <p>Formats: ar(5) with the long names of System V, which GNU ar writes; the Executable and
 * Linking Format (gABI, chapter 4 "Object Files"); WebAssembly Core 1.0, section 5.5. A file that
 * ends early or does not hold together has no parts.
 */
public final class Place {
  /** Larger files are not taken apart: they are held in memory for it. */
  private static final long LARGEST = 1L << 28;

  private static final String ARCHIVE = "!<arch>\n";
  private static final int ARCHIVE_HEADER = 60;
  private static final int MEMBER_NAME = 16;
  private static final int MEMBER_SIZE = 48;
  private static final int MEMBER_SIZE_END = 58;
  private static final int ELF = 0x464c457f;
  private static final int ELF_64 = 2;
  private static final int ELF_BIG_ENDIAN = 2;
  private static final int ELF_NO_BITS = 8;
  private static final int WASM = 0x6d736100;
  private static final int WASM_HEADER = 8;
  private static final List<String> WASM_SECTIONS =
      List.of(
          "custom",
          "type",
          "import",
          "function",
          "table",
          "memory",
          "global",
          "export",
          "start",
          "element",
          "code",
          "data",
          "data count",
          "tag");

  private Place() {}

  /** The part of a file that holds an offset, or nothing. */
  public static String of(Path file, long offset) throws IOException {
    long size = Files.size(file);
    if (size > LARGEST || offset >= size) {
      return "";
    }
    return String.join(", ", parts(ByteBuffer.wrap(Files.readAllBytes(file)), (int) offset));
  }

  /** The parts from the outermost to the innermost. */
  public static List<String> parts(ByteBuffer bytes, int offset) {
    List<String> result = new ArrayList<>();
    try {
      descend(bytes.order(ByteOrder.LITTLE_ENDIAN), offset, result);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      // Cut short, or something else that begins with the same bytes: what was found still holds.
      return result;
    }
    return result;
  }

  private static void descend(ByteBuffer bytes, int offset, List<String> result) {
    if (bytes.limit() >= ARCHIVE.length() && text(bytes, 0, ARCHIVE.length()).equals(ARCHIVE)) {
      archive(bytes, offset, result);
    } else if (bytes.limit() > WASM_HEADER && bytes.getInt(0) == ELF) {
      elf(bytes, offset, result);
    } else if (bytes.limit() > WASM_HEADER && bytes.getInt(0) == WASM) {
      wasm(bytes, offset, result);
    }
  }

  private static void archive(ByteBuffer bytes, int offset, List<String> result) {
    String longNames = "";
    int at = ARCHIVE.length();
    while (at + ARCHIVE_HEADER <= bytes.limit()) {
      String name = text(bytes, at, MEMBER_NAME).strip();
      int size =
          Integer.parseInt(text(bytes, at + MEMBER_SIZE, MEMBER_SIZE_END - MEMBER_SIZE).strip());
      int content = at + ARCHIVE_HEADER;
      if (name.equals("//")) {
        longNames = text(bytes, content, size);
      }
      int next = content + size + (size & 1);
      if (offset < next) {
        boolean header = offset < content;
        result.add((header ? "header of " : "") + memberName(name, longNames));
        if (!header) {
          descend(slice(bytes, content, size), offset - content, result);
        }
        return;
      }
      at = next;
    }
  }

  private static String memberName(String name, String longNames) {
    if (name.equals("/") || name.equals("/SYM64/")) {
      return "symbol table";
    }
    if (name.equals("//")) {
      return "member names";
    }
    if (name.startsWith("/")) {
      int start = Integer.parseInt(name.substring(1));
      int end = longNames.indexOf("/\n", start);
      return "member " + longNames.substring(start, end < 0 ? longNames.length() : end);
    }
    return "member " + (name.endsWith("/") ? name.substring(0, name.length() - 1) : name);
  }

  private static void elf(ByteBuffer bytes, int offset, List<String> result) {
    boolean wide = bytes.get(4) == ELF_64;
    bytes.order(bytes.get(5) == ELF_BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int table = wide ? (int) bytes.getLong(40) : bytes.getInt(32);
    int entry = bytes.getShort(wide ? 58 : 46) & 0xffff;
    int count = bytes.getShort(wide ? 60 : 48) & 0xffff;
    int names = bytes.getShort(wide ? 62 : 50) & 0xffff;
    if (count == 0) {
      return;
    }
    int namesAt = table + names * entry;
    int strings = wide ? (int) bytes.getLong(namesAt + 24) : bytes.getInt(namesAt + 16);
    for (int i = 0; i < count; i++) {
      int header = table + i * entry;
      int start = wide ? (int) bytes.getLong(header + 24) : bytes.getInt(header + 16);
      int size = wide ? (int) bytes.getLong(header + 32) : bytes.getInt(header + 20);
      if (bytes.getInt(header + 4) != ELF_NO_BITS && offset >= start && offset - start < size) {
        result.add("section " + terminated(bytes, strings + bytes.getInt(header)));
        return;
      }
    }
    if (offset >= table && offset < table + count * entry) {
      result.add("section headers");
    } else {
      result.add("headers");
    }
  }

  private static void wasm(ByteBuffer bytes, int offset, List<String> result) {
    int[] at = {WASM_HEADER};
    while (at[0] < bytes.limit()) {
      int id = bytes.get(at[0]++);
      int size = leb128(bytes, at);
      int content = at[0];
      if (offset < content + size) {
        String name = id < WASM_SECTIONS.size() ? WASM_SECTIONS.get(id) : "number " + id;
        if (id == 0) {
          int length = leb128(bytes, at);
          name = "custom " + text(bytes, at[0], length);
        }
        result.add("section " + name);
        return;
      }
      at[0] = content + size;
    }
  }

  private static int leb128(ByteBuffer bytes, int[] at) {
    int result = 0;
    int shift = 0;
    int b;
    do {
      b = bytes.get(at[0]++);
      result |= (b & 0x7f) << shift;
      shift += 7;
    } while ((b & 0x80) != 0);
    return result;
  }

  private static String terminated(ByteBuffer bytes, int start) {
    int end = start;
    while (bytes.get(end) != 0) {
      end++;
    }
    return text(bytes, start, end - start);
  }

  private static String text(ByteBuffer bytes, int start, int length) {
    byte[] copy = new byte[length];
    bytes.get(start, copy);
    return new String(copy, StandardCharsets.UTF_8);
  }

  private static ByteBuffer slice(ByteBuffer bytes, int start, int length) {
    return bytes.slice(start, length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
