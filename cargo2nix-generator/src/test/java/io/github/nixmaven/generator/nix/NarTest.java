package io.github.nixmaven.generator.nix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.hash.Hash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A NAR")
class NarTest {
  @TempDir Path folder;
  private Path tree;

  @BeforeEach
  void makeTree() throws Exception {
    tree = makeTree("tree");
  }

  private Path makeTree(String name) throws IOException {
    Path root = Files.createDirectories(folder.resolve(name));
    Files.createDirectory(root.resolve("empty"));
    Files.createDirectories(root.resolve("a/b/c"));
    // Bytewise, '-' and '.' come before '/' would, and upper case before lower.
    for (String file : List.of("a/b.txt", "a/b-1", "a/B", "a/b/c/deep", "a/zz", "a/_")) {
      Files.writeString(root.resolve(file), file);
    }
    for (int size : new int[] {0, 1, 7, 8, 9, 131071, 131072, 131073, 300000}) {
      byte[] content = new byte[size];
      new Random(size).nextBytes(content);
      Files.write(root.resolve("size-" + size), content);
    }
    Path script = Files.writeString(root.resolve("script"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
    Path groupOnly = Files.writeString(root.resolve("group-only"), "x");
    Files.setPosixFilePermissions(groupOnly, PosixFilePermissions.fromString("rw-r-xr-x"));
    Files.createSymbolicLink(root.resolve("link"), Path.of("a/b.txt"));
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("/no/where"));
    // Made from bytes, because the JVM may think that file names are ASCII. The second one sorts
    // after the first in UTF-16 and before it in UTF-8.
    String base = root.toUri().toString();
    for (String escaped : List.of("%F0%90%80%80", "%EF%BC%A1", "%C3%A9-%3F", "%FF%FE")) {
      Files.writeString(Path.of(URI.create(base + escaped)), escaped);
      Files.createDirectories(Path.of(URI.create(base + "dir-" + escaped + "/x")));
    }
    return root;
  }

  @Test
  @DisplayName("has the bytes of nix-store --dump")
  void agreesWithNix() throws Exception {
    // A target that is not ASCII, absolute and relative, ends with a slash or does not.
    for (String target : List.of("\u00e9", "/tmp/\u00e9/", "a//b/", "\u00e9/", "/no/")) {
      new ProcessBuilder(
              "bash",
              "-c",
              "ln -s \"$(printf '%b' \"$1\")\" \"$2/t$3\"",
              "-",
              target.replace("\u00e9", "\\xc3\\xa9"),
              tree.toString(),
              "" + target.hashCode())
          .inheritIO()
          .start()
          .waitFor();
    }
    byte[] expected = NixTool.bytes("nix-store", "--dump", tree.toString());
    ByteArrayOutputStream nar = new ByteArrayOutputStream();
    Nar.write(tree, nar);
    assertThat(nar.toByteArray()).isEqualTo(expected);

    Nar.Digest digest = Nar.digest(tree);
    assertThat(digest.size()).isEqualTo(expected.length);
    assertThat(digest.hash().hex())
        .isEqualTo(NixTool.text("nix-hash", "--type", "sha256", tree.toString()));
  }

  @Test
  @DisplayName("of a single file, and of a link, is that of nix-store --dump")
  void notAFolder() throws Exception {
    for (String name : List.of("script", "size-9", "link", "dangling")) {
      assertThat(Nar.digest(tree.resolve(name)).hash())
          .isEqualTo(
              Hash.digest(
                  Hash.Algorithm.SHA256,
                  NixTool.bytes("nix-store", "--dump", tree.resolve(name).toString())));
    }
  }

  @Test
  @DisplayName("cannot hold a pipe")
  void specialFile() throws Exception {
    Path pipe = tree.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> Nar.digest(tree))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(pipe + " is not a file, a directory or a link");
  }

  @Test
  @DisplayName("is equal for trees that differ in times and permissions alone")
  void noDifference() throws Exception {
    Path other = makeTree("other");
    Files.setPosixFilePermissions(
        other.resolve("a/zz"), PosixFilePermissions.fromString("rw-rw-r-x"));
    assertThat(Nar.firstDifference(tree, other)).isNull();
    assertThat(Nar.digest(other)).isEqualTo(Nar.digest(tree));
  }

  @Test
  @DisplayName("tells the first differing file, in NAR order, and the byte")
  void firstDifference() throws Exception {
    Path other = makeTree("other");
    byte[] content = Files.readAllBytes(other.resolve("size-131073"));
    content[131072] ^= 1;
    Files.write(other.resolve("size-131073"), content);
    Files.delete(other.resolve("size-9"));
    Nar.Difference difference = Nar.firstDifference(tree, other);
    assertThat(difference)
        .isEqualTo(new Nar.Difference("size-131073", "differs from byte 131072 on", 131072));

    Files.writeString(other.resolve("a/_"), "a/_ and more");
    assertThat(Nar.firstDifference(tree, other)).hasToString("a/_: differs from byte 3 on");
  }

  @Test
  @DisplayName("tells what differs where it is not the contents")
  void otherDifferences() throws Exception {
    Path other = makeTree("other");
    Files.delete(other.resolve("size-9"));
    assertThat(Nar.firstDifference(tree, other)).hasToString("size-9: only in the first");
    assertThat(Nar.firstDifference(other, tree)).hasToString("size-9: only in the second");

    Files.setPosixFilePermissions(
        other.resolve("script"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(Nar.firstDifference(tree, other))
        .hasToString("script: executable only in the first");

    Files.delete(other.resolve("link"));
    Files.createSymbolicLink(other.resolve("link"), Path.of("a"));
    assertThat(Nar.firstDifference(tree, other))
        .hasToString("link: links to a/b.txt in the first, to a in the second");

    Files.delete(other.resolve("empty"));
    Files.createFile(other.resolve("empty"));
    assertThat(Nar.firstDifference(tree, other))
        .hasToString("empty: a directory in the first, a file in the second");
    assertThat(Nar.firstDifference(tree.resolve("a/B"), tree.resolve("a/_")))
        .hasToString(".: differs from byte 2 on");
  }
}
