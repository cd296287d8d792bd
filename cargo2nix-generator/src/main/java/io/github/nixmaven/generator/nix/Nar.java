package io.github.nixmaven.generator.nix;

import io.github.nixmaven.generator.hash.Hash;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Nix's archive format, which contains everything that Nix knows about a file tree: names,
 * contents, link targets and the owner's execute bit, but not times, owners and other permissions.
 *
 * <p>Nix manual, "Nix Archive (NAR) format". Names are bytes, ordered as unsigned bytes, and stay
 * exact whatever encoding the JVM uses for file names.
 */
public final class Nar {
  private static final int CHUNK = 1 << 17;

  private Nar() {}

  /**
   * The identity of a tree.
   *
   * @param hash the SHA-256 of the NAR
   * @param size the NAR's length in bytes
   */
  public record Digest(Hash hash, long size) {}

  /**
   * The first place, in NAR order, where two trees differ.
   *
   * @param path the file's path below the roots, with slashes; empty for the roots themselves
   * @param what the difference, a text that continues the path
   * @param offset the first differing byte of the contents counted from 0, or -1 when the contents
   *     do not differ
   */
  public record Difference(String path, String what, long offset) {
    @Override
    public String toString() {
      return (path.isEmpty() ? "." : path) + ": " + what;
    }
  }

  /** An entry of a NAR, from any origin. */
  public sealed interface Node {
    /**
     * A file.
     *
     * @param name its name in messages
     */
    record File(String name, boolean executable, Content content) implements Node {}

    /**
     * A symbolic link.
     *
     * @param target its target, unchanged
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes: nobody compares it
    record Link(byte[] target) implements Node {}

    /**
     * A directory.
     *
     * @param children supplies its entries by name, in any order
     */
    record Folder(Children children) implements Node {}
  }

  /** Opens the contents of a file. */
  @FunctionalInterface
  public interface Content {
    /** A new stream from the first byte on. */
    Stream open() throws IOException;
  }

  /**
   * The contents of a file.
   *
   * @param size its length in bytes
   * @param bytes at least this many bytes; the caller closes it
   */
  public record Stream(long size, InputStream bytes) {}

  /** Lists a directory. */
  @FunctionalInterface
  public interface Children {
    /** The entries by name. */
    Map<byte[], Node> list() throws IOException;
  }

  /** The digest of the NAR of a file, link or directory; links are not followed. */
  public static Digest digest(Path tree) throws IOException {
    return digest(node(tree));
  }

  /** The digest of the NAR of a tree. */
  public static Digest digest(Node tree) throws IOException {
    DigestStream out = new DigestStream();
    write(tree, out);
    return new Digest(Hash.of(Hash.Algorithm.SHA256, out.digest.digest()), out.size);
  }

  /** Writes the NAR of a file, link or directory; links are not followed. Does not close. */
  public static void write(Path tree, OutputStream out) throws IOException {
    write(node(tree), out);
  }

  /** Writes the NAR of a tree. Does not close. */
  public static void write(Node tree, OutputStream out) throws IOException {
    BufferedOutputStream buffered = new BufferedOutputStream(out, CHUNK);
    Writer writer = new Writer(buffered);
    writer.string("nix-archive-1");
    writer.node(tree);
    buffered.flush();
  }

  private static Node node(Path file) throws IOException {
    PosixFileAttributes attributes = attributes(file);
    return switch (kind(attributes)) {
      case "file" ->
          new Node.File(
              file.toString(),
              isExecutable(attributes),
              () -> new Stream(attributes.size(), Files.newInputStream(file)));
      case "link" -> new Node.Link(target(file));
      case "directory" ->
          new Node.Folder(
              () -> {
                Map<byte[], Node> nodes = new TreeMap<>(Arrays::compareUnsigned);
                for (Map.Entry<byte[], Path> child : children(file).entrySet()) {
                  nodes.put(child.getKey(), node(child.getValue()));
                }
                return nodes;
              });
      default ->
          throw new IOException(
              file + " is not a file, a directory or a link: Nix cannot store it");
    };
  }

  /**
   * The first difference between the NARs of two trees, or null when they are equal.
   *
   * @param a one tree, called the first in the result
   * @param b the other
   */
  public static @Nullable Difference firstDifference(Path a, Path b) throws IOException {
    return firstDifference("", a, b);
  }

  private static @Nullable Difference firstDifference(String path, Path a, Path b)
      throws IOException {
    PosixFileAttributes ofA = attributes(a);
    PosixFileAttributes ofB = attributes(b);
    if (!kind(ofA).equals(kind(ofB))) {
      return new Difference(
          path, "a " + kind(ofA) + " in the first, a " + kind(ofB) + " in the second", -1);
    }
    if (ofA.isSymbolicLink()) {
      String targetOfA = display(target(a));
      String targetOfB = display(target(b));
      return targetOfA.equals(targetOfB)
          ? null
          : new Difference(
              path,
              "links to " + targetOfA + " in the first, to " + targetOfB + " in the second",
              -1);
    }
    if (ofA.isDirectory()) {
      return firstDifferenceOfFolders(path, a, b);
    }
    if (isExecutable(ofA) != isExecutable(ofB)) {
      return new Difference(
          path, "executable only in the " + (isExecutable(ofA) ? "first" : "second"), -1);
    }
    long offset = Files.mismatch(a, b);
    return offset < 0 ? null : new Difference(path, "differs from byte " + offset + " on", offset);
  }

