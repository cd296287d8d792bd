package io.github.nixmaven.builder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.net.Secret;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What opens a cache")
class CredentialsTest {
  @TempDir private Path home;

  @Test
  @DisplayName("is a token of the environment, before netrc")
  void token() throws Exception {
    Files.writeString(home.resolve(".netrc"), "machine cache.example login me password s3cr3t\n");
    assertThat(Credentials.find("cache.example", Map.of("NIX_CACHE_TOKEN", " t0ken\n"), home))
        .isEqualTo(new Secret("Bearer t0ken"));
  }

  @Test
  @DisplayName("is the user and password of netrc for that server and no other")
  void netrc() throws Exception {
    Files.writeString(home.resolve(".netrc"), "machine cache.example login me password s3cr3t\n");
    assertThat(Credentials.find("cache.example", Map.of(), home))
        .isEqualTo(new Secret("Basic bWU6czNjcjN0"));
    assertThat(Credentials.find("other.example", Map.of(), home)).isNull();
    Path named = Files.writeString(home.resolve("other"), "machine other.example password p\n");
    assertThat(Credentials.find("other.example", Map.of("NETRC", named.toString()), home))
        .isEqualTo(new Secret("Basic OnA="));
  }

  @Test
  @DisplayName("is what stands in netrc whatever else does")
  void netrcForms() throws Exception {
    Path file = home.resolve(".netrc");
    Files.writeString(
        file,
        """
        macdef init
        machine cache.example login macro password macro

        machine other.example
          login x
          password y
        machine cache.example
          account a
          login me
          password s3cr3t
        default login anybody password default
        """);
    assertThat(Credentials.find("cache.example", Map.of(), home))
        .isEqualTo(new Secret("Basic bWU6czNjcjN0"));
    assertThat(Credentials.find("third.example", Map.of(), home))
        .isEqualTo(Credentials.of("anybody", "default", "the test"));
    Files.writeString(file, "machine cache.example login me password");
    assertThat(Credentials.find("cache.example", Map.of(), home)).isNull();
    Files.writeString(file, "");
    assertThat(Credentials.find("cache.example", Map.of(), home)).isNull();
  }

  @Test
  @DisplayName("is nothing where nobody says anything")
  void nothing() throws Exception {
    assertThat(Credentials.find("cache.example", Map.of("NIX_CACHE_TOKEN", ""), home)).isNull();
  }

  @Test
  @DisplayName("is never shown, also where it cannot be sent")
  void notShown() {
    assertThat(Credentials.of("me", "s3cr3t", "the test").toString()).isEqualTo("(secret)");
    assertThatThrownBy(() -> Credentials.of(null, "t0ken\nX-Evil: 1", "the variable X"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the token of the variable X contains characters that cannot be sent")
        .message()
        .doesNotContain("t0ken");
  }
}
