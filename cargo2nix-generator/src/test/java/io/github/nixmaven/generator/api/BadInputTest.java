package io.github.nixmaven.generator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A mistake is one message: the place, what is wrong, what to do")
class BadInputTest {
  @TempDir Path directory;

  private Project project;

  @BeforeEach
  void project() throws IOException {
    project = Project.in(directory);
  }

  /** Fails for a reason that starts at {@code FILE:LINE:COLUMN}, and writes nothing. */
  private void assertRefused(String place, String problem, String remedy) throws IOException {
    InputException error = catchThrowableOfType(InputException.class, () -> project.generate());
    assertThat(error).isNotNull();
    assertThat(error)
        .hasMessageStartingWith(directory.resolve(".").normalize() + "/" + place + ": ");
    assertThat(error).hasMessageContaining(problem);
    assertThat(error.remedy()).contains(remedy);
    assertThat(error.getMessage()).endsWith("\n  " + error.remedy());
    assertThat(error.position()).isNotNull();
    assertThat(project.output()).doesNotExist();
  }

  @Test
  @DisplayName("No lock")
  void noLock() throws Exception {
    Files.delete(project.file("Cargo.lock"));
    assertRefused("Cargo.lock", "no such file", "`cargo generate-lockfile`");
  }

  @Test
  @DisplayName("No manifest")
  void noManifest() throws Exception {
    Files.delete(project.file("Cargo.toml"));
    assertRefused("Cargo.toml", "no such file", "with `--manifest-path`.");
  }

