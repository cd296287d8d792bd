package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads the manifest inside a published crate. */
public final class PublishedManifest {
  private PublishedManifest() {}

  /**
   * Reads the library and the build script of a published crate, and what they depend on.
   *
   * @param toml its Cargo.toml
   * @param files the files of which cargo asks whether they are there, relative to the crate
   */
  public static Manifest read(TomlTable toml, List<String> files) {
    return ManifestReader.read(toml, null, PackageFiles.of(files), null);
  }

  /**
   * Reads the library and the build script of a published crate that is unpacked.
   *
   * @param toml its Cargo.toml
   * @param directory the crate's folder
   */
  public static Manifest read(TomlTable toml, Path directory) throws IOException {
    return ManifestReader.read(toml, null, PackageFiles.scan(directory), null);
  }
}
