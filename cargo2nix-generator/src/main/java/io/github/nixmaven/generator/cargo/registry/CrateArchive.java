package io.github.nixmaven.generator.cargo.registry;

import io.github.nixmaven.generator.cargo.manifest.PackageFiles;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.TomlFile;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a .crate file, a gzipped tar archive of one directory {@code NAME-VERSION}, without
 * unpacking it. Only the manifest is kept in memory.
 */
final class CrateArchive {
  /** Cargo unpacks at most this size, or {@link #HIGHEST_RATIO} times the file's size. */
  private static final long LARGEST_CONTENT = 512L << 20;

  private static final int HIGHEST_RATIO = 20;
  private static final int MOST_ENTRIES = 100_000;
  private static final int LONGEST_NAME = 4096;
  private static final int LARGEST_MANIFEST = 16 << 20;

  /**
   * The limit for data between the contents of two entries: headers, long names, extended
   * attributes.
   */
  private static final int LARGEST_HEADERS = 64 << 10;

  private final CrateId id;
  private final Path file;
  private final @Nullable Path destination;
  private final Set<String> files = new TreeSet<>();
  private byte @Nullable [] manifest;

  private CrateArchive(CrateId id, Path file, @Nullable Path destination) {
    this.id = id;
    this.file = file;
    this.destination = destination;
  }

  /**
   * Reads a file whose checksum is already known to be right.
   *
   * @throws InputException when it is not the archive of this crate or cargo would not unpack it
   * @throws IOException when the file cannot be read
   */
  static CrateContents read(CrateId id, Path file) throws IOException {
    return open(id, file, null);
  }

  /**
   * Reads a file as {@link #read} does and unpacks it.
   *
   * @param destination the directory that replaces {@code NAME-VERSION}
   */
  static CrateContents unpack(CrateId id, Path file, Path destination) throws IOException {
    return open(id, file, destination);
  }

  private static CrateContents open(CrateId id, Path file, @Nullable Path destination)
      throws IOException {
    CrateArchive archive = new CrateArchive(id, file, destination);
    long limit = Math.max(LARGEST_CONTENT, HIGHEST_RATIO * Files.size(file));
    try (InputStream bytes = Files.newInputStream(file)) {
      archive.unpack(bytes, limit);
    }
    if (archive.manifest == null) {
      throw archive.mistake("it does not contain " + id.folder() + "/Cargo.toml", null);
    }
    return new CrateContents(
        TomlFile.parse(id.manifest(), archive.manifest), List.copyOf(archive.files));
  }

