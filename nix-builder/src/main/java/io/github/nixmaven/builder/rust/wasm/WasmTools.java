package io.github.nixmaven.builder.rust.wasm;

import io.github.nixmaven.generator.api.PublishedProgram;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.Generator;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The Bytecode Alliance's wasm-tools, which makes components and checks them: pinned by the digest
 * of its crate file, and by its own lock from there on; built like any other program.
 */
public final class WasmTools {
  /** The newest that the compiler of the shipped toolchain, rustc 1.85, builds. */
  private static final String VERSION = "1.258.3";

  private static final String SHA256 =
      "1add17ec579a1af7b16375202611864bfc295f154cff194501d8f6ace5dfdb46";

  private WasmTools() {}

  /**
   * Writes its Cargo.nix, where that is not there yet.
   *
   * @param folder the directory where its source is unpacked
   * @return the Cargo.nix
   * @throws InputException when something has to be downloaded and nothing may be
   */
  public static Path cargoNix(Path folder, Context context)
      throws IOException, InterruptedException {
    try {
      Path source = PublishedProgram.unpack("wasm-tools", VERSION, SHA256, folder, context);
      Path cargoNix = source.resolve("Cargo.nix");
      var unused =
          Generator.generate(
              CargoRequest.of(source.resolve("Cargo.toml"), cargoNix)
                  .withSelections(List.of("component,validate")),
              context);
      return cargoNix;
    } catch (InputException e) {
      throw new InputException(
          e.position(), "wasm-tools " + VERSION + ": " + e.problem(), e.remedy(), e);
    }
  }
}
