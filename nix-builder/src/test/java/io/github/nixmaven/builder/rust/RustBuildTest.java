package io.github.nixmaven.builder.rust;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.Wording;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A linker that cargo's configuration names")
class RustBuildTest {
  @TempDir Path folder;
  private Path sysroot;
  private Path config;

  @BeforeEach
  void programs() throws Exception {
    sysroot = folder.resolve("sysroot");
    Path programs = Files.createDirectories(sysroot.resolve("usr/bin"));
    Files.writeString(programs.resolve("ld.lld"), "");
    // as in Debian, a link that leads somewhere only where the sysroot is /usr
    Files.createSymbolicLink(programs.resolve("gcc"), Path.of("/nowhere/gcc"));
    config = Files.createDirectories(folder.resolve(".cargo")).resolve("config.toml");
  }

  private void require(String text) throws Exception {
    Files.writeString(config, text);
    new RustBuild(
            folder.resolve("Cargo.toml"),
            folder.resolve("Cargo.nix"),
            List.of("wasm32-unknown-unknown"),
            PostSteps.NONE)
        .requirePrograms(
            sysroot, Context.of(Map.of("CARGO_HOME", "/none"), folder, new Wording("a", "b", "c")));
  }

  @Test
  @DisplayName("may be any program of the toolchain")
  void there() {
    assertThatCode(
            () ->
                require(
                    """
                    [target.x86_64-unknown-linux-gnu]
                    linker = "gcc"
                    rustflags = ["-C", "link-arg=-fuse-ld=lld"]
                    [target.x86_64-pc-windows-msvc]
                    linker = "link.exe"
                    """))
        .doesNotThrowAnyException();
  }

  @Test
  @DisplayName("is reported with its place and the row that adds it where the toolchain lacks it")
  void missing() {
    assertThatThrownBy(
            () ->
                require(
                    "[target.x86_64-unknown-linux-gnu]\nlinker = \"gcc\"\n"
                        + "rustflags = [\"-C\", \"link-arg=-fuse-ld=mold\"]\n"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(config + ":3:1: `rustflags` asks for the linker `mold`")
        .hasMessageContaining("debian.packages = [\"mold\"]");
    assertThatThrownBy(() -> require("[target.'cfg(all())']\nlinker = \"clang\"\n"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            config + ":2:1: `target.'cfg(all())'.linker` asks for the linker `clang`")
        .hasMessageContaining("debian.packages = [\"clang\"]");
  }
}
