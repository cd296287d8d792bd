package io.github.nixmaven.builder.verify.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.builder.nix.NixFixture;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceTest {
  @TempDir private Path folder;

  @Test
  @DisplayName(
      "of an archive that ar made of a C compiler's objects, each byte of a string leads to its"
          + " member and section, short name or long")
  void archive() throws Exception {
    String derivation =
        NixFixture.instantiate(
                NixFixture.derivation(
                    "place",
                    """
                    echo 'const char s[] = "first needle";' > a.c
                    echo 'const char l[] = "second needle";' > a-name-that-is-too-long-for-the-header.c
                    gcc -c *.c; mkdir $out; ar rcD $out/lib.a *.o; ar rcD $out/odd.a a.c a.o
                    """,
                    ""))
            .get(0);
    NixFixture.realise(List.of(), List.of(derivation));
    Path out =
        Path.of(NixFixture.nix().capture("nix-store", List.of("--query", "--outputs", derivation)));

    assertThat(place(out.resolve("lib.a"), "first needle"))
        .isEqualTo("member a.o, section .rodata");
    assertThat(place(out.resolve("lib.a"), "second needle"))
        .isEqualTo("member a-name-that-is-too-long-for-the-header.o, section .rodata");
    assertThat(place(out.resolve("odd.a"), "const char")).isEqualTo("member a.c");
    assertThat(place(out.resolve("odd.a"), "first needle\0"))
        .isEqualTo("member a.o, section .rodata");
    assertThat(Place.of(out.resolve("lib.a"), 20)).isEqualTo("header of symbol table");
    assertThat(Place.of(out.resolve("lib.a"), 3)).isEqualTo("header of symbol table");
  }

  @Test
  @DisplayName("every section of a program is found by the offset that its headers give")
  void program() throws Exception {
    Path bash = NixFixture.sysroot().resolve("usr/bin/bash");
    assertThat(place(bash, "/lib64/ld-linux-x86-64.so.2")).isEqualTo("section .interp");
    assertThat(Place.of(bash, 4)).isEqualTo("headers");
    assertThat(Place.of(bash, Files.size(bash) - 1)).isEqualTo("section headers");
    assertThat(Place.of(bash, Files.size(bash))).isEmpty();
  }

  @Test
  @DisplayName(
      "a section of a WebAssembly module is called by its number's name, a custom one by its own")
  void wasm() throws Exception {
    ByteArrayOutputStream module = new ByteArrayOutputStream();
    module.write(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
    section(module, 1, new byte[] {1, 0x60, 0, 0});
    section(module, 10, new byte[300]);
    section(module, 0, "\tproducers\1rustc".getBytes(StandardCharsets.US_ASCII));
    byte[] bytes = module.toByteArray();

    assertThat(parts(bytes, 10)).containsExactly("section type");
    assertThat(parts(bytes, 200)).containsExactly("section code");
    assertThat(parts(bytes, bytes.length - 1)).containsExactly("section custom producers");
    assertThat(parts(bytes, 2)).containsExactly("section type");
  }

  @Test
  @DisplayName("a file of another form, or one that ends early, has no parts, and is no fault")
  void broken() throws Exception {
    assertThat(parts("text".getBytes(StandardCharsets.US_ASCII), 2)).isEmpty();
    assertThat(parts(new byte[0], 0)).isEmpty();
    byte[] bash = Files.readAllBytes(NixFixture.sysroot().resolve("usr/bin/bash"));
    for (int length = 0; length < 200; length++) {
      byte[] start = java.util.Arrays.copyOf(bash, length);
      assertThat(parts(start, length / 2)).isEmpty();
    }
    byte[] archive =
        "!<arch>\nname            0           0     0     644     oops      `\n"
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(parts(archive, 9)).isEmpty();
  }

  @Test
  @DisplayName("an excerpt is the text around the place, or the bytes from it on")
  void excerpt() throws Exception {
    Path file = folder.resolve("f");
    Files.write(file, "\0\0built at 1763765123\0\1\2\3".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(Excerpt.of(file, 15)).isEqualTo("built at 1763765123");
    assertThat(Excerpt.of(file, 22)).isEqualTo("01 02 03");
    assertThat(Excerpt.of(file, Files.size(file))).isEmpty();
  }

  private static void section(ByteArrayOutputStream module, int id, byte[] content) {
    module.write(id);
    module.write(content.length & 0x7f | (content.length > 0x7f ? 0x80 : 0));
    if (content.length > 0x7f) {
      module.write(content.length >> 7);
    }
    module.writeBytes(content);
  }

  private static List<String> parts(byte[] bytes, int offset) {
    return Place.parts(ByteBuffer.wrap(bytes), offset);
  }

  private static String place(Path file, String needle) throws Exception {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    return Place.of(file, text.indexOf(needle));
  }
}
