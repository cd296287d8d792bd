package io.github.nixmaven.generator.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The address of a repository")
class GitAddressTest {
  @ParameterizedTest
  @CsvSource({
    "https://h/a/b, ../c, https://h/a/c",
    "https://h/a/b.git, ../c.git, https://h/a/c.git",
    "https://h/a/b/, ./c, https://h/a/b/c",
    "https://h:8443/a/b, ../../x/c, https://h:8443/x/c",
    "file:///srv/a, ../c, file:///srv/c",
    "https://h/a/b, https://other/c, https://other/c",
    "https://h/a/b, git@other:x/c.git, ssh://other/x/c.git",
    "https://h/a/b, /srv/c, file:///srv/c"
  })
  @DisplayName("is what that of a submodule is relative to")
  void submodule(String parent, String url, String expected) {
    assertThat(GitAddress.parse(parent).submodule(url).text()).isEqualTo(expected);
  }

  @Test
  @DisplayName("is kept apart from user and password, which go on to relative submodules only")
  void credentials() {
    GitAddress address = GitAddress.parse("https://me:p%40ss@h/a/b");
    assertThat(address).hasToString("https://h/a/b");
    assertThat(address.password()).isEqualTo("p@ss");
    assertThat(address.submodule("../c").password()).isEqualTo("p@ss");
    assertThat(address.submodule("../c").written()).isEqualTo("https://me:p%40ss@h/a/c");
    assertThat(address.submodule("https://other/c").user()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/a/name, name",
    "https://h/a/name.git, name",
    "https://h/a/name/, name",
    "file:///srv/name.git/, name"
  })
  @DisplayName("ends in the name of its copies")
  void name(String address, String expected) {
    assertThat(GitAddress.parse(address).name()).isEqualTo(expected);
  }
}
