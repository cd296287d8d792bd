package io.github.nixmaven.builder.toolchain;

import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.net.Workers;
import io.github.nixmaven.generator.text.InputException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * A file tree into which .deb files (deb(5)) are unpacked side by side.
 *
 * <p>Only {@code usr} is made. {@code bin}, {@code sbin} and {@code lib*} of packages that are not
 * yet usr-merged go below it, as usrmerge moves them; all else ({@code etc}, {@code var}, …) is
 * left out, because a build does not see it. Times, owners, and every permission but the owner's
 * execute bit are dropped; maintainer scripts do not run.
 *
 * <p>A symbolic link that stays below {@code usr} is kept as it is written, less doubled slashes.
 * One that goes by the root, by {@code /usr/…} or {@code ../../lib/…}, is written relative to
 * itself, so that it leads to the same file in the sandbox and when the tree is looked at from
 * outside. One that leads to what is left out, such as {@code /etc/…}, is left out too.
 *
 * <p>Two packages that contain the same path, other than a directory, are an error, since the
 * result would depend on who comes last. So is anything that would be written outside of the tree.
 */
final class SysrootTree {
  private static final Set<String> MERGED =
      Set.of("bin", "sbin", "lib", "lib32", "lib64", "libo32", "libx32");

  /** In {@link #owners}, for a directory. */
  private static final String FOLDER = "/";

  /** In {@link #owners}, where {@link #link} made a link. */
  private static final String LINKS = "the lock's own links";

