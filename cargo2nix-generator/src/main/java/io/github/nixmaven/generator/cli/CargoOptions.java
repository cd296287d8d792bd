package io.github.nixmaven.generator.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of cargo that every command takes. */
final class CargoOptions {
  private static final Path HERE = Path.of("Cargo.toml");

  @Option(
      names = {"-f", "--manifest-path", "--cargo-toml"},
      paramLabel = "FILE",
      description =
          "The Cargo.toml of a package or workspace. Default: Cargo.toml here or in the nearest"
              + " directory above")
  @Nullable Path given;

  @Option(names = "--offline", description = "Fetch nothing: use crates from caches only.")
  boolean offline;

  @Option(
      names = "--locked",
      description = "As in cargo. It changes nothing here: the lock is never changed.")
  boolean locked;

  @Option(names = "--frozen", description = "The same as `--locked --offline`.")
  boolean frozen;

  boolean isOffline() {
    return offline || frozen;
  }

  /** The manifest; where there is none, the one that should be here. */
  Path manifest() {
    if (given != null) {
      return given;
    }
    if (Files.exists(HERE)) {
      return HERE;
    }
    for (Path folder = Path.of("").toAbsolutePath().getParent();
        folder != null;
        folder = folder.getParent()) {
      if (Files.exists(folder.resolve(HERE))) {
        return folder.resolve(HERE);
      }
    }
    return HERE;
  }
}
