package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.TomlTable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The values that members can inherit from a workspace's root manifest.
 *
 * @param workspace the {@code [workspace]} table
 * @param directory the root's directory
 */
record Inheritance(TomlTable workspace, Path directory) {
  /**
   * The {@code [workspace]} table from which a key is inherited.
   *
   * @param inheritance the package's workspace, or null when it has none
   * @param table the table of the key
   * @throws InputException when the package is not in a workspace
   */
  static TomlTable of(@Nullable Inheritance inheritance, TomlTable table, String key) {
    if (inheritance == null) {
      throw table.error(
          key,
          "`" + key + "` is inherited, but this package is not in a workspace",
          "Write the value here, or add the package to a workspace.");
    }
    return inheritance.workspace;
  }
}