  private void unpack(InputStream bytes, long limit) throws IOException {
    try (GZIPInputStream content = new GZIPInputStream(bytes, 1 << 16);
        Meter meter = new Meter(content, limit);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(meter, StandardCharsets.UTF_8.name())) {
      meter.allow(LARGEST_HEADERS);
      byte[] scratch = new byte[1 << 13];
      int entries = 0;
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (++entries > MOST_ENTRIES) {
          throw mistake("it has more than " + MOST_ENTRIES + " entries", null);
        }
        meter.allow(Math.min(entry.getSize(), limit) + LARGEST_HEADERS);
        visit(entry, tar);
        // The reader itself would skip the rest with a new buffer for each piece.
        while (tar.read(scratch) >= 0) {}
      }
      // The checksum of the content is at its end.
      meter.allow(limit);
      meter.skip(Long.MAX_VALUE);
    } catch (Meter.Exceeded e) {
      throw mistake("it is too large when unpacked: " + e.getMessage(), e);
    } catch (FileSystemException e) {
      throw e; // the disk's fault, not the archive's
    } catch (IOException | IllegalArgumentException e) {
      throw mistake("it is not a complete .tar.gz archive: " + e.getMessage(), e);
    }
  }

  private void visit(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
    List<String> path = path(entry.getName());
    if (entry.isSymbolicLink()) {
      checkLink(entry, String.join("/", path.subList(0, path.size() - 1)) + "/");
    } else if (entry.isLink()) {
      checkLink(entry, "");
    } else if (entry.isCharacterDevice()
        || entry.isBlockDevice()
        || entry.isFIFO()
        || entry.isSparse()) {
      throw mistake(entry, "is not a file, a directory or a link");
    }
    if (entry.isDirectory()) {
      return;
    }
    List<String> inCrate = path.subList(1, path.size());
    if (inCrate.equals(List.of("Cargo.toml"))) {
      write(entry, inCrate, new ByteArrayInputStream(readManifest(entry, tar)));
      return;
    }
    write(entry, inCrate, tar);
    if (isAskedFor(inCrate)) {
      files.add(String.join("/", inCrate));
    }
  }

  private void write(TarArchiveEntry entry, List<String> path, InputStream content)
      throws IOException {
    if (destination == null) {
      return;
    }
    if (entry.isSymbolicLink() || entry.isLink()) {
      throw mistake(entry, "is a link");
    }
    Path target = destination.resolve(String.join("/", path));
    Files.createDirectories(target.getParent());
    Files.copy(content, target);
    if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true, false)) {
      throw new IOException("cannot make " + target + " executable");
    }
  }

  private byte[] readManifest(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
    if (manifest != null) {
      throw mistake(entry, "occurs twice");
    }
    if (entry.isSymbolicLink() || entry.isLink()) {
      throw mistake(entry, "is a link");
    }
    if (entry.getSize() > LARGEST_MANIFEST) {
      throw mistake(entry, "has " + entry.getSize() + " bytes");
    }
    manifest = tar.readAllBytes();
    return manifest;
  }

  private static boolean isAskedFor(List<String> path) {
    int last = path.size() - 1;
    String name = path.get(last);
    if (last == 0) {
      return name.endsWith(".rs") || PackageFiles.READMES.contains(name);
    }
    if (!name.endsWith(".rs")) {
      return false;
    }
    String directory = String.join("/", path.subList(0, last));
    return directory.equals("src")
        || PackageFiles.TARGET_DIRECTORIES.contains(directory)
        || (name.equals("main.rs")
            && PackageFiles.TARGET_DIRECTORIES.contains(
                String.join("/", path.subList(0, last - 1))));
  }

  /** The names of an entry's path; the first is the crate's directory. */
  private List<String> path(String name) {
    if (name.length() > LONGEST_NAME) {
      throw mistake("it contains a name of " + name.length() + " characters", null);
    }
    if (name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
      throw mistake("its entry " + printable(name) + " has a path that may lead out of it", null);
    }
    List<String> path = new ArrayList<>();
    for (String part : name.split("/")) {
      if (part.equals("..")) {
        throw mistake("its entry " + printable(name) + " has a path that leads out of it", null);
      }
      if (!part.isEmpty() && !part.equals(".")) {
        path.add(part);
      }
    }
    if (path.isEmpty() || !path.get(0).equals(id.folder())) {
      throw mistake("its entry " + printable(name) + " is outside of " + id.folder() + "/", null);
    }
    return path;
  }

  private void checkLink(TarArchiveEntry entry, String folder) {
    String target = entry.getLinkName();
    Deque<String> path = new ArrayDeque<>();
    boolean inside = !target.startsWith("/") && target.indexOf('\\') < 0;
    for (String part : (folder + target).split("/")) {
      if (part.equals("..")) {
        inside &= path.pollLast() != null;
      } else if (!part.isEmpty() && !part.equals(".")) {
        path.addLast(part);
      }
      inside &= path.isEmpty() || path.getFirst().equals(id.folder());
    }
    if (!inside || path.isEmpty()) {
      throw mistake(entry, "links to " + printable(target) + ", which is outside of the archive");
    }
  }

  private InputException mistake(TarArchiveEntry entry, String problem) {
    return mistake("its entry " + printable(entry.getName()) + " " + problem, null);
  }

  private InputException mistake(String problem, @Nullable Throwable cause) {
    return new InputException(
        id.pin(),
        id + " (" + file + ") is not a crate that cargo would unpack: " + problem,
        "Its checksum matches Cargo.lock, so either it was published like this or Cargo.lock was"
            + " edited. Choose another version of "
            + id.name()
            + ", and report it to the registry.",
        cause);
  }

  private static String printable(String name) {
    String start = name.length() > 200 ? name.substring(0, 200) + "…" : name;
    return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
  }

  /** Stops reading when the data exceeds the limit. */
  private static final class Meter extends FilterInputStream {
    private final byte[] scratch = new byte[1 << 15];
    private long left;
    private long allowed;

    /** The data exceeds the limit. */
    static final class Exceeded extends IOException {
      Exceeded(String message) {
        super(message);
      }
    }

    Meter(InputStream content, long limit) {
      super(content);
      left = limit;
    }

    /** Sets the limit to this many bytes from here. */
    void allow(long bytes) {
      allowed = bytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int got = super.read(buffer, offset, length);
      left -= Math.max(got, 0);
      allowed -= Math.max(got, 0);
      if (left < 0) {
        throw new Exceeded("all files together are too large");
      } else if (allowed < 0) {
        throw new Exceeded("an entry's headers are too large");
      }
      return got;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = 0;
      while (skipped < count) {
        int got = read(scratch, 0, (int) Math.min(scratch.length, count - skipped));
        if (got < 0) {
          break;
        }
        skipped += got;
      }
      return skipped;
    }
  }
}
