package io.github.nixmaven.builder.realise;

import static io.github.nixmaven.builder.realise.HandMadeProject.natively;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.pin.Generator;
import io.github.nixmaven.generator.text.DirectoryTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A workspace whose crates come from a local registry")
class LocalRegistryTest {
  @TempDir Path temporary;

  private static void write(Path directory, String path, String content) throws Exception {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /** The crate is new and nowhere else, so that no cache and no server can have it. */
  @Test
  @DisplayName("is built from them, though Nix alone could not fetch them")
  void built() throws Exception {
    String name = "local-" + UUID.randomUUID();
    Path registry = temporary.resolve("registry");
    write(
        registry,
        name + "-1.0.0/Cargo.toml",
        "[package]\nname = \"" + name + "\"\nversion = \"1.0.0\"\n[lib]\nname = \"word\"\n");
    write(registry, name + "-1.0.0/src/lib.rs", "pub fn word() -> u8 { 1 }\n");
    Path file = registry.resolve(name + "-1.0.0.crate");
    assertThat(
            new ProcessBuilder("tar", "-czf", file.toString(), name + "-1.0.0")
                .directory(registry.toFile())
                .inheritIO()
                .start()
                .waitFor())
        .isZero();
    String checksum =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));

    Path workspace = temporary.resolve("workspace");
    write(
        workspace,
        "Cargo.toml",
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[dependencies]\n"
            + name
            + " = \"1\"\n");
    write(workspace, "src/main.rs", "fn main() { println!(\"{}\", word::word()); }\n");
    write(
        workspace,
        "Cargo.lock",
        """
        version = 4

        [[package]]
        name = "app"
        version = "0.1.0"
        dependencies = [
         "%1$s",
        ]

        [[package]]
        name = "%1$s"
        version = "1.0.0"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "%2$s"
        """
            .formatted(name, checksum));
    write(
        workspace,
        ".cargo/config.toml",
        "[source.crates-io]\nreplace-with = \"here\"\n[source.here]\nlocal-registry = \"../registry\"\n");
    Generator.generate(
        CargoRequest.of(workspace.resolve("Cargo.toml"), workspace.resolve("Cargo.nix")),
        NixFixture.CONTEXT);
    DirectoryTree.delete(registry);

    Path app =
        new BuildService()
            .build(
                new BuildRequest(HandMadeProject.settings(workspace), List.of(), workspace),
                new RecordingConsole().plain())
            .outputs()
            .get(natively("app"));
    assertThat(new String(Files.readAllBytes(app.resolve("bin/app")), StandardCharsets.ISO_8859_1))
        .contains("ELF");
  }
}
