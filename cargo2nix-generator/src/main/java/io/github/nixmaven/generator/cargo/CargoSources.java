package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.config.CargoConfig;
import io.github.nixmaven.generator.cargo.git.GitRepositories;
import io.github.nixmaven.generator.cargo.registry.CrateFiles;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.pin.Context;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The sources of packages in a context: its cache, cargo's cache, the Nix store, the network. */
public final class CargoSources {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final int PARALLEL_DOWNLOADS = 8;
  private static final Path STORE = Path.of("/nix/store");

  private CargoSources() {}

  /** Published crates. */
  public static CrateFiles files(Context context) {
    return new CrateFiles(
        context.cache(),
        Optional.of(home(context)),
        Optional.of(STORE),
        new Downloader(TIMEOUT, PARALLEL_DOWNLOADS, context.environment()),
        context.offline());
  }

  /** Git repositories. */
  public static GitRepositories repositories(Context context) {
    return new GitRepositories(
        context.cache(), Optional.of(home(context)), context.offline(), context.environment());
  }

  /** Published crates and git repositories. */
  public static PackageSources packages(Context context) {
    return new PackageSources(files(context), repositories(context));
  }

  /** Cargo's home. */
  public static Path home(Context context) {
    return CargoConfig.home(context.environment());
  }
}
