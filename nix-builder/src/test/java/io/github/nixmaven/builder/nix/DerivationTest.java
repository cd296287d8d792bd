package io.github.nixmaven.builder.nix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.hash.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DerivationTest {
  @Test
  @DisplayName("outputs and inputs of a real derivation are those nix-store tells")
  void realDerivation() throws Exception {
    String one =
        NixFixture.derivation("one", "echo \"quo\\ted\" > $out", "outputs = [ \"out\" \"dev\" ];");
    String path =
        NixFixture.instantiate(
                NixFixture.derivation("two", "cat $one > $out", "one = " + one + ";"))
            .get(0);
    Derivation derivation = Derivation.read(path);

    assertThat(derivation.name()).isEqualTo("two");
    assertThat(derivation.isFixedOutput()).isFalse();
    assertThat(derivation.outputPaths()).isEqualTo(query("--query", "--outputs", path));
    assertThat(derivation.inputs()).allMatch(input -> input.endsWith("-one.drv")).hasSize(1);
    assertThat(Derivation.read(derivation.inputs().get(0)).outputs())
        .containsOnlyKeys("dev", "out");
  }

  @Test
  @DisplayName("a download is a fixed output, whose digest is known if it is one file")
  void fixedOutput() throws Exception {
    for (Hash.Algorithm algorithm : Hash.Algorithm.values()) {
      Hash hash = Hash.digest(algorithm, new byte[] {1});
      Derivation file = fetched("hash = \"" + hash.sri() + "\";");

      assertThat(file.isFixedOutput()).isTrue();
      assertThat(file.file()).contains(hash);
    }

    Derivation tree = fetched("sha256 = \"" + "0".repeat(64) + "\"; unpack = true;");

    assertThat(tree.isFixedOutput()).isTrue();
    assertThat(tree.file()).isEmpty();
  }

  private static Derivation fetched(String attributes) throws Exception {
    return Derivation.read(
        NixFixture.instantiate(
                "import <nix/fetchurl.nix> { url = \"file:///x\"; " + attributes + " }")
            .get(0));
  }

  @Test
  @DisplayName("the closure holds what nix-store tells, inputs before what needs them")
  void closure() throws Exception {
    String one = NixFixture.derivation("one", "echo > $out", "");
    String two = NixFixture.derivation("two", "echo > $out", "one = one;");
    String three = NixFixture.derivation("three", "echo > $out", "one = one; two = two;");
    String path =
        NixFixture.instantiate("let one = " + one + "; two = " + two + "; in " + three).get(0);
    Map<String, Derivation> closure = Derivation.closure(List.of(path));

    assertThat(closure.values())
        .extracting(Derivation::name)
        .containsExactly("one", "two", "three");
    assertThat(closure.keySet())
        .containsExactlyInAnyOrderElementsOf(
            query("--query", "--requisites", path).stream()
                .filter(each -> each.endsWith(".drv"))
                .toList());
  }

  @Test
  @DisplayName("a file that is no derivation is reported with the offset")
  void otherFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("x.drv"), "Derive([(\"out\",");

    assertThatThrownBy(() -> Derivation.read(file.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a derivation: expected `\"` at offset 15");
  }

  private static List<String> query(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(NixFixture.options().arguments());
    all.addAll(List.of(arguments));
    return NixFixture.nix().capture("nix-store", all).lines().toList();
  }
}
