package io.github.nixmaven.generator.nix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.hash.Hash.Algorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A store path")
class StorePathTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  @DisplayName("of a file is the one that nix-store --add-fixed gives")
  void flat(Algorithm algorithm) throws Exception {
    Path file = Files.writeString(folder.resolve("a+b-1.0_x?=.crate"), "flat\n");
    assertThat(
            StorePath.flat(
                file.getFileName().toString(), Hash.digest(algorithm, Files.readAllBytes(file))))
        .isEqualTo(NixTool.addFixed(algorithm.nixName(), file.toString()));
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  @DisplayName("of a tree is the one that nix-store --add-fixed --recursive gives")
  void recursive(Algorithm algorithm) throws Exception {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.writeString(tree.resolve("file"), "content");
    Hash nar =
        Hash.parse(
            algorithm, NixTool.text("nix-hash", "--type", algorithm.nixName(), tree.toString()));
    assertThat(StorePath.recursive("tree", nar))
        .isEqualTo(NixTool.addFixed("--recursive", algorithm.nixName(), tree.toString()));
  }

  @Test
  @DisplayName("takes a name of 211 characters, as Nix does")
  void longestName() throws Exception {
    Path file = Files.writeString(folder.resolve("n".repeat(211)), "x");
    assertThat(
            StorePath.flat(
                "n".repeat(211), Hash.digest(Algorithm.SHA256, Files.readAllBytes(file))))
        .isEqualTo(NixTool.addFixed("sha256", file.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@b", "a b", "a~b", "a%b", "a!b", "ä", "a\nb", "a$b", "a\"b"})
  @DisplayName("refuses the names that Nix refuses")
  void illegalName(String name) throws Exception {
    Path file = Files.writeString(folder.resolve(name), "x");
    Process nix =
        new ProcessBuilder("nix-store", "--add-fixed", "sha256", file.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(nix.getInputStream().readAllBytes())).contains("error");
    assertThat(nix.waitFor()).isNotZero();

    assertThat(StorePath.isName(name)).isFalse();
    assertThatThrownBy(() -> StorePath.flat(name, Hash.digest(Algorithm.SHA256, new byte[0])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", ".a", "a/b", "../a"})
  @DisplayName("refuses names that are empty, hidden or a path")
  void pathLikeName(String name) {
    assertThat(StorePath.isName(name)).isFalse();
  }

  @Test
  @DisplayName("refuses a name of 212 characters")
  void tooLong() {
    assertThat(StorePath.isName("n".repeat(212))).isFalse();
  }
}
