package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.git.GitRepositories;
import io.github.nixmaven.generator.cargo.registry.CrateFiles;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Our units are cargo's units")
class UnitGraphTest {
  @ParameterizedTest(name = "{0} {1} for {2}")
  @CsvSource({
    "ripgrep, 14.1.1,",
    "ripgrep, 14.1.1, x86_64-unknown-linux-musl",
    "tokei, 12.1.2,",
    "hyperfine, 1.18.0,",
    "hyperfine, 1.18.0, aarch64-apple-darwin",
    "fd-find, 10.2.0,",
    "bat, 0.24.0,",
    "just, 1.36.0, wasm32-unknown-unknown",
    "starship, 1.21.1,",
    "gitui, 0.26.3, aarch64-unknown-linux-gnu",
  })
  void publishedProgram(String name, String version, @Nullable String target) throws Exception {
    Path directory = PublishedCrate.unpack(name, version);
    List<String> command = new ArrayList<>(List.of("build", "--release"));
    if (target != null) {
      command.addAll(List.of("--target", target));
    }
    assertSame(name, directory, command);
  }

  @Test
  @DisplayName("[replace] puts a package from a path in the place of a published one")
  void replaced(@TempDir Path directory) throws Exception {
    TextWorkspace.unlocked(
        directory,
        """
        ## src/lib.rs cfg-if/src/lib.rs
        ## Cargo.toml
        [package]
        name = "app"
        version = "1.0.0"
        [dependencies]
        cfg-if = { version = "1", features = ["mine"] }
        [replace]
        "cfg-if:1.0.0" = { path = "cfg-if" }
        ## cfg-if/Cargo.toml
        [package]
        name = "cfg-if"
        version = "1.0.0"
        [features]
        mine = []
        ## Cargo.lock
        version = 4

        [[package]]
        name = "app"
        version = "1.0.0"
        dependencies = [
         "cfg-if 1.0.0 (registry+https://github.com/rust-lang/crates.io-index)",
        ]

        [[package]]
        name = "cfg-if"
        version = "1.0.0"

        [[package]]
        name = "cfg-if"
        version = "1.0.0"
        source = "registry+https://github.com/rust-lang/crates.io-index"
        checksum = "baf1de4339761588bc0619e3cbc0120ee582ebb74b53b4efbf79117bd2da40fd"
        replace = "cfg-if 1.0.0"
        """);
    assertSame("replaced", directory, List.of("build"));
  }

  private static void assertSame(String name, Path directory, List<String> command)
      throws Exception {
    CargoProject project = CargoProject.load(directory.resolve("Cargo.toml"), System.getenv());
    PackageGraph graph =
        project.graph(
            new PackageSources(
                new CrateFiles(
                    PublishedCrate.CACHE,
                    Optional.empty(),
                    Optional.empty(),
                    new Downloader(Duration.ofMinutes(2), 8, System.getenv()),
                    false),
                new GitRepositories(
                    PublishedCrate.CACHE, Optional.empty(), false, System.getenv())),
            Progress.NONE);
    UnitComparison.assertSame(
        name,
        CargoCommand.parse(command).plan(project, graph),
        Cargo.unitGraph(directory, command));
  }
}
