package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.rust.PostSteps;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** How to make a component from a WebAssembly module. */
public final class Component {
  /** The world that the component implements: its name in the WIT files. */
  @Parameter(required = true)
  @Nullable String world;

  /** A WIT file, or the directory of a WIT package with its {@code deps}. Default: {@code wit}. */
  @Parameter @Nullable File wit;

  /**
   * A module that implements {@code wasi_snapshot_preview1} with WASI 0.2, such as wasmtime's
   * {@code wasi_snapshot_preview1.reactor.wasm}. A module for {@code wasm32-wasip1} needs one, one
   * for {@code wasm32-unknown-unknown} does not.
   */
  @Parameter @Nullable File adapter;

  /** A directory that is put beside the component, as {@code assets}. */
  @Parameter @Nullable File assets;

  /**
   * A text file that is put beside the component. {@code @out@} in it becomes the output's store
   * path, so that paths in it work from any directory.
   */
  @Parameter @Nullable File manifest;

  PostSteps.Component step(Path baseDirectory) {
    if (world == null) {
      throw new InputException(
          null,
          "the <component> has no <world>",
          "Give the world of the WIT package that the component implements: <world>my-world</world>.");
    }
    return new PostSteps.Component(
        world,
        present("wit", wit == null ? baseDirectory.resolve("wit") : wit.toPath()),
        optional("adapter", adapter),
        optional("assets", assets),
        optional("manifest", manifest));
  }

  private static @Nullable Path optional(String parameter, @Nullable File file) {
    return file == null ? null : present(parameter, file.toPath());
  }

  private static Path present(String parameter, Path path) {
    if (!Files.exists(path)) {
      throw new InputException(
          Position.of(path),
          "no such file or directory",
          "It is the <" + parameter + "> of a <component>.");
    }
    return path.toAbsolutePath().normalize();
  }
}
