package io.github.nixmaven.builder.toy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.pin.GenerateResult;
import io.github.nixmaven.generator.pin.Generator;
import io.github.nixmaven.generator.pin.LockRequest;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An ecosystem needs files in its own package alone")
class ToyEcosystemTest {
  @TempDir private Path directory;
  private LockRequest request;

  @BeforeEach
  void lock() throws IOException {
    Files.writeString(directory.resolve("kite.txt"), "paper and string\n");
    Files.writeString(directory.resolve("top.txt"), "wood\n");
    writeLock("kite 1.0 " + hash("paper and string\n") + " kite.txt", top("1.0"));
    Path lock = ToyEcosystem.TOY.lockIn(directory).orElseThrow();
    request = ToyEcosystem.TOY.request(lock, directory.resolve("toy.nix"));
  }

  @Test
  @DisplayName("to generate, and to leave alone what is right")
  void generate() throws Exception {
    GenerateResult first =
        Generator.generate(request, NixFixture.CONTEXT.withCache(directory.resolve("cache")));
    byte[] bytes = Files.readAllBytes(directory.resolve("toy.nix"));

    assertThat(first.written()).isTrue();
    assertThat(first.added()).containsExactly("kite 1.0", "top 1.0");
    assertThat(
            Generator.generate(request, NixFixture.CONTEXT.withCache(directory.resolve("cache")))
                .written())
        .isFalse();
    assertThat(directory.resolve("toy.nix")).hasBinaryContent(bytes);
  }

  @Test
  @DisplayName("to check, which names the packages")
  void check() throws Exception {
    Generator.generate(request, NixFixture.CONTEXT.withCache(directory.resolve("cache")));
    assertThat(
            Generator.check(request, NixFixture.CONTEXT.withCache(directory.resolve("cache")))
                .upToDate())
        .isTrue();

    writeLock(top("2.0"), "ball 1.0 " + hash("rubber\n") + " ball.txt");

    assertThat(
            Generator.check(request, NixFixture.CONTEXT.withCache(directory.resolve("cache")))
                .differences())
        .containsExactly(
            "kite 1.0 is not in the lock",
            "top 1.0: the lock has 2.0",
            "ball 1.0: in the lock, not in toy.nix");
  }

  @Test
  @DisplayName("to report a mistake in a lock with its place")
  void mistake() throws Exception {
    writeLock(top("1.0"), "kite");

    assertThatThrownBy(
            () ->
                Generator.generate(
                    request, NixFixture.CONTEXT.withCache(directory.resolve("cache"))))
        .isInstanceOf(InputException.class)
        .hasMessage(
            directory.resolve("toy.lock")
                + ":2:1: a line has a name, a version, a hash and a file\n  Lock the toys again.");
    assertThat(directory.resolve("toy.nix")).doesNotExist();
  }

  private void writeLock(String... lines) throws IOException {
    Files.write(directory.resolve("toy.lock"), List.of(lines));
  }

  private static String top(String version) {
    return "top " + version + " " + hash("wood\n") + " top.txt";
  }

  private static String hash(String content) {
    return Hash.digest(Hash.Algorithm.SHA256, content.getBytes(StandardCharsets.UTF_8)).sri();
  }
}
