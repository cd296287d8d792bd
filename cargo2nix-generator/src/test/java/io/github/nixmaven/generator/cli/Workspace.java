package io.github.nixmaven.generator.cli;

import io.github.nixmaven.generator.cargo.Cargo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A workspace that needs no registry: {@code app}, a program with a build script, a macro, and
 * {@code lib}, which both and the build script use differently.
 */
final class Workspace {
  private static final Map<String, String> FILES =
      Map.ofEntries(
          Map.entry(
              "Cargo.toml",
              """
              [workspace]
              resolver = "2"
              members = ["app", "mac", "lib"]
              [profile.release]
              debug = "line-tables-only"
              lto = "thin"
              codegen-units = 1
              strip = "symbols"
              """),
          Map.entry(
              "app/Cargo.toml",
              """
              [package]
              name = "app"
              version = "1.0.0"
              edition = "2021"
              [[bin]]
              name = "extra"
              required-features = ["fancy"]
              doc = false
              [features]
              fancy = ["lib/colour"]
              [dependencies]
              lib = { path = "../lib", features = ["normal"] }
              mac.path = "../mac"
              [build-dependencies]
              lib = { path = "../lib", default-features = false }
              """),
          Map.entry("app/src/main.rs", "fn main() {}\n"),
          Map.entry("app/src/bin/extra.rs", "fn main() {}\n"),
          Map.entry("app/build.rs", "fn main() {}\n"),
          Map.entry(
              "mac/Cargo.toml",
              """
              [package]
              name = "mac"
              version = "1.0.0"
              edition = "2021"
              [lib]
              proc-macro = true
              """),
          Map.entry("mac/src/lib.rs", ""),
          Map.entry(
              "lib/Cargo.toml",
              """
              [package]
              name = "lib"
              version = "1.0.0"
              edition = "2018"
              [lib]
              crate-type = ["rlib", "cdylib"]
              doctest = false
              required-features = ["std"]
              [features]
              default = ["std"]
              std = []
              normal = []
              colour = []
              """),
          Map.entry("lib/src/lib.rs", ""),
          Map.entry("lib/tests/it.rs", ""));

  private Workspace() {}

  static Path in(Path directory) throws IOException {
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Cargo.generateLockfile(directory);
    return directory;
  }
}
