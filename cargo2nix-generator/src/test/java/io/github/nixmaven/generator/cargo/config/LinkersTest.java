package io.github.nixmaven.generator.cargo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The linker of cargo's configuration")
class LinkersTest {
  private static final String HOST = "x86_64-unknown-linux-gnu";

  @TempDir Path folder;

  private Linkers linkers(String config) throws Exception {
    Path file = Files.createDirectories(folder.resolve("ws/.cargo")).resolve("config.toml");
    Files.writeString(file, config);
    return CargoConfig.load(folder.resolve("ws"), Map.of("CARGO_HOME", "/none")).linkers();
  }

  @Test
  @DisplayName("is the triple's, or else that of the condition that holds")
  void precedence() throws Exception {
    Linkers linkers =
        linkers(
            """
            [target.'cfg(unix)']
            linker = "clang"
            [target.'cfg(windows)']
            linker = "lld-link"
            [target.aarch64-unknown-linux-gnu]
            linker = "aarch64-linux-gnu-gcc"
            """);
    assertThat(Objects.requireNonNull(linkers.of(HOST)).program()).isEqualTo("clang");
    assertThat(Objects.requireNonNull(linkers.of("aarch64-unknown-linux-gnu")).program())
        .isEqualTo("aarch64-linux-gnu-gcc");
    assertThat(linkers.of("wasm32-unknown-unknown")).isNull();
  }

  @Test
  @DisplayName("and what the C compiler is told to link with must be there")
  void needed() throws Exception {
    Linkers linkers =
        linkers(
            """
            [target.x86_64-unknown-linux-gnu]
            linker = "clang"
            rustflags = ["-C", "link-arg=-fuse-ld=mold", "-Clink-args=-fuse-ld=/usr/bin/wild -s"]
            """);
    assertThat(linkers.needed(HOST))
        .extracting(Linkers.Linker::program)
        .containsExactly("clang", "ld.mold", "/usr/bin/wild");
    assertThat(linkers.needed(HOST))
        .extracting(linker -> Objects.requireNonNull(linker.position()).line())
        .containsExactly(2, 3, 3);
    assertThat(linkers.needed("wasm32-unknown-unknown")).isEmpty();
  }

  @Test
  @DisplayName("of two conditions that hold is refused, as by cargo, and so is a project's file")
  void refused() throws Exception {
    Path file = folder.resolve("ws/.cargo/config.toml");
    Linkers two =
        linkers("[target.'cfg(unix)']\nlinker = 'a'\n[target.'cfg(all())']\nlinker = 'b'\n");
    assertThatThrownBy(() -> two.of(HOST))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ":2:1: `cfg(all())` and `cfg(unix)`");
    Linkers script = linkers("[target." + HOST + "]\nlinker = 'scripts/link'\n");
    assertThatThrownBy(() -> script.of(HOST))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ":2:1: the linker `scripts/link` is a file");
  }
}
