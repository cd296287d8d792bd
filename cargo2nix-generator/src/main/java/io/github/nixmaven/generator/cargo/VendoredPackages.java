package io.github.nixmaven.generator.cargo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.generator.cargo.lock.LockedPackage;
import io.github.nixmaven.generator.cargo.manifest.Manifest;
import io.github.nixmaven.generator.cargo.manifest.PublishedManifest;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph.Published;
import io.github.nixmaven.generator.cargo.source.Pin;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.net.Workers;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.TomlFile;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The packages of a directory that {@code cargo vendor} made. Each is unpacked in its own
 * directory, with a {@code .cargo-checksum.json} with the digests of its files and of its crate
 * file (the Cargo Book, "Directory Sources").
 */
final class VendoredPackages {
  private static final String CHECKSUMS = ".cargo-checksum.json";
  private static final String REMEDY =
      "Run `cargo vendor` again. To change a package, put a copy elsewhere and point to it with"
          + " `[patch]`.";

  private final Path directory;
  private @Nullable Map<String, Path> all;

  private VendoredPackages(Path directory) {
    this.directory = directory;
  }

  /**
   * Reads the manifests of packages, and verifies their files.
   *
   * @param directory the directory of all packages
   * @param progress is told of each package once
   * @throws InputException when a package is missing, or its files were changed
   */
  static Map<LockedPackage, Published> load(
      Path directory, Collection<LockedPackage> packages, Progress progress)
      throws IOException, InterruptedException {
    VendoredPackages vendored = new VendoredPackages(directory);
    record Result(LockedPackage locked, Published published) {}
    List<Callable<Result>> tasks = new ArrayList<>();
    for (LockedPackage locked : packages) {
      tasks.add(() -> new Result(locked, vendored.published(locked)));
    }
    Map<LockedPackage, Published> result = new LinkedHashMap<>();
    Workers.run(
        "vendored",
        Runtime.getRuntime().availableProcessors(),
        tasks,
        found -> {
          result.put(found.locked(), found.published());
          progress.step("crate " + found.locked().label(), result.size(), tasks.size());
        });
    return result;
  }

  private Published published(LockedPackage locked) throws IOException, InterruptedException {
    Path folder = find(locked);
    Manifest manifest = PublishedManifest.read(toml(folder), folder);
    verify(locked, folder);
    return new Published(manifest, new Pin.Folder(folder));
  }

  /** A package's directory may have any name; {@code cargo vendor} uses these two. */
  private Path find(LockedPackage locked) throws IOException {
    for (String name : List.of(locked.name() + "-" + locked.version(), locked.name())) {
      Path folder = directory.resolve(name);
      if (isPackage(folder) && label(toml(folder)).equals(locked.label())) {
        return folder;
      }
    }
    Path found = all().get(locked.label());
    if (found == null) {
      throw new InputException(
          locked.position(),
          locked.label() + " is not in the vendored directory " + directory,
          "Run `cargo vendor` again, or restore the directory from version control.");
    }
    return found;
  }

  private synchronized Map<String, Path> all() throws IOException {
    if (all == null) {
      Map<String, Path> found = new HashMap<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        for (Path entry : entries) {
          if (!entry.getFileName().toString().startsWith(".") && isPackage(entry)) {
            found.put(label(toml(entry)), entry);
          }
        }
      } catch (NoSuchFileException | NotDirectoryException e) {
        throw new InputException(
            Position.of(directory),
            "this directory does not exist, but cargo's configuration names it as a source",
            "Run `cargo vendor`, or remove the source from `.cargo/config.toml`.",
            e);
      }
      all = found;
    }
    return all;
  }

  private static boolean isPackage(Path folder) {
    return Files.exists(folder.resolve("Cargo.toml"));
  }

  private static TomlTable toml(Path folder) throws IOException {
    return TomlFile.read(folder.resolve("Cargo.toml"), REMEDY);
  }

  private static String label(TomlTable toml) {
    TomlTable table = toml.tableOrEmpty(toml.has("package") ? "package" : "project");
    String version = table.isString("version") ? table.string("version") : "0.0.0";
    return table.string("name") + " " + String.valueOf(version).strip();
  }

  private static void verify(LockedPackage locked, Path folder)
      throws IOException, InterruptedException {
    Path file = folder.resolve(CHECKSUMS);
    JsonNode checksums;
    try {
      checksums = new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new InputException(Position.of(file), "no such file", REMEDY, e);
    } catch (JsonProcessingException e) {
      throw new InputException(
          new Position(file.toString(), e.getLocation().getLineNr(), e.getLocation().getColumnNr()),
          "not valid JSON",
          REMEDY,
          e);
    }
    if (!checksums.path("files").isObject()) {
      throw new InputException(Position.of(file), "the file has no `files`", REMEDY);
    }
    Optional<String> crate = Optional.ofNullable(checksums.path("package").textValue());
    if (!crate.equals(Optional.ofNullable(locked.checksum()))) {
      throw new InputException(
          locked.position(),
          "the lock pins "
              + locked.label()
              + " with the checksum "
              + locked.checksum()
              + ", but the copy in "
              + folder
              + " has "
              + crate.orElse("none"),
          "Run `cargo vendor` again, or restore the edited file from version control.");
    }
    for (Map.Entry<String, JsonNode> entry : checksums.path("files").properties()) {
      Path vendored = folder.resolve(entry.getKey());
      if (!Downloader.isThere(vendored, digest(file, entry.getKey(), entry.getValue().asText()))) {
        throw new InputException(
            Position.of(vendored),
            "the file was changed after it was vendored: its SHA-256 digest is not the one in "
                + CHECKSUMS,
            REMEDY);
      }
    }
  }

  private static Hash digest(Path checksums, String name, String text) {
    try {
      return Hash.parse(Hash.Algorithm.SHA256, text);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          Position.of(checksums), "the digest of `" + name + "` is not a SHA-256", REMEDY, e);
    }
  }
}
