package io.github.nixmaven.generator.cargo.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.generator.text.RecordFile;
import io.github.nixmaven.generator.text.TomlFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedManifestTest {
  @TempDir Path folder;

  @Test
  @DisplayName("What was read of a published crate is the same after it was kept in a file")
  void kept() throws Exception {
    Manifest manifest =
        read(
            """
            [package]
            name = "everything"
            version = "1.2.3-beta.4+meta"
            edition = "2018"
            links = "z"
            authors = ["A é 🦀", "B"]
            description = "lines\\nand \\"quotes\\""
            license = "MIT"
            rust-version = "1.56"
            readme = false
            [lib]
            proc-macro = true
            doctest = false
            bench = false
            [features]
            default = ["std", "dep:one", "two?/x"]
            std = []
            [dependencies]
            one = { version = "^1.2, <1.9", optional = true, default-features = false }
            two = { version = "0.3", package = "zwei", features = ["b", "a"], optional = true }
            three = { git = "https://example.org/three", tag = "v1", version = "*" }
            [build-dependencies]
            cc = { version = "=1.0.0-rc.1", registry-index = "https://example.org/index" }
            [target.'cfg(all(unix, not(target_os = "macos")))'.dependencies]
            libc = "0.2"
            [target.x86_64-pc-windows-msvc.dependencies]
            winapi = "0.3.*"
            """,
            List.of("build.rs", "src/lib.rs"));
    Manifest plain = read("[package]\nname = 'plain'\nversion = '0.1.0'\n", List.of("src/lib.rs"));

    RecordFile.read(folder, "facts", new PublishedManifest.Format())
        .add(Map.of("everything", manifest, "plain", plain));
    RecordFile<Manifest> file = RecordFile.read(folder, "facts", new PublishedManifest.Format());

    for (Map.Entry<String, Manifest> entry :
        Map.of("everything", manifest, "plain", plain).entrySet()) {
      assertThat(file.get(entry.getKey()))
          .usingRecursiveComparison()
          .withStrictTypeChecking()
          .isEqualTo(entry.getValue());
    }
    assertThat(manifest.targets()).hasSize(2);
    assertThat(manifest.dependencies()).hasSize(6);
  }

  private static Manifest read(String toml, List<String> rustFiles) {
    return PublishedManifest.read(
        TomlFile.parse("c 1.0.0/Cargo.toml", toml.getBytes(UTF_8)), rustFiles);
  }
}
