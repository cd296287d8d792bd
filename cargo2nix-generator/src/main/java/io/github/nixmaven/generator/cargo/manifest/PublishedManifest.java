package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.text.TomlFile;
import java.util.List;

/** Reads the manifest inside a published crate. */
public final class PublishedManifest {
  private PublishedManifest() {}

  /**
   * Reads the library and the build script of a published crate, and what they depend on.
   *
   * @param label what to call the manifest in messages
   * @param toml the bytes of its Cargo.toml
   * @param rustFiles the crate's Rust files, relative to it
   */
  public static Manifest read(String label, byte[] toml, List<String> rustFiles) {
    return ManifestReader.read(TomlFile.parse(label, toml), null, PackageFiles.of(rustFiles), null);
  }
}