  @Test
  @DisplayName("A lock newer than version 4")
  void newerLock() throws Exception {
    project.replace("Cargo.lock", "version = 4\n", "version = 5\n");
    assertRefused("Cargo.lock:1:1", "lock format 5", "Update this plugin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cargo.lock", "Cargo.toml", "app/Cargo.toml"})
  @DisplayName("A file that ends in the middle of a line")
  void truncated(String file) throws Exception {
    String content = Files.readString(project.file(file));
    project.write(file, content.substring(0, content.lastIndexOf('"')));
    String start = content.substring(0, content.lastIndexOf('"'));
    long lines = start.lines().count();

    InputException error = catchThrowableOfType(InputException.class, () -> project.generate());
    assertThat(error).isNotNull();
    assertThat(error).hasMessageContaining(project.file(file) + ":").hasMessageContaining("TOML");
    assertThat(error.position().line()).isBetween((int) lines - 1, (int) lines + 1);
    assertThat(error.position().column()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cargo.lock", "app/Cargo.toml"})
  @DisplayName("A file that is no text")
  void binary(String file) throws Exception {
    Files.write(project.file(file), new byte[] {(byte) 0xff, 0, 1, 2});
    assertRefused(file, "not UTF-8", "Restore it from version control");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cargo.lock", "app/Cargo.toml"})
  @DisplayName("A file with the marks of a merge")
  void conflict(String file) throws Exception {
    project.write(file, "<<<<<<< HEAD\n" + Files.readString(project.file(file)));
    assertRefused(file + ":1:1", "not valid TOML", "Fix the line");
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "itoa = \"1.0\" | itoa = \"1.0.15\"        | app/Cargo.toml:7:1 | it has itoa 1.0.14",
        "itoa = \"1.0\" | itoa = \"2\"             | app/Cargo.toml:7:1 | `itoa = \"2\"`: it has itoa 1.0.14",
        "itoa = \"1.0\" | itoa = \"1\"\\nryu = \"1\" | app/Cargo.toml:8:1 | `ryu = \"1\"`: it has no such",
        "itoa = \"1.0\" | itoa = \"1\"\\ncfg-if = \"1\" | app/Cargo.toml:8:1 | `cfg-if = \"1\"`: it has no such",
        "version = \"0.1.0\" | version = \"0.1.1\" | app/Cargo.toml:2:1 | the lock does not have app 0.1.1, but app 0.1.0",
        "name = \"app\"      | name = \"apple\"    | app/Cargo.toml:2:1 | the lock does not have apple 0.1.0",
      })
  @DisplayName("A lock that does not satisfy the manifests")
  void staleLock(String old, String fresh, String place, String problem) throws Exception {
    project.replace("app/Cargo.toml", old, fresh.replace("\\n", "\n"));
    assertRefused(place, problem, "run `cargo update --workspace`");
  }

  @Test
  @DisplayName("A member that the lock does not know")
  void newMember() throws Exception {
    project.replace("Cargo.toml", "\"tool\"]", "\"tool\", \"new\"]");
    project.write("new/Cargo.toml", "[package]\nname = \"new\"\nversion = \"1.0.0\"\n");
    project.write("new/src/lib.rs", "");
    assertRefused("new/Cargo.toml:2:1", "the lock does not have new 1.0.0", "cargo update");
  }

  @Test
  @DisplayName("A member that is gone")
  void goneMember() throws Exception {
    project.replace("Cargo.toml", "\"tool\"]", "\"tool\", \"gone\"]");
    assertRefused("Cargo.toml:2:1", "member `gone` does not exist", "remove it from `members`");
  }

  @Test
  @DisplayName("A crate whose bytes are not those of the checksum")
  void checksum() throws Exception {
    project.write("Cargo.lock", Project.lock("1.0.14", "ab".repeat(32)));
    assertRefused("Cargo.lock:18:1", "itoa 1.0.14", "pinned digest");
  }

  @Test
  @DisplayName("A crate of the registry without a checksum")
  void noChecksum() throws Exception {
    project.replace("Cargo.lock", "checksum = \"" + Project.ITOA_14 + "\"\n", "");
    assertRefused("Cargo.lock:18:1", "no checksum for itoa 1.0.14", "generate-lockfile");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "name = \"itoa\"      | name = \"it${oa}\"        | 18",
        "name = \"itoa\"      | name = 'it\"oa'           | 18",
        "name = \"itoa\"      | name = \"it\\\\noa\"      | 18",
        "name = \"itoa\"      | name = \"../itoa\"        | 18",
        "name = \"itoa\"      | name = \"..\"             | 18",
        "name = \"itoa\"      | name = \"\"               | 18",
        "version = \"1.0.14\" | version = \"1.0.14-${x}\" | 19",
        "version = \"1.0.14\" | version = '1.0.14-\"'     | 19",
        "version = \"1.0.14\" | version = \"1.0.14\\\\n\" | 19",
        "version = \"1.0.14\" | version = \"../../x\"     | 19",
        "version = \"1.0.14\" | version = \"1.0.14+../x\" | 19",
      })
  @DisplayName("A crate's name or version that could mean something else somewhere")
  void hostileNames(String old, String fresh, int line) throws Exception {
    project.replace("Cargo.lock", old, fresh.replace("\\\\", "\\"));
    assertRefused("Cargo.lock:" + line + ":1", "", "hand");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a${b}", "a/b", "..", "a b", ""})
  @DisplayName("A package's name that could mean something else somewhere")
  void hostilePackage(String name) throws Exception {
    project.replace("app/Cargo.toml", "name = \"app\"", "name = \"" + name + "\"");
    assertRefused("app/Cargo.toml:2:1", "not a valid package name", "Use letters");
  }

  @Test
  @DisplayName("A target that rustc does not know")
  void unknownTarget() {
    InputException error =
        catchThrowableOfType(
            InputException.class,
            () ->
                TestGenerator.generate(
                    project.request().withTargets(java.util.List.of("x86_65-linux"))));
    assertThat(error).isNotNull();
    assertThat(error).hasMessageContaining("x86_65-linux");
  }

  @Test
  @DisplayName("A git source without a full commit is named with its place")
  void git() throws Exception {
    String source =
        Files.readString(project.file("Cargo.lock"))
            .lines()
            .filter(line -> line.startsWith("source = "))
            .findFirst()
            .orElseThrow();
    project.replace("Cargo.lock", source, "source = \"git+https://example.org/x#0123abc\"");
    assertRefused(
        "Cargo.lock:12:1",
        "does not pin a full commit of https://example.org/x",
        "cargo generate-lockfile");
  }

  @Test
  @DisplayName("The check refuses the same input")
  void check() throws Exception {
    Files.delete(project.file("Cargo.lock"));
    assertThat(catchThrowableOfType(InputException.class, () -> project.check()))
        .hasMessageContaining("no such file");
  }
}
