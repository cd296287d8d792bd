package io.github.nixmaven.generator.cargo.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrateIdTest {
  private static final String CHECKSUM = "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @ValueSource(strings = {"a", "serde", "serde_json", "aho-corasick", "2captcha", "_x", "A"})
  @DisplayName("Names that registries publish pass")
  void names(String name) {
    assertThat(new CrateId(name, "1.0.0", CHECKSUM)).hasToString("crate " + name + " 1.0.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0.0", "1.0.0-rc.1", "2.0.13+zstd.1.5.6", "0.5.4+5.3.0-patched", "1.0.0--"})
  @DisplayName("Versions as SemVer writes them pass")
  void versions(String version) {
    assertThat(new CrateId("a", version, CHECKSUM).folder()).isEqualTo("a-" + version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "..", "../a", "a/b", "a\\b", "-a", "a b", "a\"b", "a${b}", "a\nb", "a\0", "é",
        "a.b"
      })
  @DisplayName("A name that could be more than a name is the user's mistake")
  void hostileNames(String name) {
    assertThatThrownBy(() -> new CrateId(name, "1.0.0", CHECKSUM))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("not a crate name: '")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.0",
        "01.0.0",
        "1.0.0.0",
        "1.0.0-",
        "1.0.0+",
        "1.0.0-a..b",
        "1.0.0/../..",
        "1.0.0-a/b",
        "1.0.0\n",
        "1.0.0 ",
        "${x}",
        "^1.0.0",
        "1.0.0-é"
      })
  @DisplayName("A version that could be more than a version is the user's mistake")
  void hostileVersions(String version) {
    assertThatThrownBy(() -> new CrateId("a", version, CHECKSUM))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("not a version of crate a: '");
  }

  @Test
  @DisplayName("Where a crate is pinned is told in messages and is no part of what it is")
  void pin() {
    Position place = new Position("Cargo.lock", 7, 1);

    assertThat(new CrateId("a", "1.0.0", CHECKSUM, place))
        .isEqualTo(new CrateId("a", "1.0.0", CHECKSUM))
        .hasSameHashCodeAs(new CrateId("a", "1.0.0", CHECKSUM))
        .isNotEqualTo(new CrateId("b", "1.0.0", CHECKSUM, place))
        .isNotEqualTo(new CrateId("a", "1.0.1", CHECKSUM, place))
        .isNotEqualTo(new CrateId("a", "1.0.0", "0".repeat(64), place));
    assertThatThrownBy(() -> new CrateId("../a", "1.0.0", CHECKSUM, place))
        .hasMessageStartingWith("Cargo.lock:7:1: not a crate name: '../a'\n");
  }

  @Test
  @DisplayName("Parts that are too long for a file's name are refused")
  void tooLong() {
    assertThatThrownBy(() -> new CrateId("a".repeat(65), "1.0.0", CHECKSUM))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> new CrateId("a", "1.0.0-" + "a".repeat(1000), CHECKSUM))
        .isInstanceOf(InputException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "00", "../../../../../../../../../../../../../../../../../etc/passwd"})
  @DisplayName("A checksum that is none is refused")
  void checksums(String checksum) {
    assertThatThrownBy(() -> new CrateId("a", "1.0.0", checksum))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("not a SHA-256 checksum of crate a 1.0.0: '");
    assertThatThrownBy(() -> new CrateId("a", "1.0.0", CHECKSUM.toUpperCase(Locale.ROOT)))
        .isInstanceOf(InputException.class);
  }
}