  private static @Nullable Difference firstDifferenceOfFolders(String path, Path a, Path b)
      throws IOException {
    Map<byte[], Path> ofA = children(a);
    Map<byte[], Path> ofB = children(b);
    TreeSet<byte[]> names = new TreeSet<>(Arrays::compareUnsigned);
    names.addAll(ofA.keySet());
    names.addAll(ofB.keySet());
    for (byte[] name : names) {
      String child = path.isEmpty() ? display(name) : path + "/" + display(name);
      Path inA = ofA.get(name);
      Path inB = ofB.get(name);
      if (inA == null || inB == null) {
        return new Difference(child, "only in the " + (inB == null ? "first" : "second"), -1);
      }
      Difference difference = firstDifference(child, inA, inB);
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private static PosixFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static String kind(PosixFileAttributes attributes) throws IOException {
    if (attributes.isRegularFile()) {
      return "file";
    }
    if (attributes.isDirectory()) {
      return "directory";
    }
    return attributes.isSymbolicLink() ? "link" : "special file";
  }

  private static boolean isExecutable(PosixFileAttributes attributes) {
    return attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
  }

  private static byte[] target(Path link) throws IOException {
    return bytes(Files.readSymbolicLink(link));
  }

  private static Map<byte[], Path> children(Path folder) throws IOException {
    Map<byte[], Path> children = new TreeMap<>(Arrays::compareUnsigned);
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path child : stream) {
        children.put(bytes(child.getFileName()), child);
      }
    }
    return children;
  }

  /**
   * A path's own bytes. As a string it is decoded with the encoding the JVM started with, which is
   * ASCII in a bare container and then loses every other character; its URI keeps the bytes.
   */
  private static byte[] bytes(Path path) {
    String text = path.toString();
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
    byte[] bytes = percentDecoded(path.toUri().getRawPath());
    int from = path.isAbsolute() ? 0 : percentDecoded(Path.of("").toUri().getRawPath()).length;
    // A URI ends with a slash if a directory of that name exists.
    boolean slash = bytes[bytes.length - 1] == '/' && !text.endsWith("/");
    return Arrays.copyOfRange(bytes, from, slash ? bytes.length - 1 : bytes.length);
  }

  private static byte[] percentDecoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(text.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  private static String display(byte[] name) {
    return new String(name, StandardCharsets.UTF_8);
  }

  private static final class Writer {
    private static final byte[] PADDING = new byte[8];

    private final OutputStream out;
    private final byte[] chunk = new byte[CHUNK];

    Writer(OutputStream out) {
      this.out = out;
    }

    void node(Node node) throws IOException {
      string("(");
      string("type");
      if (node instanceof Node.File file) {
        string("regular");
        if (file.executable()) {
          string("executable");
          string("");
        }
        string("contents");
        contents(file);
      } else if (node instanceof Node.Link link) {
        string("symlink");
        string("target");
        string(link.target());
      } else if (node instanceof Node.Folder folder) {
        string("directory");
        Map<byte[], Node> sorted = new TreeMap<>(Arrays::compareUnsigned);
        sorted.putAll(folder.children().list());
        for (Map.Entry<byte[], Node> child : sorted.entrySet()) {
          string("entry");
          string("(");
          string("name");
          string(child.getKey());
          string("node");
          node(child.getValue());
          string(")");
        }
      }
      string(")");
    }

    private void contents(Node.File file) throws IOException {
      Stream content = file.content().open();
      try (InputStream in = content.bytes()) {
        length(content.size());
        long rest = content.size();
        while (rest > 0) {
          int read = in.read(chunk, 0, (int) Math.min(chunk.length, rest));
          if (read < 0) {
            throw new EOFException(file.name() + " became shorter while it was read");
          }
          out.write(chunk, 0, read);
          rest -= read;
        }
      }
      pad(content.size());
    }

    void string(String text) throws IOException {
      string(text.getBytes(StandardCharsets.UTF_8));
    }

    private void string(byte[] bytes) throws IOException {
      length(bytes.length);
      out.write(bytes);
      pad(bytes.length);
    }

    private void length(long value) throws IOException {
      for (int shift = 0; shift < 64; shift += 8) {
        out.write((int) (value >>> shift));
      }
    }

    private void pad(long size) throws IOException {
      out.write(PADDING, 0, (int) (-size & 7));
    }
  }

  private static final class DigestStream extends OutputStream {
    private final MessageDigest digest = Hash.Algorithm.SHA256.newDigest();
    private long size;

    @Override
    public void write(int b) {
      digest.update((byte) b);
      size++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      digest.update(bytes, offset, length);
      size += length;
    }
  }
}
