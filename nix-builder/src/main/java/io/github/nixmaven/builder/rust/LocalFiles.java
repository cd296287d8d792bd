package io.github.nixmaven.builder.rust;

import io.github.nixmaven.generator.git.TrackedFiles;
import io.github.nixmaven.generator.nix.Attributes;
import io.github.nixmaven.generator.nix.NixValue;
import io.github.nixmaven.generator.nix.NixWriter;
import io.github.nixmaven.generator.pin.GeneratedFile;
import io.github.nixmaven.generator.text.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What Nix cannot find out about the packages on this disk: which files git tracks, and where
 * symbolic links lead. It is a file of Nix, {@code { tracked."/file or directory" = null;
 * links."/package"."its link" = "/file or directory"; }}, which is made for each evaluation. So a
 * file that is added to git needs no new Cargo.nix.
 *
 * <p>Names of files are bytes: as text they are held in ISO 8859-1, which has a character for each.
 */
final class LocalFiles {
  private final Path directory;
  private final Path realDirectory;

  /** The packages' directories, without symbolic links, and the packages in each that it needs. */
  private final SortedMap<Path, Set<Path>> packages = new TreeMap<>();

  private final SortedMap<Path, SortedMap<String, Path>> links = new TreeMap<>();
  private final SortedSet<String> tracked = new TreeSet<>();

  private LocalFiles(Path directory) throws IOException {
    this.directory = directory;
    this.realDirectory = directory.toRealPath();
  }

  /**
   * Writes the file.
   *
   * @param generated Cargo.nix
   * @param file the file to write
   */
  static void write(Path generated, Path file) throws IOException {
    Path directory = Objects.requireNonNull(generated.toAbsolutePath().normalize().getParent());
    LocalFiles files = new LocalFiles(directory);
    files.read(GeneratedFile.read(generated).map(of -> of.entries("crates")).orElse(Map.of()));
    Files.createDirectories(file.toAbsolutePath().getParent());
    AtomicFile.write(file, files.expression().getBytes(StandardCharsets.ISO_8859_1));
  }

  private void read(Map<String, NixValue> crates) throws IOException {
    for (NixValue crate : crates.values()) {
      Optional<String> path = crate.string("linkTo").or(() -> crate.string("path"));
      if (path.isPresent() && !crate.isTrue("vendored")) {
        Path folder = folder(path.get());
        if (Files.isDirectory(folder)) {
          Set<Path> nested = new HashSet<>();
          for (String one : crate.get("nested").map(NixValue::strings).orElse(List.of())) {
            nested.add(folder(one));
          }
          packages.put(folder.toRealPath(), nested);
        }
      }
    }
    Map<Path, Set<Path>> byCheckout = new HashMap<>();
    for (Path folder : packages.keySet()) {
      Optional<Path> root = TrackedFiles.checkoutOf(folder);
      if (root.isPresent()) {
        byCheckout.computeIfAbsent(root.get(), any -> new TreeSet<>()).add(folder);
      } else {
        walk(folder);
      }
    }
    for (Map.Entry<Path, Set<Path>> checkout : byCheckout.entrySet()) {
      list(TrackedFiles.of(checkout.getKey()), checkout.getValue());
    }
  }

  private Path folder(String path) {
    return realDirectory.resolve(path).normalize();
  }

  /** A checkout's files that belong to packages, and those that links of these lead to. */
  private void list(TrackedFiles checkout, Collection<Path> folders) throws IOException {
    Path root = checkout.root();
    TreeSet<String> names = new TreeSet<>();
    for (TrackedFiles.Entry entry : checkout.entries()) {
      names.add(new String(entry.path(), StandardCharsets.ISO_8859_1));
    }
    Set<String> wanted = new HashSet<>();
    for (Path folder : folders) {
      String prefix = below(root, folder);
      // Where git does not know the manifest, it knows nothing of the package: cargo's rule, too.
      if (names.contains(prefix + "Cargo.toml")) {
        wanted.add(prefix);
      } else {
        walk(folder);
      }
    }
    for (TrackedFiles.Entry entry : checkout.entries()) {
      String name = new String(entry.path(), StandardCharsets.ISO_8859_1);
      if (entry.isLink() && isBelow(name, wanted)) {
        // What git does not track is not there on another machine either.
        link(
            root.resolve(new String(entry.path(), StandardCharsets.UTF_8)),
            target -> trackedName(root, target, names),
            wanted);
      }
    }
    String prefix = latin(root) + "/";
    String own = latin(realDirectory) + "/";
    for (String name : names) {
      if (isBelow(name, wanted)) {
        track(prefix, name);
        if (!directory.equals(realDirectory) && (prefix + name).startsWith(own)) {
          track(latin(directory) + "/", (prefix + name).substring(own.length()));
        }
      }
    }
  }

