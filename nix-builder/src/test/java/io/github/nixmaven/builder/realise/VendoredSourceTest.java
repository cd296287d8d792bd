package io.github.nixmaven.builder.realise;

import static io.github.nixmaven.builder.realise.HandMadeProject.natively;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.pin.Generator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A workspace whose crates are vendored inside it")
class VendoredSourceTest {
  private static final String CHECKSUM = "ab".repeat(32);

  @TempDir Path workspace;
  private final String word = "hello " + UUID.randomUUID();

  /** The crate would not compile if its lints counted. */
  @BeforeEach
  void makeProject() throws Exception {
    write(
        "Cargo.toml",
        """
        [package]
        name = "app"
        version = "0.1.0"
        edition = "2021"
        [dependencies]
        strict = "1"
        """);
    write("src/main.rs", "fn main() { println!(\"{}\", strict::word()); }\n");
    write(
        "Cargo.lock",
        """
        version = 4

        [[package]]
        name = "app"
        version = "0.1.0"
        dependencies = [
         "strict",
        ]

        [[package]]
        name = "strict"
        version = "1.2.3"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "%s"
        """
            .formatted(CHECKSUM));
    write(
        ".cargo/config.toml",
        """
        [source.crates-io]
        replace-with = "vendored-sources"
        [source.vendored-sources]
        directory = "third-party/vendor"
        """);
    vendor("strict");
    Generator.generate(
        CargoRequest.of(workspace.resolve("Cargo.toml"), workspace.resolve("Cargo.nix")),
        NixFixture.CONTEXT.withOffline(true));
  }

  private void vendor(String name) throws IOException {
    String folder = "third-party/vendor/" + name + "/";
    write(
        folder + "Cargo.toml",
        "[package]\nname = \"" + name + "\"\nversion = \"1.2.3\"\nedition = \"2021\"\n");
    write(
        folder + "build.rs",
        "#![deny(warnings)]\nfn unused() {}\n"
            + "fn main() { println!(\"cargo:rustc-env=HERE={}\", std::fs::read_to_string(\"word\")"
            + ".unwrap()); }\n");
    write(
        folder + "src/lib.rs",
        "#![deny(warnings)]\nfn unused() {}\npub fn word() -> &'static str { env!(\"HERE\") }\n");
    write(folder + "word", word);
    write(folder + ".cargo-checksum.json", "{\"files\":{},\"package\":\"" + CHECKSUM + "\"}");
  }

  private void write(String path, String content) throws IOException {
    Path file = workspace.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private Path build() throws Exception {
    return new BuildService()
        .build(
            new BuildRequest(HandMadeProject.settings(workspace), List.of(), workspace),
            new RecordingConsole().plain())
        .outputs()
        .get(natively("app"));
  }

  @Test
  @DisplayName("is built from them as cargo builds dependencies, with their lints capped")
  void built() throws Exception {
    Path output = build();
    String system = NixFixture.sysroot() + "/usr/lib";
    Process process =
        new ProcessBuilder(
                system + "64/ld-linux-x86-64.so.2",
                "--library-path",
                system + "/x86_64-linux-gnu",
                output + "/bin/app")
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(printed.strip()).isEqualTo(word);

    vendor("unused");
    assertThat(build()).as("the output beside a vendored crate nobody needs").isEqualTo(output);
  }
}
