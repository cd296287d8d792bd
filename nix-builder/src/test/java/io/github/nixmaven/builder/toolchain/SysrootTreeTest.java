package io.github.nixmaven.builder.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A sysroot's tree")
class SysrootTreeTest {
  @TempDir Path folder;
  private Path root;
  private SysrootTree tree;
  private final List<SysrootTree.Deb> debs = new ArrayList<>();

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
    tree = new SysrootTree(root, List.of("usr/share/doc", "usr/share/man"));
  }

  private SysrootTreeTest with(String name, byte[] deb) throws IOException {
    debs.add(
        new SysrootTree.Deb(name, Files.write(folder.resolve(name + ".deb"), deb), deb.length));
    return this;
  }

  private void unpack() throws Exception {
    tree.unpack(debs, Progress.NONE);
  }

  private List<String> paths() throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(path -> !path.equals(root))
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  private void assertRefused(String message) throws IOException {
    assertThatThrownBy(this::unpack)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
    try (Stream<Path> outside = Files.list(folder)) {
      assertThat(outside.filter(path -> !path.toString().endsWith(".deb"))).containsExactly(root);
    }
  }

  @Test
  @DisplayName("is what dpkg-deb unpacks")
  void agreesWithDpkg() throws Exception {
    with(
        "good",
        new TestDeb()
            .folder(".")
            .folder("./usr")
            .folder("./usr/bin")
            .file("./usr/bin/tool", 0755, "#!/bin/sh\n")
            .file("./usr/bin/setuid", 04755, "x")
            .file("./usr/bin/group-executable", 0654, "x")
            .hardLink("./usr/bin/tool-1.0", "./usr/bin/tool")
            .link("./usr/bin/t", "tool")
            .link("./usr/lib", "share/../share")
            .folder("./usr/share/empty")
            .file(
                "./usr/share/NetLock_Arany_=Class_Gold=_F\u0151tan\u00fas\u00edtv\u00e1ny",
                0644,
                "\u0151")
            .link("./usr/share/\u00e9", "F\u0151")
            .file("./usr/share/" + "long/".repeat(40) + "name", 0644, "x")
            .gzip());
    unpack();
    Path expected = folder.resolve("expected");
    assertThat(
            new ProcessBuilder("dpkg-deb", "-x", debs.get(0).file().toString(), expected.toString())
                .inheritIO()
                .start()
                .waitFor())
        .isZero();
    assertThat(Nar.firstDifference(expected, root)).isNull();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(root.resolve("usr/bin/setuid"))))
        .isEqualTo("rwxr-xr-x");
    assertThat((int) Files.getAttribute(root.resolve("usr/bin/setuid"), "unix:mode") & 07777)
        .isEqualTo(0755);
  }

  @Test
  @DisplayName("has bin, sbin and lib* below usr, and neither etc nor var")
  void usrMerge() throws Exception {
    with(
        "old",
        new TestDeb()
            .file("./bin/sh", 0755, "x")
            .file("./lib/x86_64-linux-gnu/libc.so.6", 0755, "x")
            .link("./lib64/ld.so", "/lib/x86_64-linux-gnu/ld.so")
            .file("./sbin/ldconfig", 0755, "x")
            .file("./etc/passwd", 0644, "x")
            .file("./var/lib/x", 0644, "x")
            .link("./usr/lib/y.so", "../../lib/x86_64-linux-gnu/libc.so.6")
            .xz());
    with(
        "base",
        new TestDeb()
            .link("./bin", "usr/bin")
            .link("./lib", "usr/lib")
            .link("./lib64", "usr/lib64")
            .file("./usr/lib/x86_64-linux-gnu/ld.so", 0755, "x")
            .plain("data.tar"));
    unpack();
    assertThat(paths())
        .containsExactly(
            "usr",
            "usr/bin",
            "usr/bin/sh",
            "usr/lib",
            "usr/lib/x86_64-linux-gnu",
            "usr/lib/x86_64-linux-gnu/ld.so",
            "usr/lib/x86_64-linux-gnu/libc.so.6",
            "usr/lib/y.so",
            "usr/lib64",
            "usr/lib64/ld.so",
            "usr/sbin",
            "usr/sbin/ldconfig");
    assertThat(root.resolve("usr/lib64/ld.so")).isRegularFile();
    assertThat(root.resolve("usr/lib/y.so")).isRegularFile();
  }

  @ParameterizedTest
  @CsvSource({
    "libm.so.6, libm.so.6",
    "../share/x, ../share/x",
    "./../lib//x/, ./../lib/x",
    "/usr/bin/x, ../bin/x",
    "/usr/lib/x, x",
    "/bin/x, ../bin/x",
    "/lib/a/b, a/b",
    "../../bin/x, ../bin/x",
    "/usr, ..",
    "/usr/lib, .",
    "/etc/alternatives/x,",
    "../../etc/x,",
    "/dev/null,",
    "/,"
  })
  @DisplayName("keeps links below usr, makes links by the root relative, leaves out all others")
  void links(String target, String expected) throws Exception {
    with("links", new TestDeb().folder("./usr/lib").link("./usr/lib/link", target).xz());
    unpack();
    Path link = root.resolve("usr/lib/link");
    if (expected == null) {
      assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
    } else {
      assertThat(Files.readSymbolicLink(link)).hasToString(expected);
    }
  }

  @Test
  @DisplayName("lacks what is pruned, and nothing whose name only begins alike")
  void prune() throws Exception {
    with(
        "docs",
        new TestDeb()
            .folder("./usr/share/doc")
            .file("./usr/share/doc/x/copyright", 0644, "x")
            .link("./usr/share/doc/y", "x")
            .file("./usr/share/documents", 0644, "x")
            .file("./usr/share/man", 0644, "x")
            .xz());
    unpack();
    assertThat(paths()).containsExactly("usr", "usr/share", "usr/share/documents");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/usr/bin/x",
        "../x",
        "./usr/../../x",
        "usr/bin/..",
        "./usr/bin/../../../x",
        "..",
        "//x"
      })
  @DisplayName("takes no entry that leads out of it")
  void hostileNames(String name) throws Exception {
    with("evil", new TestDeb().folder("./usr/bin").file(name, 0644, "x").xz());
    assertRefused("the package evil cannot be unpacked: its entry '" + name + "' leads out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../x", "../../../../../etc/passwd", "a/../../../../x", "/../x"})
  @DisplayName("takes no link that leads out of it")
  void hostileLinks(String target) throws Exception {
    with("evil", new TestDeb().link("./usr/bin/link", target).xz());
    assertRefused("usr/bin/link is a link to " + target + ", out of the tree");
  }

  @Test
  @DisplayName("takes no hard link to a file outside, to another package's, or to one left out")
  void hostileHardLinks() throws Exception {
    for (String target : List.of("./etc/passwd", "./usr/bin/none", "./usr/share/doc/x")) {
      debs.clear();
      makeRootAgain();
      with(
          "evil",
          new TestDeb().file("./usr/share/doc/x", 0644, "").hardLink("./usr/bin/x", target).xz());
      assertRefused("usr/bin/x is a hard link to " + target + ", which it does not contain");
    }
  }

  private void makeRootAgain() throws IOException {
    Path trash = folder.resolve("trash.deb" + System.nanoTime() + ".deb");
    Files.move(root, trash);
    makeRoot();
  }

  @Test
  @DisplayName("is never written to through a link that a package brings")
  void writeThroughLink() throws Exception {
    with(
        "evil",
        new TestDeb()
            .folder("./usr/share")
            .link("./usr/lib", "share")
            .file("./usr/lib/x", 0644, "x")
            .xz());
    assertRefused("the toolchain has usr/lib twice: from evil and from evil");
  }

  @Test
  @DisplayName("takes no device, pipe or unknown compression, and names the package")
  void unsupported() throws Exception {
    for (byte type : new byte[] {TarConstants.LF_FIFO, TarConstants.LF_CHR, TarConstants.LF_BLK}) {
      debs.clear();
      with("special", new TestDeb().special("./usr/x", type).xz());
      assertRefused(
          "special cannot be unpacked: usr/x is neither a file, nor a directory, nor a link");
      makeRootAgain();
    }
    debs.clear();
    with("zstd", new TestDeb().plain("data.tar.zst"));
    assertRefused("its files are in data.tar.zst, but only data.tar, data.tar.gz and data.tar.xz");
    debs.clear();
    with("empty", new TestDeb().plain("control.tar.gz"));
    assertRefused("the package empty cannot be unpacked: it has no data.tar");
  }

  @Test
  @DisplayName("made from a damaged file fails")
  void damaged() throws Exception {
    byte[] deb = new TestDeb().file("./usr/x", 0644, "x".repeat(100_000)).xz();
    deb[deb.length - 40] ^= 1;
    with("damaged", deb);
    assertThatThrownBy(this::unpack).isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("cannot have one path from two packages, unless it is a folder in both")
  void twice() throws Exception {
    with("b", new TestDeb().folder("./usr/bin").file("./usr/bin/x", 0755, "same").xz());
    with("a", new TestDeb().folder("./usr/bin").file("./bin/x", 0755, "same").xz());
    assertRefused("the toolchain has usr/bin/x twice: from a and from b");
  }

  @Test
  @DisplayName(
      "gets the lock's links, each of which must lead to something and have its place free")
  void lockLinks() throws Exception {
    with("gcc", new TestDeb().file("./usr/bin/gcc", 0755, "x").xz());
    unpack();
    tree.link("usr/bin/cc", "gcc");
    tree.link("usr/lib/cpp", "../bin/gcc");
    assertThat(root.resolve("usr/bin/cc")).isRegularFile();
    assertThat(root.resolve("usr/lib/cpp")).isRegularFile();
    for (String target : List.of("g++", "/etc/passwd", "../../../../etc/passwd", "/usr/bin/gcc")) {
      assertThatThrownBy(() -> tree.link("usr/bin/c", target))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("usr/bin/c would point to " + target + ", which does not exist");
    }
    assertThatThrownBy(() -> tree.link("usr/bin/gcc", "cc"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has usr/bin/gcc twice: from gcc and from the lock's own links");
  }

  @Test
  @DisplayName("is the same in whatever order packages come")
  void order() throws Exception {
    for (int i = 0; i < 40; i++) {
      with(
          "p" + i,
          new TestDeb()
              .file("./usr/share/a/b/" + i, 0644, "x".repeat(i * 100))
              .link("./usr/lib/" + i, "/usr/share/a/b/" + i)
              .xz());
    }
    unpack();
    Nar.Digest digest = Nar.digest(root);
    makeRootAgain();
    java.util.Collections.reverse(debs);
    unpack();
    assertThat(Nar.digest(root)).isEqualTo(digest);
  }
}