  /** The name of a tracked file, or of a directory of some with a slash behind it; else null. */
  private static @Nullable String trackedName(Path root, Path target, NavigableSet<String> names) {
    if (!target.startsWith(root)) {
      return null;
    }
    String asDirectory = below(root, target);
    String first = names.ceiling(asDirectory);
    if (first != null && first.startsWith(asDirectory)) {
      return asDirectory;
    }
    String asFile = asDirectory.substring(0, asDirectory.length() - 1);
    return names.contains(asFile) ? asFile : null;
  }

  /** Whether a name or a directory that it is in is among others, which end in a slash. */
  private static boolean isBelow(String name, Set<String> others) {
    if (others.contains("") || others.contains(name)) {
      return true;
    }
    for (int i = name.indexOf('/'); i >= 0; i = name.indexOf('/', i + 1)) {
      if (others.contains(name.substring(0, i + 1))) {
        return true;
      }
    }
    return false;
  }

  private void track(String prefix, String name) {
    tracked.add(prefix + name);
    // A directory that is known already has its own directories.
    for (int i = name.lastIndexOf('/'); i >= 0 && tracked.add(prefix + name.substring(0, i)); ) {
      i = name.lastIndexOf('/', i - 1);
    }
  }

  /** The links of a package that git knows nothing of. */
  private void walk(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            if (path.equals(folder)) {
              return FileVisitResult.CONTINUE;
            }
            return path.getFileName().toString().startsWith(".")
                    || path.equals(folder.resolve("target"))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isSymbolicLink()) {
              link(path, LocalFiles::latin, new HashSet<>());
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Takes a link that leads out of its package.
   *
   * @param name the name of what it leads to; null refuses it
   * @param names gets the name
   */
  private void link(Path link, Function<Path, @Nullable String> name, Set<String> names)
      throws IOException {
    if (!Files.exists(link)) {
      return;
    }
    Path target = link.toRealPath();
    for (Map.Entry<Path, Set<Path>> entry : packages.entrySet()) {
      Path folder = entry.getKey();
      // One that leads upwards would copy the package into itself.
      if (link.startsWith(folder)
          && !target.startsWith(folder)
          && !folder.startsWith(target)
          && !isOthers(link, folder, entry.getValue())) {
        String leadsTo = name.apply(target);
        if (leadsTo != null) {
          String place = latin(folder.relativize(link));
          links.computeIfAbsent(folder, any -> new TreeMap<>()).put(place, target);
          names.add(leadsTo);
        }
      }
    }
  }

  /** Whether a file lies in a package inside another that does not need it. */
  private boolean isOthers(Path file, Path folder, Set<Path> nested) {
    for (Path up = file.getParent(); up != null && !up.equals(folder); up = up.getParent()) {
      if (packages.containsKey(up) && !nested.contains(up)) {
        return true;
      }
    }
    return false;
  }

  private String expression() {
    SortedMap<String, NixWriter.Expression> known = new TreeMap<>();
    tracked.forEach(name -> known.put(name, NixWriter.raw("null")));
    SortedMap<String, NixWriter.Expression> leading = new TreeMap<>();
    links.forEach(
        (folder, ofPackage) ->
            leading.put(
                latin(folder),
                Attributes.of(ofPackage, target -> NixWriter.string(latin(target)))));
    return NixWriter.write(
            NixWriter.attrs(
                List.of(
                    NixWriter.attr("tracked", Attributes.of(known, Function.identity())),
                    NixWriter.attr("links", Attributes.of(leading, Function.identity())))))
        + "\n";
  }

  /** The place of a directory or file below a checkout's root, with a slash behind it. */
  private static String below(Path root, Path path) {
    return root.equals(path) ? "" : latin(root.relativize(path)) + "/";
  }

  private static String latin(Path path) {
    return new String(
        path.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
