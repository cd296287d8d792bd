package io.github.nixmaven.builder.verify.inspect;

import io.github.nixmaven.generator.text.DirectoryTree;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Copies and deletes whole file trees of the store without following links. */
public final class Trees {
  private Trees() {}

  /** Copies a file, link or directory of the store so that its owner can change and delete it. */
  public static void copy(Path from, Path to) throws IOException {
    Path folder = to.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectory(target(directory));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path target = target(file);
            Files.copy(file, target, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isRegularFile()) {
              Set<PosixFilePermission> permissions =
                  EnumSet.copyOf(Files.getPosixFilePermissions(target));
              permissions.add(PosixFilePermission.OWNER_WRITE);
              Files.setPosixFilePermissions(target, permissions);
            }
            return FileVisitResult.CONTINUE;
          }

          private Path target(Path file) {
            return from.equals(file) ? to : to.resolve(from.relativize(file).toString());
          }
        });
  }

  /** Deletes a file, link or directory of the store, where directories are read-only. */
  public static void delete(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            return FileVisitResult.CONTINUE;
          }
        });
    DirectoryTree.delete(tree);
  }
}
