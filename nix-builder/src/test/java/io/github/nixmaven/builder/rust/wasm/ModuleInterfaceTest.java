package io.github.nixmaven.builder.rust.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import run.endive.wasm.WasmEngineException;

@DisplayName("The interface of a WebAssembly module")
class ModuleInterfaceTest {
  /**
   * {@code (module (import "env" "log" (func (param i32 i64))) (memory (export "memory") 1) (func
   * (export "pair") (param f64) (result i32 i32) i32.const 1 i32.const 2))}.
   */
  private static final String MODULE =
      "0061736d 01000000"
          + "01 0c 02 60 02 7f 7e 00 60 01 7c 02 7f 7f"
          + "02 0b 01 03 656e76 03 6c6f67 00 00"
          + "03 02 01 01"
          + "05 03 01 00 01"
          + "07 11 02 06 6d656d6f7279 02 00 04 70616972 00 01"
          + "0a 08 01 06 00 41 01 41 02 0b";

  @TempDir private Path folder;

  @Test
  @DisplayName("names functions with their types, and what else there is by its kind")
  void described() throws Exception {
    ModuleInterface described = ModuleInterface.read(file(MODULE));

    assertThat(described.exports()).containsExactly("pair(f64) -> (i32, i32)", "memory memory");
    assertThat(described.imports()).containsExactly("env.log(i32, i64)");
  }

  @Test
  @DisplayName("cannot be read from what is no core module, and a component is none")
  void notCore() throws Exception {
    assertThat(ModuleInterface.isCoreModule(file(MODULE))).isTrue();
    assertThat(ModuleInterface.isCoreModule(file("0061736d 0d000100"))).isFalse();
    assertThat(ModuleInterface.isCoreModule(file("00"))).isFalse();
    assertThatThrownBy(() -> ModuleInterface.read(file("0061736d 01000000 01 ff")))
        .isInstanceOf(WasmEngineException.class);
  }

  private Path file(String hex) throws Exception {
    return Files.write(
        folder.resolve("a.wasm"), HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
  }
}
