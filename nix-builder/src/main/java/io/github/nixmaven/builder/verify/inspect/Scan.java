package io.github.nixmaven.builder.verify.inspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks through an output for what often makes builds differ: the time it was made at, the folder
 * it was made in, the machine it was made on. It sees what programs know that take the time from
 * the kernel past every library, and what a rebuild on the same machine cannot vary.
 */
public final class Scan {
  /** Of each kind the first in each file is shown, and no more of an output than this. */
  private static final int MOST = 8;

  private static final int WINDOW = 1 << 20;

  /** Longer than anything that is looked for. */
  private static final int LONGEST = 256;

  private static final int DIGITS = 10;

  /** Shorter names of hosts are parts of words. */
  private static final int SHORTEST_NAME = 6;

  /** How long before its output was there a build may have begun. */
  private static final Duration LONGEST_BUILD = Duration.ofHours(6);

  private static final byte[] BUILD_PATH = "/build/".getBytes(StandardCharsets.US_ASCII);

  private final Path output;
  private final long latest;
  private final long earliest;
  private final List<byte[]> dates = new ArrayList<>();
  private final List<byte[]> hosts;
  private final List<Note> notes = new ArrayList<>();

  private Scan(Path output, List<byte[]> hosts) throws IOException {
    this.output = output;
    this.hosts = hosts;
    // Nix sets every other time of what is in its store to 1.
    Instant made =
        ((FileTime) Files.getAttribute(output, "unix:ctime", LinkOption.NOFOLLOW_LINKS))
            .toInstant();
    latest = made.getEpochSecond();
    earliest = made.minus(LONGEST_BUILD).getEpochSecond();
    LocalDate day = LocalDate.ofInstant(made, ZoneOffset.UTC);
    dates.add(day.toString().getBytes(StandardCharsets.US_ASCII));
    // C's __DATE__, with a space in place of a leading zero.
    dates.add(
        (day.format(DateTimeFormatter.ofPattern("MMM ", Locale.ROOT))
                + String.format(Locale.ROOT, "%2d %d", day.getDayOfMonth(), day.getYear()))
            .getBytes(StandardCharsets.US_ASCII));
  }

  /** The machine's names that no output should hold. */
  public static List<byte[]> hosts() throws IOException {
    List<byte[]> result = new ArrayList<>();
    String host = kernel("hostname");
    if (host.length() >= SHORTEST_NAME && !host.startsWith("localhost")) {
      result.add(host.getBytes(StandardCharsets.UTF_8));
    }
    result.add(kernel("osrelease").getBytes(StandardCharsets.UTF_8));
    return result;
  }

  private static String kernel(String what) throws IOException {
    return Files.readString(Path.of("/proc/sys/kernel", what)).strip();
  }

  /**
   * Looks through an output.
   *
   * @param hosts names of the machine, as {@link #hosts} finds them
   */
  public static List<Note> of(Path output, List<byte[]> hosts) throws IOException {
    Scan scan = new Scan(output, hosts);
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file :
          (Iterable<Path>)
              files.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).sorted()
                  ::iterator) {
        scan.file(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return List.copyOf(scan.notes);
  }

  // Not mapped into memory: what a process has mapped is alive for Nix's garbage collector.
  private void file(Path file) throws IOException {
    Set<Note.Kind> seen = EnumSet.noneOf(Note.Kind.class);
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer window = ByteBuffer.allocate(WINDOW);
      long start = 0;
      int from = 0;
      boolean last = false;
      while (!last && notes.size() < MOST) {
        while (!last && window.hasRemaining()) {
          last = channel.read(window) < 0;
        }
        window.flip();
        int end = last ? window.limit() : window.limit() - LONGEST;
        for (int at = from; at < end && notes.size() < MOST; at++) {
          Note.Kind kind = kind(window, at);
          if (kind != null && seen.add(kind)) {
            notes.add(note(kind, file, start + at));
          }
        }
        // What begins before the end of the window, and the byte before it, come again.
        if (!last) {
          start += end - 1;
          window.position(end - 1).compact();
          from = 1;
        }
      }
    }
  }

  private Note note(Note.Kind kind, Path file, long offset) throws IOException {
    return new Note(
        kind,
        output.equals(file) ? "" : output.relativize(file).toString(),
        offset,
        Place.of(file, offset),
        Excerpt.of(file, offset));
  }

  private Note.@Nullable Kind kind(ByteBuffer bytes, int at) {
    byte first = bytes.get(at);
    if (first == '/') {
      return stands(bytes, at, BUILD_PATH) && !isPartOfName(bytes, at - 1)
          ? Note.Kind.BUILD_PATH
          : null;
    }
    if ((first == '1' || first == '2') && isTime(bytes, at)) {
      return Note.Kind.TIME;
    }
    for (byte[] date : dates) {
      if (first == date[0] && stands(bytes, at, date)) {
        return Note.Kind.TIME;
      }
    }
    for (byte[] host : hosts) {
      if (first == host[0] && stands(bytes, at, host)) {
        return Note.Kind.HOST;
      }
    }
    return null;
  }

  private boolean isNear(long seconds) {
    return earliest <= seconds && seconds <= latest;
  }

  /** Ten digits that are seconds since 1970. */
  private boolean isTime(ByteBuffer bytes, int at) {
    if (at + DIGITS > bytes.limit() || isDigit(bytes, at - 1)) {
      return false;
    }
    long value = 0;
    for (int i = at; i < at + DIGITS; i++) {
      if (!isDigit(bytes, i)) {
        return false;
      }
      value = value * 10 + bytes.get(i) - '0';
    }
    return isNear(value);
  }

  private static boolean isDigit(ByteBuffer bytes, int at) {
    return at >= 0 && at < bytes.limit() && bytes.get(at) >= '0' && bytes.get(at) <= '9';
  }

  private static boolean isPartOfName(ByteBuffer bytes, int at) {
    return at >= 0
        && (Character.isLetterOrDigit(bytes.get(at)) || "._-".indexOf(bytes.get(at)) >= 0);
  }

  private static boolean stands(ByteBuffer bytes, int at, byte[] text) {
    if (at + text.length > bytes.limit()) {
      return false;
    }
    for (int i = 0; i < text.length; i++) {
      if (bytes.get(at + i) != text[i]) {
        return false;
      }
    }
    return true;
  }
}
