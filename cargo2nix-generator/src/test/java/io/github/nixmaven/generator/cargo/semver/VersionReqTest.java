package io.github.nixmaven.generator.cargo.semver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Version requirements, after the tables of the Cargo Book")
class VersionReqTest {
  @ParameterizedTest(name = "\"{0}\" takes {1} and not {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1.2.3         | 1.2.3 1.9.0            | 1.2.2 2.0.0 0.2.3",
        "1.2           | 1.2.0 1.9.9            | 1.1.9 2.0.0",
        "1             | 1.0.0 1.9.9            | 0.9.0 2.0.0",
        "0.2.3         | 0.2.3 0.2.9            | 0.2.2 0.3.0",
        "0.0.3         | 0.0.3                  | 0.0.2 0.0.4",
        "0.0           | 0.0.0 0.0.9            | 0.1.0",
        "0             | 0.0.0 0.9.9            | 1.0.0",
        "~1.2.3        | 1.2.3 1.2.9            | 1.3.0 1.2.2",
        "~1.2          | 1.2.0 1.2.9            | 1.3.0",
        "~1            | 1.0.0 1.9.9            | 2.0.0",
        "*             | 0.0.1 9.9.9            | 1.0.0-rc.1",
        "1.*           | 1.0.0 1.9.9            | 2.0.0",
        "1.2.*         | 1.2.0 1.2.9            | 1.3.0",
        ">=1.2.0       | 1.2.0 3.0.0            | 1.1.9",
        ">1            | 2.0.0                  | 1.9.9",
        "<2.0.0        | 1.9.9                  | 2.0.0",
        "=1.2.3        | 1.2.3                  | 1.2.4",
        ">=1.2, <1.5   | 1.2.0 1.4.9            | 1.5.0 1.1.0",
        "1.0.0-rc.1    | 1.0.0-rc.1 1.0.0-rc.2 1.0.0 1.1.0 | 1.0.0-beta 1.1.0-rc.1",
        "=0.1.0-alpha  | 0.1.0-alpha            | 0.1.0 0.1.0-beta",
        "1.2.3+meta    | 1.2.3 1.3.0            | 1.2.2",
      })
  void matches(String requirement, String taken, String refused) {
    VersionReq req = VersionReq.parse(requirement);

    assertThat(taken.split(" ")).allMatch(v -> req.matches(Version.parse(v)));
    assertThat(refused.split(" ")).noneMatch(v -> req.matches(Version.parse(v)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "1.2.3.4", "=", ">=", "1.2.3 - 2", "^^1", "1..2", "${x}"})
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> VersionReq.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("`" + text + "`");
  }

  @Test
  @DisplayName("Versions are ordered as in the example of semver.org, item 11")
  void order() {
    List<Version> ordered =
        Stream.of(
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.0.1",
                "1.10.0")
            .map(Version::parse)
            .toList();

    assertThat(ordered.stream().sorted().toList()).isEqualTo(ordered);
    assertThat(ordered).allMatch(v -> Version.parse(v.toString()).equals(v));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "1.2", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3 ", "../../x", "1.2.3-a\nb"})
  void refusesWhatIsNoVersion(String text) {
    assertThatThrownBy(() -> Version.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
