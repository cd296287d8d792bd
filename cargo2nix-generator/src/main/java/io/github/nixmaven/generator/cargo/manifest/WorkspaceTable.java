package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The {@code [workspace]} table of a root manifest, which lists the members' directories (the Cargo
 * Book, "The members and exclude fields").
 *
 * @param directory the directory of the manifest
 * @param table the table
 */
record WorkspaceTable(Path directory, TomlTable table) {
  /** The tables that a manifest without a package must not have. */
  private static final List<String> PACKAGE_SECTIONS =
      List.of(
          "lib",
          "bin",
          "example",
          "test",
          "bench",
          "dependencies",
          "dev-dependencies",
          "dev_dependencies",
          "build-dependencies",
          "build_dependencies",
          "features",
          "target",
          "lints");

  /**
   * Checks any manifest on this disk: it must have a package, a workspace or both. Errors in a root
   * manifest are reported even if no member uses the part.
   *
   * @throws InputException when cargo would reject it
   */
  static void check(TomlTable manifest) {
    boolean hasPackage = manifest.has("package") || manifest.has("project");
    TomlTable workspace = manifest.table("workspace");
    if (!hasPackage && workspace == null) {
      throw new InputException(
          manifest.position(),
          "the manifest has neither a `[package]` nor a `[workspace]` table",
          "Add `[package]` with `name` and `version`.");
    }
    if (!hasPackage) {
      for (String section : PACKAGE_SECTIONS) {
        if (manifest.has(section)) {
          throw manifest.error(
              section,
              "a manifest without a package cannot have a section `" + section + "`",
              "Add `[package]`, or move the section to the manifest of a member.");
        }
      }
    }
    ProfileChecks.check(manifest);
    TomlTable packageTable = manifest.table("package");
    if (workspace == null) {
      return;
    }
    for (String key : List.of("workspace", "resolver")) {
      if (packageTable != null
          && packageTable.has(key)
          && (key.equals("workspace") || workspace.has(key))) {
        throw packageTable.error(
            key,
            "`package." + key + "` and `[workspace]` contradict each other",
            key.equals("workspace")
                ? "Keep one of them: a package cannot be a member and a root."
                : "Keep `workspace.resolver` only.");
      }
    }
    checkOffers(workspace);
  }

  private static void checkOffers(TomlTable workspace) {
    TomlTable dependencies = workspace.table("dependencies");
    if (dependencies != null) {
      for (String name : dependencies.keys()) {
        TomlTable details = dependencies.isTable(name) ? dependencies.table(name) : null;
        if (details != null && details.bool("optional", false)) {
          throw details.error(
              "optional",
              "`" + name + "` is optional, but workspace dependencies cannot be optional",
              "Write `optional = true` in the members instead.");
        }
      }
    }
    TomlTable lints = workspace.table("lints");
    if (lints != null) {
      Lints.flags(lints);
    }
  }

  /** Whether a directory is excluded. One that {@code members} lists literally is not. */
  boolean isExcluded(Path folder) {
    return listed("exclude").anyMatch(folder::startsWith)
        && listed("members").noneMatch(folder::startsWith);
  }

  private Stream<Path> listed(String key) {
    return table.strings(key).stream()
        .filter(entry -> !isGlob(entry))
        .map(entry -> directory.resolve(entry).normalize());
  }

  /**
   * The directories that {@code members} lists and {@code exclude} does not.
   *
   * @throws InputException when one of them has no manifest
   */
  List<Path> members() throws IOException {
    List<Path> result = new ArrayList<>();
    for (String entry : table.strings("members")) {
      List<Path> folders = expand(entry);
      if (folders.isEmpty()) {
        throw table.error(
            "members",
            "the pattern `" + entry + "` matches no directory",
            "Correct it, or remove it from `members`.");
      }
      for (Path folder : folders) {
        if (isExcluded(folder)) {
          continue;
        }
        if (!Files.isRegularFile(folder.resolve("Cargo.toml"))) {
          throw table.error(
              "members",
              "workspace member `"
                  + entry
                  + (Files.exists(folder)
                      ? "` is " + folder + ", which has no Cargo.toml"
                      : "` does not exist"),
              "Create " + folder.resolve("Cargo.toml") + " or remove it from `members`.");
        }
        result.add(folder);
      }
    }
    return result;
  }

  /** The directories that match an entry of {@code members} or {@code default-members}, sorted. */
  List<Path> expand(String entry) throws IOException {
    List<Path> folders = List.of(directory);
    for (String part : entry.split("/")) {
      List<Path> next = new ArrayList<>();
      for (Path folder : folders) {
        if (!isGlob(part)) {
          next.add(folder.resolve(part).normalize());
        } else if (Files.isDirectory(folder)) {
          try (DirectoryStream<Path> matches = Files.newDirectoryStream(folder, part)) {
            matches.forEach(next::add);
          }
        }
      }
      folders = next;
    }
    return folders.stream()
        .filter(folder -> !isGlob(entry) || Files.isDirectory(folder))
        .sorted()
        .toList();
  }

  private static boolean isGlob(String entry) {
    return entry.matches(".*[*?\\[].*");
  }
}
