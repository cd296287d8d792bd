package io.github.nixmaven.builder.rust.wasm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmEngineException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.Import;
import run.endive.wasm.types.ValType;

/**
 * The exports and imports of a WebAssembly module.
 *
 * @param exports functions, {@code NAME(PARAMETERS) -> RESULTS}, then all else, {@code KIND NAME};
 *     of a component, as its world says it
 * @param imports the same, with {@code MODULE.NAME}
 */
public record ModuleInterface(List<String> exports, List<String> imports) {
  /** How a core module begins: the magic number, and version 1 in layer 0. */
  private static final byte[] CORE = {0, 'a', 's', 'm', 1, 0, 0, 0};

  private static final Pattern ITEM = Pattern.compile("  (?<way>export|import) (?<what>.+);");

  /** Whether a file is a core module; a component, for one, is not. */
  public static boolean isCoreModule(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(CORE.length), CORE);
    }
  }

  /**
   * Reads a module.
   *
   * @throws WasmEngineException when it is not valid, or uses what the reader does not know
   */
  public static ModuleInterface read(Path file) throws IOException {
    WasmModule module = Parser.parse(Files.readAllBytes(file));
    List<String> imports = new ArrayList<>();
    List<Integer> functions = new ArrayList<>();
    module.importSection().stream()
        .forEach(
            wanted -> {
              if (wanted instanceof FunctionImport function) {
                functions.add(function.typeIndex());
              }
              imports.add(describe(module, wanted));
            });
    // Functions are counted through: the imported ones first.
    for (int i = 0; i < module.functionSection().functionCount(); i++) {
      functions.add(module.functionSection().getFunctionType(i));
    }
    List<String> exports = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export offered = module.exportSection().getExport(i);
      if (offered.exportType() == ExternalType.FUNCTION) {
        exports.add(offered.name() + signature(module, functions.get(offered.index())));
      } else {
        others.add(kind(offered.exportType()) + " " + offered.name());
      }
    }
    exports.addAll(others);
    return new ModuleInterface(List.copyOf(exports), List.copyOf(imports));
  }

  /**
   * Reads what a component exports and imports, as {@code wasm-tools component wit} prints it: one
   * item of its world a line.
   */
  public static ModuleInterface ofWit(Path file) throws IOException {
    List<String> exports = new ArrayList<>();
    List<String> imports = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Matcher item = ITEM.matcher(line);
      if (item.matches()) {
        (item.group("way").equals("export") ? exports : imports).add(item.group("what"));
      }
    }
    return new ModuleInterface(List.copyOf(exports), List.copyOf(imports));
  }

  private static String describe(WasmModule module, Import wanted) {
    String name = wanted.module() + "." + wanted.name();
    return wanted instanceof FunctionImport function
        ? name + signature(module, function.typeIndex())
        : kind(wanted.importType()) + " " + name;
  }

  private static String kind(ExternalType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  private static String signature(WasmModule module, int index) {
    FunctionType type = module.typeSection().getType(index);
    String results = names(type.returns());
    return "("
        + names(type.params())
        + ")"
        + (type.returns().isEmpty()
            ? ""
            : " -> " + (type.returns().size() == 1 ? results : "(" + results + ")"));
  }

  private static String names(List<ValType> types) {
    return types.stream()
        .map(type -> type.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
