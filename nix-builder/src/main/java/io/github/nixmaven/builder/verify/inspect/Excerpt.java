package io.github.nixmaven.builder.verify.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/** The text at a position of a file, for people to read. */
public final class Excerpt {
  /** How much is shown of a text on either side of the place. */
  private static final int REACH = 40;

  /** Fewer characters are not text. */
  private static final int SHORTEST = 4;

  private static final int BYTES = 8;

  private Excerpt() {}

  /** The text around an offset, or the bytes from it on in hexadecimal. */
  public static String of(Path file, long offset) throws IOException {
    long from = Math.max(0, offset - REACH);
    byte[] bytes = read(file, from, (int) (offset - from) + REACH);
    int at = (int) (offset - from);
    int start = Math.min(at, bytes.length);
    while (start > 0 && isText(bytes[start - 1])) {
      start--;
    }
    int end = Math.min(at, bytes.length);
    while (end < bytes.length && isText(bytes[end])) {
      end++;
    }
    if (end > at && end - start >= SHORTEST) {
      return new String(bytes, start, end - start, StandardCharsets.US_ASCII);
    }
    byte[] raw = Arrays.copyOfRange(bytes, Math.min(at, bytes.length), bytes.length);
    return HexFormat.ofDelimiter(" ").formatHex(raw, 0, Math.min(BYTES, raw.length));
  }

  private static boolean isText(byte b) {
    return b >= ' ' && b < 0x7f;
  }

  private static byte[] read(Path file, long offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    try (SeekableByteChannel channel = Files.newByteChannel(file).position(offset)) {
      int read = 0;
      while (buffer.hasRemaining() && read >= 0) {
        read = channel.read(buffer);
      }
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
