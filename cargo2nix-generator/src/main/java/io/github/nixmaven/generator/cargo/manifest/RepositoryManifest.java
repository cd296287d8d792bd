package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.text.TomlTable;
import java.nio.file.Path;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Reads the manifest of a package in a repository whose files are not on this disk. */
public final class RepositoryManifest {
  private RepositoryManifest() {}

  /**
   * Reads a package with all its targets and the values that it inherits from a workspace of the
   * repository.
   *
   * @param toml its manifest
   * @param folder its directory in the repository, whose root is {@code /}
   * @param files the files whose presence matters to cargo, relative to the package
   * @param workspace the root manifest of its workspace, or null without one
   * @param workspaceFolder the directory of that manifest
   */
  public static Manifest read(
      TomlTable toml,
      Path folder,
      Collection<String> files,
      @Nullable TomlTable workspace,
      Path workspaceFolder) {
    TomlTable table = workspace == null ? null : workspace.table("workspace");
    return ManifestReader.read(
        toml,
        folder,
        PackageFiles.of(files),
        table == null ? null : new Inheritance(table, workspaceFolder));
  }
}
