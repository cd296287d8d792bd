package io.github.nixmaven.builder.rust;

import static io.github.nixmaven.builder.rust.TestCrate.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What Rust takes of a toolchain")
class RustToolsTest {
  @Test
  @DisplayName("names all crates that ask for a newer compiler, at once, with the ways out")
  void tooOld() {
    assertThat(
            Rust.LANGUAGE
                .tools()
                .tooOld(
                    List.of(
                        crate("same", "1.85"),
                        crate("a", "1.88"),
                        crate("none", null),
                        crate("b", "1.85.1")),
                    Map.of("rustc", "1.85.0+dfsg3-1")))
        .contains(
            "2 crates require a newer Rust than the toolchain's 1.85.0: a 1.0.0 (1.88), b 1.0.0"
                + " (1.85.1). Cargo would refuse to build them; they are built all the same, and may"
                + " fail. Pin a newer compiler with `mvn nix:toolchain` and <suite>forky</suite> in"
                + " <suites>, or lock older versions: put `rust-version = \"1.85\"` into the manifest"
                + " and run `cargo update`.");
    assertThat(
            Rust.LANGUAGE
                .tools()
                .tooOld(List.of(crate("same", "1.85")), Map.of("rustc", "1.85.0-1")))
        .isEmpty();
  }

  @Test
  @DisplayName("warns of the versions that cargo refuses, and of no other")
  void cargo(@TempDir Path folder) throws Exception {
    Matcher rustc =
        Pattern.compile("rustc (\\d+)\\.(\\d+)\\.(\\d+)")
            .matcher(run(folder, "rustc", "--version"));
    assertThat(rustc.find()).isTrue();
    int minor = Integer.parseInt(rustc.group(2));
    String own = rustc.group(1) + "." + minor;
    Files.createDirectories(folder.resolve("src"));
    Files.writeString(folder.resolve("src/lib.rs"), "");
    for (String version :
        List.of(own, own + "." + rustc.group(3), own + ".99", "1." + (minor + 1), "1.1", "2.0")) {
      Files.writeString(
          folder.resolve("Cargo.toml"),
          "[package]\nname = \"x\"\nversion = \"1.0.0\"\nrust-version = \"" + version + "\"\n");

      boolean refused = run(folder, "cargo", "check", "--offline").contains("is not supported by");

      assertThat(
              Rust.LANGUAGE
                  .tools()
                  .tooOld(
                      List.of(crate("x", version)),
                      Map.of("rustc", own + "." + rustc.group(3) + "+dfsg1-1"))
                  .isPresent())
          .as(version)
          .isEqualTo(refused);
    }
  }

  private static String run(Path folder, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes());
  }
}