  private static final FileAttribute<Set<PosixFilePermission>> PLAIN =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));
  private static final FileAttribute<Set<PosixFilePermission>> EXECUTABLE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

  private final Path root;
  private final Set<String> prune;

  /** Whose each path is. */
  private final Map<String, String> owners = new ConcurrentHashMap<>();

  /**
   * A .deb file.
   *
   * @param name the package
   * @param file its file
   * @param size how large that is, in bytes
   */
  record Deb(String name, Path file, long size) {}

  /**
   * @param root an empty directory
   * @param prune paths, such as {@code usr/share/doc}, that are left out with all below them
   */
  SysrootTree(Path root, List<String> prune) {
    this.root = root;
    this.prune = new HashSet<>(prune);
  }

  /**
   * Unpacks packages, as many at once as there are processors.
   *
   * @throws InputException when one of them does not fit into the tree
   */
  void unpack(List<Deb> debs, Progress progress) throws IOException, InterruptedException {
    // The largest first: the last ones to finish then are small.
    List<Deb> order = new ArrayList<>(debs);
    order.sort(Comparator.comparingLong(Deb::size).reversed());
    List<Callable<Deb>> tasks = new ArrayList<>();
    for (Deb deb : order) {
      tasks.add(
          () -> {
            unpack(deb);
            return deb;
          });
    }
    AtomicInteger done = new AtomicInteger();
    Workers.run(
        "unpack",
        Runtime.getRuntime().availableProcessors(),
        tasks,
        deb -> progress.step("unpack " + deb.name, done.incrementAndGet(), order.size()));
  }

  /** Whether something is at this path. */
  boolean has(String path) {
    return owners.containsKey(path);
  }

  /**
   * Makes a link that no package brings.
   *
   * @throws InputException when its place is taken or it leads nowhere
   */
  void link(String path, String target) throws IOException {
    String destination = normalized(parent(path), target);
    if (destination == null || !has(destination)) {
      throw new InputException(
          null,
          "the toolchain's link " + path + " would point to " + target + ", which does not exist",
          "Write the toolchain lock again with `mvn nix:toolchain`.");
    }
    Files.createSymbolicLink(claim(LINKS, parentMade(LINKS, path)), path(target));
  }

  private void unpack(Deb deb) throws IOException {
    try (ArArchiveInputStream members =
        new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(deb.file)))) {
      for (ArArchiveEntry member = members.getNextEntry();
          member != null;
          member = members.getNextEntry()) {
        if (member.getName().startsWith("data.tar")) {
          try (InputStream data = decompressed(deb, member.getName(), members);
              TarArchiveInputStream tar =
                  new TarArchiveInputStream(data, StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                entry != null;
                entry = tar.getNextEntry()) {
              add(deb, entry, tar);
            }
          }
          return;
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    throw refused(deb, "it has no data.tar");
  }

  private static InputStream decompressed(Deb deb, String member, InputStream in)
      throws IOException {
    InputStream shielded =
        new FilterInputStream(in) {
          @Override
          public void close() {}
        };
    return switch (member) {
      case "data.tar" -> shielded;
      case "data.tar.gz" -> new GZIPInputStream(shielded, 1 << 16);
      case "data.tar.xz" -> new XZInputStream(shielded);
      default ->
          throw refused(
              deb,
              "its files are in "
                  + member
                  + ", but only data.tar, data.tar.gz and data.tar.xz can be read");
    };
  }

  private void add(Deb deb, TarArchiveEntry entry, InputStream content) throws IOException {
    String path = place(deb, entry.getName());
    if (path == null || isPruned(path)) {
      return;
    }
    if (entry.isDirectory()) {
      folder(deb.name, path);
    } else if (entry.isSymbolicLink()) {
      if (MERGED.contains(path.substring("usr/".length()))
          && !deparented(entry.getName()).startsWith("usr/")) {
        return; // bin -> usr/bin itself
      }
      String target = target(deb, path, entry.getLinkName());
      if (target != null) {
        Files.createSymbolicLink(claim(deb.name, parentMade(deb.name, path)), path(target));
      }
    } else if (entry.isLink()) {
      String original = place(deb, entry.getLinkName());
      if (original == null || !deb.name.equals(owners.get(original))) {
        throw refused(
            deb,
            path + " is a hard link to " + entry.getLinkName() + ", which it does not contain");
      }
      Files.createLink(claim(deb.name, parentMade(deb.name, path)), resolve(original));
    } else if (entry.getLinkFlag() == TarConstants.LF_NORMAL
        || entry.getLinkFlag() == TarConstants.LF_OLDNORM) {
      boolean executable = (entry.getMode() & 0100) != 0;
      try (OutputStream out =
          Channels.newOutputStream(
              Files.newByteChannel(
                  claim(deb.name, parentMade(deb.name, path)),
                  Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                  executable ? EXECUTABLE : PLAIN))) {
        content.transferTo(out);
      }
    } else {
      throw refused(deb, path + " is neither a file, nor a directory, nor a link");
    }
  }

  /** Where an entry goes: below {@code usr}, or null when it is left out. */
  private static @Nullable String place(Deb deb, String name) {
    String path = deparented(name);
    for (String part : path.split("/", -1)) {
      if (part.equals("..") || path.startsWith("/")) {
        throw refused(deb, "its entry '" + name + "' leads out of the tree");
      }
    }
    if (path.indexOf('\uFFFD') >= 0) {
      throw refused(deb, "the name of its entry '" + name + "' is not UTF-8");
    }
    return merged(path);
  }

  /**
   * A tar entry's name without the dot that dpkg writes in front and the slash after a directory.
   */
  private static String deparented(String name) {
    String path = name.equals(".") ? "" : name.startsWith("./") ? name.substring(2) : name;
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static @Nullable String merged(String path) {
    int slash = path.indexOf('/');
    String top = slash < 0 ? path : path.substring(0, slash);
    if (MERGED.contains(top)) {
      return "usr/" + path;
    }
    return top.equals("usr") ? path : null;
  }

  private boolean isPruned(String path) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (prune.contains(path.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  /** How a symbolic link is written in the tree, or null when it leads to what is left out. */
  private static @Nullable String target(Deb deb, String link, String target) {
    String folder = parent(link);
    String destination =
        target.startsWith("/") ? normalized("", target.substring(1)) : normalized(folder, target);
    if (destination == null) {
      throw refused(deb, link + " is a link to " + target + ", out of the tree");
    }
    if (!target.startsWith("/") && isBelowUsr(folder, target)) {
      return target;
    }
    String place = merged(destination);
    return place == null ? null : relative(folder, place);
  }

  /** Whether a relative target never goes by the root. */
  private static boolean isBelowUsr(String folder, String target) {
    int depth = folder.split("/").length;
    for (String part : target.split("/")) {
      depth += part.equals("..") ? -1 : part.isEmpty() || part.equals(".") ? 0 : 1;
      if (depth < 1) {
        return false;
      }
    }
    return true;
  }

  /** A path with its dots resolved, or null when it leads above the root. */
  private static @Nullable String normalized(String folder, String target) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : (folder + "/" + target).split("/")) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return null;
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  private static String relative(String folder, String path) {
    List<String> from = List.of(folder.split("/"));
    List<String> to = List.of(path.split("/"));
    int common = 0;
    while (common < Math.min(from.size(), to.size()) && from.get(common).equals(to.get(common))) {
      common++;
    }
    List<String> parts = new ArrayList<>();
    for (int i = common; i < from.size(); i++) {
      parts.add("..");
    }
    parts.addAll(to.subList(common, to.size()));
    return parts.isEmpty() ? "." : String.join("/", parts);
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private String parentMade(String owner, String path) throws IOException {
    folder(owner, parent(path));
    return path;
  }

  /**
   * Creates a directory and its parents. Anything that is not a directory stays: nothing is written
   * through links.
   */
  private void folder(String wanting, String path) throws IOException {
    if (path.isEmpty() || FOLDER.equals(owners.get(path))) {
      return;
    }
    folder(wanting, parent(path));
    String owner =
        owners.computeIfAbsent(
            path,
            key -> {
              try {
                Files.createDirectory(resolve(key));
                return FOLDER;
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    if (!owner.equals(FOLDER)) {
      throw twice(path, owner, wanting);
    }
  }

  private Path claim(String owner, String path) {
    String before = owners.putIfAbsent(path, owner);
    if (before != null) {
      throw twice(path, before, owner);
    }
    return resolve(path);
  }

  private static InputException twice(String path, String one, String other) {
    String first = one.compareTo(other) < 0 ? one : other;
    return new InputException(
        null,
        "the toolchain has "
            + path
            + " twice: from "
            + (first.equals(FOLDER) ? "several packages, as a directory," : first)
            + " and from "
            + (first.equals(one) ? other : one),
        "Its roots include packages that cannot be installed together: remove one.");
  }

  private static InputException refused(Deb deb, String problem) {
    return new InputException(
        null,
        "the package " + deb.name + " cannot be unpacked: " + problem,
        "Remove it from the toolchain's roots, or use another suite.");
  }

  private Path resolve(String path) {
    return isAscii(path) ? root.resolve(path) : Path.of(URI.create(root.toUri() + escaped(path)));
  }

  /** A path of exactly these UTF-8 bytes, whatever encoding the JVM takes file names to be in. */
  private static Path path(String relative) {
    return isAscii(relative)
        ? Path.of(relative)
        : Path.of("/").relativize(Path.of(URI.create("file:///" + escaped(relative))));
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static String escaped(String path) {
    try {
      return new URI(null, null, "/" + path, null).toASCIIString().substring(1);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(path, e);
    }
  }
}
