package demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import run.endive.runtime.Instance;
import run.endive.runtime.Store;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;

class ChecksumTest {
  private static WasmModule module(String name) throws Exception {
    try (InputStream in = ChecksumTest.class.getResourceAsStream(name)) {
      return Parser.parse(in.readAllBytes());
    }
  }

  @Test
  void functionInCIsCalled() throws Exception {
    try (Instance library = Instance.builder(module("/checksum.wasm")).build()) {
      assertEquals(0x3d4018aL, library.export("checksum_of").apply(0x64636261)[0]);
    }
  }

  @Test
  void programUsesTheCLibrary() throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    WasiOptions options =
        WasiOptions.builder().withArguments(List.of("checksum")).withStdout(output).build();
    try (WasiPreview1 wasi = WasiPreview1.builder().withOptions(options).build()) {
      // Its start function is its `main`.
      new Store()
          .addFunction(wasi.toHostFunctions())
          .instantiate("checksum", module("/checksum-program.wasm"))
          .close();
    }
    assertEquals("5c301ef\nC says hello\n", output.toString(StandardCharsets.UTF_8));
  }
}
