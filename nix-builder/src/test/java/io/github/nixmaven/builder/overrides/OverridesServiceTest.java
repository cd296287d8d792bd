package io.github.nixmaven.builder.overrides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.rust.Rust;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.pin.Generator;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The list of a project's overrides")
class OverridesServiceTest {
  @TempDir Path folder;
  private final OverridesService service = new OverridesService();

  /** Crates of the project's own stand in for published ones: rows go by name. */
  @BeforeEach
  void workspace() throws Exception {
    StringBuilder lock = new StringBuilder("version = 4\n");
    for (String name : List.of("blake3", "mystery-sys", "openssl-sys", "ring")) {
      lock.append("\n[[package]]\nname = \"%s\"\nversion = \"0.9.1\"\n".formatted(name));
      write(
          name + "/Cargo.toml",
          "[package]\nname = \"%s\"\nversion = \"0.9.1\"\nedition = \"2021\"\n".formatted(name)
              + (name.equals("blake3")
                  ? ""
                  : "links = \"%s\"\nbuild = \"build.rs\"\n".formatted(name.replace("-sys", ""))));
      write(name + "/src/lib.rs", "");
      write(name + "/build.rs", "fn main() {}\n");
    }
    write(
        "Cargo.toml",
        "[workspace]\nmembers = [\"blake3\", \"mystery-sys\", \"openssl-sys\", \"ring\"]\n");
    write("Cargo.lock", lock.toString());
    Generator.generate(
        CargoRequest.of(folder.resolve("Cargo.toml"), folder.resolve("Cargo.nix")),
        NixFixture.CONTEXT.withOffline(true));
  }

  private void write(String file, String text) throws Exception {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private OverridesResult list(Path own) throws Exception {
    return service.list(
        new OverridesRequest(Rust.LANGUAGE, folder.resolve("Cargo.nix"), own, null, folder));
  }

  @Test
  @DisplayName("names crates and what rows bring, what the toolchain lacks, and what nobody knows")
  void shipped() throws Exception {
    assertThat(service.describe(list(null), "crate"))
        .containsExactly(
            "blake3 0.9.1: nothing (shipped: compiles its own C and assembly)",
            "openssl-sys 0.9.1: libssl-dev (shipped: pkg-config finds the system's OpenSSL)",
            "Missing in the toolchain (add them with `mvn nix:toolchain`): libssl-dev",
            "mystery-sys 0.9.1: no row, but its manifest has links = \"mystery\"");
  }

  @Test
  @DisplayName("shows rows of the project's own in place of those shipped, and those without use")
  void own() throws Exception {
    Path own = folder.resolve("nix-overrides.toml");
    Files.writeString(
        own,
        """
        [[crate]]
        name = "openssl-sys"
        debian = { environment = { OPENSSL_DIR = "/usr" }, rustc-flags = ["-C", "x=y"] }

        [[crate]]
        name = "openssl"
        """);
    OverridesResult result = list(own);

    assertThat(service.describe(result, "crate"))
        .contains("openssl-sys 0.9.1: OPENSSL_DIR=/usr, rustc-flags -C x=y (" + own + ":2:1)");
    assertThat(result.missing()).isEmpty();
    assertThat(result.unmatched())
        .singleElement()
        .extracting(InputException::getMessage)
        .isEqualTo(
            own
                + ":6:1: no crate of the project is called `openssl`\n"
                + "  Did you mean `openssl-sys`?");
  }

  @Test
  @DisplayName("is the same as JSON")
  void json() throws Exception {
    var report = new ObjectMapper().readTree(service.json(list(null)));

    assertThat(report.at("/applied/1/package").asText()).isEqualTo("openssl-sys 0.9.1");
    assertThat(report.at("/applied/1/debian/packages/0").asText()).isEqualTo("libssl-dev");
    assertThat(report.at("/missing/0").asText()).isEqualTo("libssl-dev");
    assertThat(report.at("/unknownLinks/mystery-sys 0.9.1").asText()).isEqualTo("mystery");
    assertThat(report.at("/unmatched").isEmpty()).isTrue();
  }

  @Test
  @DisplayName("needs a Cargo.nix, and says how to make one")
  void noCargoNix() {
    assertThatThrownBy(
            () ->
                service.list(
                    new OverridesRequest(
                        Rust.LANGUAGE, folder.resolve("None.nix"), null, null, folder)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("`mvn nix:generate`");
  }
}
