package io.github.nixmaven.builder.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** A cache in a directory, which a web server may serve. */
final class FolderCache implements BinaryCache {
  private final Path folder;

  FolderCache(Path folder) {
    this.folder = folder;
  }

  /** On the same file system, so that a file can be moved to its place in one step. */
  @Override
  public Path staging() {
    return folder.resolve("nar");
  }

  @Override
  public @Nullable String read(String name) throws IOException {
    try {
      return Files.readString(folder.resolve(name));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public void put(Path file, String name) throws IOException {
    Files.move(
        file,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
