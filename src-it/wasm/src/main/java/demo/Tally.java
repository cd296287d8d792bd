package demo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import run.endive.runtime.Instance;
import run.endive.runtime.Store;
import run.endive.wasi.WasiOptions;
import run.endive.wasi.WasiPreview1;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;

/** The Rust part, as modules that lie beside this class. */
public final class Tally {
  private Tally() {}

  /** Calls the library. */
  public static String ofLibrary(String text) throws IOException {
    try (Instance library = Instance.builder(module("/tally.wasm")).build()) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      int address = (int) library.export("allocate").apply(bytes.length)[0];
      library.memory().write(address, bytes);
      long answer = library.export("tally_json").apply(address, bytes.length)[0];
      return library.memory().readString((int) (answer >>> 32), (int) answer);
    }
  }

  /** Runs the program. */
  public static String ofProgram(String text) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    WasiOptions options =
        WasiOptions.builder()
            .withArguments(List.of("tally"))
            .withStdin(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
            .withStdout(output)
            .build();
    try (WasiPreview1 wasi = WasiPreview1.builder().withOptions(options).build()) {
      // Its start function is its `main`.
      new Store().addFunction(wasi.toHostFunctions()).instantiate("tally", module("/tally-program.wasm")).close();
    }
    return output.toString(StandardCharsets.UTF_8).strip();
  }

  private static WasmModule module(String name) throws IOException {
    try (InputStream in = Tally.class.getResourceAsStream(name)) {
      return Parser.parse(in.readAllBytes());
    }
  }
}
