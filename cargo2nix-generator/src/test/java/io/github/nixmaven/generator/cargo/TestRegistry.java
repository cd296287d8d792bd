package io.github.nixmaven.generator.cargo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.generator.cargo.lock.CratesIo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Registries with crates of crates.io, made for a test (the Cargo Book, "Registry Index"). */
final class TestRegistry {
  private TestRegistry() {}

  /**
   * Puts a crate's file into a folder and its line of the index below {@code index} there: a local
   * registry.
   *
   * @param crate {@code NAME-VERSION}
   */
  static void addCrate(Path registry, String crate) throws IOException {
    int dash = crate.lastIndexOf('-');
    String name = crate.substring(0, dash);
    Files.write(
        registry.resolve(crate + ".crate"),
        read(CratesIo.FILES + "/" + name + "/" + crate + ".crate"));
    Path index = registry.resolve("index").resolve(indexPath(name));
    Files.createDirectories(index.getParent());
    String known = Files.exists(index) ? Files.readString(index) : "";
    Files.writeString(index, known + indexLine(name, crate.substring(dash + 1)) + "\n");
  }

  private static String indexLine(String name, String version) throws IOException {
    String lines =
        new String(read(CratesIo.SPARSE_INDEX + indexPath(name)), StandardCharsets.UTF_8);
    for (String line : lines.split("\n")) {
      JsonNode entry = new ObjectMapper().readTree(line);
      if (entry.path("vers").asText().equals(version)) {
        return line;
      }
    }
    throw new IOException(name + " " + version + " is not in the index");
  }

  /** Where a crate's lines stand in an index. */
  static String indexPath(String name) {
    return switch (name.length()) {
      case 1 -> "1/" + name;
      case 2 -> "2/" + name;
      case 3 -> "3/" + name.charAt(0) + "/" + name;
      default -> name.substring(0, 2) + "/" + name.substring(2, 4) + "/" + name;
    };
  }

  private static byte[] read(String url) throws IOException {
    try (InputStream bytes = URI.create(url).toURL().openStream()) {
      return bytes.readAllBytes();
    }
  }
}
