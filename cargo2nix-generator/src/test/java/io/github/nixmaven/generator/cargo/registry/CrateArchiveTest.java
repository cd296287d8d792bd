package io.github.nixmaven.generator.cargo.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class CrateArchiveTest {
  private static final CrateId ID =
      new CrateId("a", "1.0.0", "0".repeat(64), new Position("Cargo.lock", 7, 1));

  @TempDir Path folder;

  @Test
  @DisplayName(
      "The manifest comes with its places, and the files are those that cargo infers targets from")
  void contents() throws Exception {
    TestCrate crate = new TestCrate();
    for (String name :
        new String[] {
          "src/main.rs",
          "src/lib.rs",
          "src/deep/mod.rs",
          "src/bin/one.rs",
          "src/bin/two/main.rs",
          "src/bin/two/part.rs",
          "src/bin/two/deep/main.rs",
          "src/notes.txt",
          "build.rs",
          "lib.rs",
          "examples/e.rs",
          "examples/dir/main.rs",
          "examples/dir/other.rs",
          "tests/t.rs",
          "tests/ui/x/y.rs",
          "benches/b.rs",
          "other/main.rs",
          "bin/x.rs",
          "sub/Cargo.toml",
          "tests/data.rs/inner",
          "README.md",
          "README",
          "readme.md",
          "README.rst",
          "src/README.txt",
          "src",
          ".rs/x"
        }) {
      crate.file("a-1.0.0/" + name, name);
    }
    crate.entry("a-1.0.0/examples/folder.rs/", TarConstants.LF_DIR, new byte[0]);
    crate.file("a-1.0.0/Cargo.toml", "# a comment\nk = \"é\"");

    CrateContents contents = read(crate.crate());

    assertThat(contents.manifest().plain()).isEqualTo(Map.of("k", "é"));
    assertThat(contents.manifest().position("k")).hasToString("a 1.0.0/Cargo.toml:2:1");
    assertThat(contents.files())
        .containsExactly(
            "README",
            "README.md",
            "benches/b.rs",
            "build.rs",
            "examples/dir/main.rs",
            "examples/e.rs",
            "lib.rs",
            "src/bin/one.rs",
            "src/bin/two/main.rs",
            "src/lib.rs",
            "src/main.rs",
            "tests/t.rs");
  }

  @Test
  @DisplayName("Long names, extended headers and links that stay inside are what real crates have")
  void decentOddities() throws Exception {
    TestCrate crate =
        TestCrate.decent("a-1.0.0")
            .file("a-1.0.0/" + "long/".repeat(100) + "x.rs", "x")
            .pax("mtime", "1234567890.5")
            .file("a-1.0.0/build.rs", "x")
            .link(TarConstants.LF_SYMLINK, "a-1.0.0/examples/here.rs", "../src/lib.rs")
            .link(TarConstants.LF_SYMLINK, "a-1.0.0/root", ".")
            .link(TarConstants.LF_LINK, "a-1.0.0/tests/hard.rs", "a-1.0.0/src/lib.rs");

    assertThat(read(crate.crate()).files())
        .containsExactly("build.rs", "examples/here.rs", "src/lib.rs", "tests/hard.rs");
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        hostile("outside of a-1.0.0/", decent().file("b-1.0.0/src/lib.rs", "")),
        hostile("outside of a-1.0.0/", decent().file("a-1.0.00/src/lib.rs", "")),
        hostile("outside of a-1.0.0/", decent().file("./", "")),
        hostile("a path that may lead out of it", decent().file("/etc/passwd", "")),
        hostile("a path that may lead out of it", decent().file("/a-1.0.0/x", "")),
        hostile("a path that leads out of it", decent().file("../evil", "")),
        hostile("a path that leads out of it", decent().file("a-1.0.0/../evil", "")),
        hostile("a path that leads out of it", decent().file("a-1.0.0/src/../../../evil", "")),
        hostile("a path that leads out of it", decent().file("a-1.0.0/..", "")),
        hostile("a path that may lead out of it", decent().file("a-1.0.0\\..\\evil", "")),
        hostile("a path that may lead out of it", decent().file("a-1.0.0/a\\b", "")),
        hostile(
            "a path that may lead out of it",
            decent().pax("path", "a-1.0.0/x\0/../../evil").file("a-1.0.0/y", "")),
        hostile("a path that leads out of it", decent().pax("path", "a-1.0.0/../e").file("y", "")),
        hostile(
            "contains a name of 5008 characters", decent().file("a-1.0.0/" + "n".repeat(5000), "")),
        hostile(
            "'/etc/passwd', which is outside",
            decent().link(symbolic(), "a-1.0.0/x", "/etc/passwd")),
        hostile("'..', which is outside", decent().link(symbolic(), "a-1.0.0/x", "..")),
        hostile("'../../x', which is outside", decent().link(symbolic(), "a-1.0.0/d/x", "../../x")),
        hostile(
            "'../../a-1.0.0/../x', which is outside",
            decent().link(symbolic(), "a-1.0.0/d/x", "../../a-1.0.0/../x")),
        hostile(
            "which is outside",
            decent().link(TarConstants.LF_LINK, "a-1.0.0/x", "../../etc/passwd")),
        hostile("which is outside", decent().link(TarConstants.LF_LINK, "a-1.0.0/x", "etc/passwd")),
        hostile("is not a file", decent().entry("a-1.0.0/x", TarConstants.LF_CHR, new byte[0])),
        hostile("is not a file", decent().entry("a-1.0.0/x", TarConstants.LF_BLK, new byte[0])),
        hostile("is not a file", decent().entry("a-1.0.0/x", TarConstants.LF_FIFO, new byte[0])),
        hostile(
            "does not contain a-1.0.0/Cargo.toml", new TestCrate().file("a-1.0.0/src/lib.rs", "")),
        hostile("does not contain a-1.0.0/Cargo.toml", new TestCrate()),
        hostile("'a-1.0.0/Cargo.toml' occurs twice", decent().file("a-1.0.0/Cargo.toml", "")),
        hostile("'a-1.0.0/./Cargo.toml' occurs twice", decent().file("a-1.0.0/./Cargo.toml", "")),
        hostile(
            "'a-1.0.0/Cargo.toml' is a link",
            new TestCrate().link(symbolic(), "a-1.0.0/Cargo.toml", "other")),
        hostile(
            "has 16777217 bytes",
            new TestCrate().file("a-1.0.0/Cargo.toml", "#".repeat((16 << 20) + 1))),
        hostile(
            "an entry's headers are too large",
            decent().entry("x", TarConstants.LF_GNUTYPE_LONGNAME, new byte[1 << 20])),
        hostile(
            "an entry's headers are too large",
            decent().pax("comment", "x".repeat(99_000)).file("a-1.0.0/x", "")));
  }

  private static Arguments hostile(String problem, TestCrate crate) {
    return Arguments.of(problem, crate.crate());
  }

  private static TestCrate decent() {
    return TestCrate.decent("a-1.0.0");
  }

  private static byte symbolic() {
    return TarConstants.LF_SYMLINK;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  @DisplayName("An archive that would reach beyond its folder is refused, with the entry's name")
  void hostile(String problem, byte[] crate) throws Exception {
    assertThatThrownBy(() -> read(crate))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "Cargo.lock:7:1: crate a 1.0.0 ("
                + folder.resolve("it.crate")
                + ") is not a crate that cargo would unpack: ")
        .hasMessageContaining(problem)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(2));
  }

  @Test
  @DisplayName("A name with line ends or escapes does not reach the terminal")
  void printable() {
    assertThatThrownBy(() -> read(decent().file("x\n\u001b[31m", "").crate()))
        .hasMessageContaining("its entry 'x??[31m' is outside");
  }

  @Test
  @DisplayName("A bomb is stopped at the limit, with little memory")
  void bomb() throws Exception {
    Path file = folder.resolve("bomb.crate");
    byte[] zeros = new byte[1 << 20];
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    byte[] header = decent().entry("a-1.0.0/zeros", TarConstants.LF_NORMAL, new byte[0]).tar();
    // The third header says how much follows: 4 GiB, in the octal digits of the size field.
    int third = header.length - Math.floorMod(header.length, 512);
    for (int at = 0; at < header.length; at += 512) {
      if (new String(header, at, 13, UTF_8).equals("a-1.0.0/zeros")) {
        third = at;
      }
    }
    System.arraycopy("40000000000".getBytes(UTF_8), 0, header, third + 124, 11);
    int sum = 0;
    Arrays.fill(header, third + 148, third + 156, (byte) ' ');
    for (int i = 0; i < 512; i++) {
      sum += header[third + i] & 0xff;
    }
    System.arraycopy(String.format("%06o\0 ", sum).getBytes(UTF_8), 0, header, third + 148, 8);
    start.write(header, 0, third + 512);
    try (GZIPOutputStream out =
        new GZIPOutputStream(Files.newOutputStream(file)) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        }) {
      start.writeTo(out);
      for (int i = 0; i < 600; i++) {
        out.write(zeros);
      }
    }
    assertThat(file).satisfies(bomb -> assertThat(Files.size(bomb)).isLessThan(4 << 20));

    assertThatThrownBy(() -> CrateArchive.read(ID, file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("it is too large when unpacked: all files together are too large");
  }

  @Test
  @DisplayName("More entries than any crate has are refused")
  void entries() {
    TestCrate crate = decent();
    for (int i = 0; i < 100_000; i++) {
      crate.entry("a-1.0.0/d/", TarConstants.LF_DIR, new byte[0]);
    }

    assertThatThrownBy(() -> read(crate.crate()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("it has more than 100000 entries");
  }

  @Test
  @DisplayName("Bytes that are no archive, or not all of one, are refused")
  void broken() {
    byte[] crate = decent().file("a-1.0.0/large", "random".repeat(1000)).crate();
    byte[] tar = decent().file("a-1.0.0/large", "random".repeat(1000)).tar();

    for (byte[] bytes :
        new byte[][] {
          {},
          "not gzip".getBytes(UTF_8),
          TestCrate.gzip("not tar".repeat(1000).getBytes(UTF_8)),
          Arrays.copyOf(crate, crate.length / 2),
          Arrays.copyOf(crate, crate.length - 1),
          Arrays.copyOf(crate, 10),
          TestCrate.gzip(Arrays.copyOf(tar, 4000)),
          flip(crate, crate.length - 5)
        }) {
      assertThatThrownBy(() -> read(bytes))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("it is not a complete .tar.gz archive: ");
    }
  }

  private static byte[] flip(byte[] bytes, int at) {
    byte[] flipped = bytes.clone();
    flipped[at] ^= 1;
    return flipped;
  }

  @Test
  @DisplayName("Whatever is done to an archive's bytes, it is read or refused")
  void mutations() throws Exception {
    Random random = new Random(7);
    byte[] tar =
        decent()
            .pax("path", "a-1.0.0/long")
            .file("a-1.0.0/b", "x")
            .file("a-1.0.0/" + "n".repeat(200), "x")
            .link(symbolic(), "a-1.0.0/s", "src")
            .tar();
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] mutated = tar.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        mutated[random.nextInt(10 * 512)] = (byte) random.nextInt(256);
      }
      try {
        read(TestCrate.gzip(mutated));
      } catch (InputException e) {
        refused++;
      } catch (IOException | RuntimeException e) {
        fail("seed 7, round " + i, e);
      }
    }
    assertThat(refused).isBetween(100, 999);
  }

  private CrateContents read(byte[] crate) throws IOException {
    return CrateArchive.read(ID, Files.write(folder.resolve("it.crate"), crate));
  }
}
