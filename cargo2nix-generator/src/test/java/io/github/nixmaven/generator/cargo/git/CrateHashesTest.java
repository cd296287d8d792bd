package io.github.nixmaven.generator.cargo.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.git.LockedCommit;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("crate-hashes.json")
class CrateHashesTest {
  private static final String COMMIT = "0123456789".repeat(4);
  private static final String OTHER_COMMIT = "abcdef0123".repeat(4);
  private static final LockedCommit LOCKED =
      new LockedCommit("https://example.org/r", COMMIT, "branch=main", null, GitRemedies.LOCK);
  private static final Hash HASH = Hash.digest(Hash.Algorithm.SHA256, new byte[] {1});
  private static final Hash OTHER_HASH = Hash.digest(Hash.Algorithm.SHA256, new byte[] {2});

  @TempDir Path temporary;
  private Path file;

  @BeforeEach
  void choosePlace() {
    file = temporary.resolve(CrateHashes.FILE_NAME);
  }

  private void update() throws IOException {
    CrateHashes.update(file, Map.of(LOCKED, HASH.sri()), "`generate`");
  }

  @Test
  @DisplayName("holds one sorted line for each commit in use, and no others")
  void written() throws Exception {
    Files.writeString(
        file, "{\"git+https://example.org/gone#" + COMMIT + "\": \"" + HASH.sri() + "\"}");
    CrateHashes.update(
        file,
        Map.of(
            LOCKED,
            HASH.sri(),
            new LockedCommit(
                "https://me:s3cr3t@example.org/a", OTHER_COMMIT, null, null, GitRemedies.LOCK),
            OTHER_HASH.sri()),
        "`generate`");
    assertThat(file)
        .hasContent(
            """
            {
              "git+https://example.org/a#%s": "%s",
              "git+https://example.org/r#%s": "%s"
            }
            """
                .formatted(OTHER_COMMIT, OTHER_HASH.sri(), COMMIT, HASH.sri()));
  }

  @Test
  @DisplayName("is not touched when it is right, and not made when there is nothing to record")
  void untouched() throws Exception {
    CrateHashes.update(file, Map.of(), "`generate`");
    assertThat(file).doesNotExist();
    update();
    FileTime before = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, before);
    update();
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git+https://example.org/r#COMMIT",
        "git+https://me:s3cr3t@example.org/r#COMMIT",
        "demo 0.1.0 (git+https://example.org/r?branch=main#COMMIT)"
      })
  @DisplayName("with another hash for a commit in use is an error, in our form and crate2nix's")
  void wrongHash(String key) throws Exception {
    String text = "{\"" + key.replace("COMMIT", COMMIT) + "\": \"" + OTHER_HASH.nix32() + "\"}";
    Files.writeString(file, text);
    assertThatThrownBy(this::update)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file + ": the hash recorded for https://example.org/r#" + COMMIT)
        .hasMessageContaining(OTHER_HASH.sri())
        .hasMessageContaining(HASH.sri())
        .hasMessageNotContaining("s3cr3t");
    assertThat(file).hasContent(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git+https://example.org/r?branch=main#demo@0.1.0",
        "git+https://example.org/r?branch=main#0.1.0",
        "git+https://example.org/r#demo@0.1.0"
      })
  @DisplayName(
      "of crate2nix, whose key names no commit, is not trusted after `cargo update` moved the commit")
  void staleHash(String key) throws Exception {
    Files.writeString(file, "{\"" + key + "\": \"" + OTHER_HASH.nix32() + "\"}");
    update();
    assertThat(Files.readString(file)).contains(HASH.sri()).doesNotContain(key);
  }

  @Test
  @DisplayName("that agrees in crate2nix's form is taken over into ours")
  void takenOver() throws Exception {
    Files.writeString(
        file,
        "{\"demo 0.1.0 (git+https://example.org/r?branch=main#%s)\": \"%s\"}"
            .formatted(COMMIT, HASH.nix32()));
    update();
    assertThat(Files.readString(file)).contains("\"git+https://example.org/r#" + COMMIT);
  }

  @Test
  @DisplayName("that is no JSON, or holds no hash, is an error with its place")
  void broken() throws Exception {
    Files.writeString(file, "{\n  <<<<<<< ours\n}");
    assertThatThrownBy(this::update)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file + ":2:");
    Files.writeString(file, "{\"git+https://example.org/r#" + COMMIT + "\": \"nonsense\"}");
    assertThatThrownBy(this::update)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not a SHA-256 hash");
  }
}
