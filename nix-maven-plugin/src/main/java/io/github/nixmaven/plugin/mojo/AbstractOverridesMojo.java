package io.github.nixmaven.plugin.mojo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the goals share that need to know what crates need of a toolchain. */
@SuppressWarnings("NullAway.Init") // Maven sets the parameters.
abstract class AbstractOverridesMojo extends AbstractLockMojo {
  /**
   * The project's own table of what crates need beyond the compiler: packages, environment
   * variables, arguments for rustc, patches. Its rows take precedence over the plugin's.
   *
   * <pre>{@code
   * <overrides>src/main/rust/nix-overrides.toml</overrides>
   * }</pre>
   *
   * <p>Default: {@code nix-overrides.toml} beside the POM, if it exists. {@code nix:overrides}
   * lists the rows that apply.
   *
   * @since 0.1.0
   */
  @Parameter(
      property = NixProperties.OVERRIDES,
      defaultValue = "${project.basedir}/nix-overrides.toml")
  File overrides;

  /**
   * The toolchain lock: the Debian packages of the compiler and its libraries.
   *
   * <pre>{@code
   * <toolchainLock>toolchain/forky.lock.json</toolchainLock>
   * }</pre>
   *
   * <p>Default: {@code nix-toolchain.lock.json} beside the POM. If that file does not exist, one of
   * the plugin's own locks: the one for the compiler that {@code rust-toolchain.toml} or the crates
   * ask for. To use another compiler, write the file with {@code nix:toolchain}.
   *
   * @since 0.1.0
   */
  @Parameter(
      property = NixProperties.TOOLCHAIN_LOCK,
      defaultValue = "${project.basedir}/nix-toolchain.lock.json")
  File toolchainLock;

  AbstractOverridesMojo(MavenSession session) {
    super(session);
  }

  /** The lock, or null where one of the plugin's own counts. */
  @Nullable Path toolchainLock() {
    return presentOrNamed(toolchainLock, "nix-toolchain.lock.json");
  }

  /** The user's rows, or null where there are none. */
  @Nullable Path overrides() {
    return presentOrNamed(overrides, "nix-overrides.toml");
  }

  /** A file that was asked for by name must be there; the default one need not. */
  @Nullable Path presentOrNamed(File file, String usualName) {
    Path path = file.toPath();
    boolean usual = path.toAbsolutePath().normalize().equals(baseDirectory().resolve(usualName));
    return usual && !Files.exists(path) ? null : path;
  }
}
