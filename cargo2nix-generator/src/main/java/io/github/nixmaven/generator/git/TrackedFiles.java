package io.github.nixmaven.generator.git;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that git tracks in a checkout: those of its index ({@code gitformat-index}, versions 2
 * to 4), also in submodules. Read without JGit, whose classes take longer to load than what they
 * would be read for.
 *
 * @param root the checkout's directory, absolute and without symbolic links
 * @param entries its files, sorted as bytes within a repository
 */
public record TrackedFiles(Path root, List<Entry> entries) {
  private static final int LINK = 0120000;
  private static final int SUBMODULE = 0160000;
  private static final int DIRECTORY = 0040000;
  private static final int FORMAT_BITS = 0170000;

  /**
   * A file of the index.
   *
   * @param path where it is below the root, with {@code /} between names, as bytes: a file's name
   *     need not be text
   * @param isLink whether it is a symbolic link
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Entry(byte[] path, boolean isLink) {}

  /**
   * The checkout that a directory lies in: the nearest upwards.
   *
   * @param directory absolute, without symbolic links
   * @return nothing outside of a repository, and in one without an index
   */
  public static Optional<Path> checkoutOf(Path directory) throws IOException {
    for (Path root = directory; root != null; root = root.getParent()) {
      if (index(root) != null) {
        return Optional.of(root);
      }
    }
    return Optional.empty();
  }

  /**
   * The files of a checkout.
   *
   * @param root from {@link #checkoutOf}
   * @throws InputException when the index cannot be read
   */
  public static TrackedFiles of(Path root) throws IOException {
    List<Entry> entries = new ArrayList<>();
    read(root, Objects.requireNonNull(index(root)), new byte[0], entries);
    return new TrackedFiles(root, entries);
  }

  /** The index of the checkout in a directory, or null where there is none. */
  private static @Nullable Path index(Path root) throws IOException {
    Path repository = repository(root);
    Path index = repository == null ? null : repository.resolve("index");
    return index != null && Files.isRegularFile(index) ? index : null;
  }

  /** {@code .git}, or what a file of that name leads to: worktrees and submodules have one. */
  private static @Nullable Path repository(Path root) throws IOException {
    Path git = root.resolve(".git");
    if (!Files.isRegularFile(git)) {
      return Files.isDirectory(git) ? git : null;
    }
    String text = Files.readString(git).strip();
    return text.startsWith("gitdir: ") ? root.resolve(text.substring("gitdir: ".length())) : null;
  }

  private static void read(Path root, Path index, byte[] prefix, List<Entry> entries)
      throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(index));
    try {
      int digest = digestLength(index);
      int magic = in.getInt();
      int version = in.getInt();
      if (magic != 0x44495243 || version < 2 || version > 4) {
        throw unreadable(index, "it is not an index of version 2, 3 or 4");
      }
      int count = in.getInt();
      byte[] path = new byte[0];
      for (int i = 0; i < count; i++) {
        int start = in.position();
        int mode = in.getInt(start + 24) & FORMAT_BITS;
        in.position(start + 40 + digest);
        int flags = in.getShort();
        if ((flags & 0x4000) != 0 && version > 2) {
          in.getShort();
        }
        path = version == 4 ? compressed(in, path) : terminated(in, new byte[0], 0);
        if (version < 4) {
          // Entries are padded to multiples of eight; one NUL of the padding has been read.
          in.position(start + (in.position() - start + 7) / 8 * 8);
        }
        add(root, joined(prefix, path), mode, entries);
      }
      requireWhole(in, index, digest);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw unreadable(index, "it ends too early");
    }
  }

  private static void add(Path root, byte[] path, int mode, List<Entry> entries)
      throws IOException {
    if (mode == SUBMODULE) {
      Path folder = root.resolve(new String(path, StandardCharsets.UTF_8));
      Path index = index(folder);
      if (index != null) {
        read(root, index, joined(path, new byte[] {'/'}), entries);
      }
    } else if (mode != DIRECTORY) {
      // A directory is one that a sparse checkout leaves out.
      entries.add(new Entry(path, mode == LINK));
    }
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /** A path of version 4: how much of the end of the path before it goes, and what follows. */
  private static byte[] compressed(ByteBuffer in, byte[] before) {
    int octet = in.get() & 0xff;
    int removed = octet & 0x7f;
    while ((octet & 0x80) != 0) {
      octet = in.get() & 0xff;
      removed = ((removed + 1) << 7) | (octet & 0x7f);
    }
    return terminated(in, before, before.length - removed);
  }

  /** What stands before the next NUL, behind the first bytes of something. */
  private static byte[] terminated(ByteBuffer in, byte[] before, int kept) {
    int end = in.position();
    while (in.get(end) != 0) {
      end++;
    }
    byte[] result = Arrays.copyOf(before, kept + end - in.position());
    in.get(result, kept, end - in.position());
    in.get();
    return result;
  }

  /** A split index has only what changed; the rest is in another file. */
  private static void requireWhole(ByteBuffer in, Path index, int digest) {
    while (in.remaining() > digest + 8) {
      byte[] name = new byte[4];
      in.get(name);
      if (new String(name, StandardCharsets.US_ASCII).equals("link")) {
        throw new InputException(
            Position.of(index),
            "git has split this index into two files, which cannot be read here",
            "Join them with `git update-index --no-split-index`.");
      }
      int size = in.getInt();
      in.position(in.position() + size);
    }
  }

  /** The length of object ids in bytes. */
  private static int digestLength(Path index) throws IOException {
    Path repository = Objects.requireNonNull(index.getParent());
    Path common = repository.resolve("commondir");
    if (Files.isRegularFile(common)) {
      repository = repository.resolve(Files.readString(common).strip());
    }
    Path config = repository.resolve("config");
    if (!Files.isRegularFile(config)) {
      return 20;
    }
    String text = new String(Files.readAllBytes(config), StandardCharsets.ISO_8859_1);
    for (String line : text.split("\n", -1)) {
      String setting = line.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
      if (setting.equals("objectformat=sha256")) {
        return 32;
      }
    }
    return 20;
  }

  private static InputException unreadable(Path index, String problem) {
    return new InputException(
        Position.of(index),
        "git's index cannot be read: " + problem,
        "Look at it with `git status`. If git can read it, please report this.");
  }
}
