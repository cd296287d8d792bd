package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.lock.CratesIo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Programs as their authors published them, with their locks. */
public final class PublishedCrate {
  /** Kept over test runs; everything in it is checked against a checksum. */
  public static final Path CACHE = Path.of("target/test-cache");

  private PublishedCrate() {}

  /** Unpacks a published crate and returns its folder. */
  public static Path unpack(String name, String version) throws IOException {
    Path parent = Path.of("target/published").toAbsolutePath();
    Path directory = parent.resolve(name + "-" + version);
    if (Files.exists(directory.resolve(".complete"))) {
      return directory;
    }
    URI uri = URI.create(CratesIo.FILES + "/" + name + "/" + name + "-" + version + ".crate");
    try (InputStream stream = uri.toURL().openStream();
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(stream))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          Path file = parent.resolve(entry.getName()).normalize();
          Files.createDirectories(file.getParent());
          Files.write(file, tar.readAllBytes());
        }
      }
    }
    Files.createFile(directory.resolve(".complete"));
    return directory;
  }
}
