package io.github.nixmaven.generator.cargo.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Cargo.lock")
class CargoLockTest {
  private static final Path CORPUS = Path.of("../../shared/corpus");

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}: version {1}, {2} packages")
  @CsvSource({
    "aura/Cargo.lock, 4, 511",
    "causality/Cargo.lock, 3, 1061",
    "theater/Cargo.lock, 4, 424",
    "chat/Cargo.lock, 4, 32",
    "legacy-locks/esta-kernel.Cargo.lock, 4, 209",
  })
  void corpus(String file, int version, int packages) throws IOException {
    CargoLock lock = CargoLock.read(CORPUS.resolve(file));

    assertThat(lock.version()).isEqualTo(version);
    assertThat(lock.packages()).hasSize(packages);
  }

  static Stream<Path> oldLocks() throws IOException {
    try (Stream<Path> files = Files.list(CORPUS.resolve("legacy-locks"))) {
      return files.filter(f -> f.getFileName().toString().startsWith("embly")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("oldLocks")
  @DisplayName("Old locks keep their checksums in [metadata]; every registry package has one")
  void checksumsOfOldLocks(Path file) throws IOException {
    CargoLock lock = CargoLock.read(file);

    assertThat(lock.version()).isLessThanOrEqualTo(2);
    List<LockedPackage> registry =
        lock.packages().stream()
            .filter(p -> p.source() != null && p.source().kind() == SourceId.Kind.REGISTRY)
            .toList();
    assertThat(registry).isNotEmpty().allMatch(p -> p.checksum() != null);
  }

  @Test
  @DisplayName("A git source is taken apart, and its reference is decoded")
  void gitSource() {
    assertThat(SourceId.parse("git+https://example.org/a.git?branch=a%2Fb#0123abc"))
        .isEqualTo(
            new SourceId(SourceId.Kind.GIT, "https://example.org/a.git", "branch=a/b", "0123abc"));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "version = 5\\n[[package]]\\nname = \"a\"\\nversion = \"1.0.0\" | 1:1: lock format 5 is not supported",
        "version = 4                                                   | the lock contains no packages",
        "version = 4\\n[[package]]\\nname = \"a                        | 3:10: not valid TOML",
        "version = 4\\n[[package]]\\nversion = \"1.0.0\"               | 2:1: `name` is missing",
        "[[package]]\\nname = \"a\"\\nversion = \"1.0\"                | 3:1: `1.0` is not a version",
        "[[package]]\\nname = \"a${b}\"\\nversion = \"1.0.0\"          | 2:1: `a${b}` is not a valid package name",
        "[[package]]\\nname = \"..\"\\nversion = \"1.0.0\"             | 2:1: `..` is not a valid package name",
        "[[package]]\\nname = 'a\"b'\\nversion = \"1.0.0\"             | 2:1: `a\"b` is not a valid package name",
        "[[package]]\\nname = \"a\\\\nb\"\\nversion = \"1.0.0\"        | 2:1: `a\\u000ab` is not a valid package name",
        "[[package]]\\nname = \"a\"\\nversion = \"1.0.0-${x}\"         | 3:1: `1.0.0-${x}` is not a version",
        "[[package]]\\nname = 7\\nversion = \"1.0.0\"                  | 2:1: `name` must be a string",
        "[[package]]\\nname = \"a\"\\nversion = \"1.0.0\"\\nchecksum = \"00\" | 4:1: `00` is not a SHA-256",
        "[[package]]\\nname = \"a\"\\nversion = \"1.0.0\"\\nsource = \"ftp+x\" | 4:1: `ftp+x` is not a registry",
        "[[package]]\\nname = \"a\"\\nversion = \"1.0.0\"\\ndependencies = [\"b\"] | 4:1: `b` matches no package",
        "[[package]]\\nname = \"a\"\\nversion = \"1.0.0\"\\n[[package]]\\nname = \"a\"\\nversion = \"1.0.0\" | 5:1: the lock contains a 1.0.0 twice",
        "[[package]]\\nname = \"a\"\\nversion = \"1.0.0\"\\nsource = \"git+https://h/r?branch=x#aa\"\\n[[package]]\\nname = \"b\"\\nversion = \"1.0.0\"\\nsource = \"git+https://h/r?branch=x#bb\" | 8:1: the lock has two commits of git+https://h/r?branch=x: aa and bb",
      })
  @DisplayName("A mistake is reported with its place and a remedy")
  void mistakes(String content, String message) throws IOException {
    Path file = directory.resolve("Cargo.lock");
    Files.writeString(file, content.replace("\\n", "\n").replace("\\\n", "\\n"));

    assertThatThrownBy(() -> CargoLock.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(((InputException) e).remedy()).endsWith("."));
  }

  @Test
  @DisplayName("A missing lock says how to make one")
  void missing() {
    assertThatThrownBy(() -> CargoLock.read(directory.resolve("Cargo.lock")))
        .hasMessageContaining("no such file")
        .hasMessageContaining("cargo generate-lockfile");
  }
}
