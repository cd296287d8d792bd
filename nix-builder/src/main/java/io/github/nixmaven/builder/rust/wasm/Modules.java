package io.github.nixmaven.builder.rust.wasm;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import run.endive.wasm.WasmEngineException;

/** What the WebAssembly modules of an output offer. */
public final class Modules {
  /** How many exports or imports of a module are named. */
  private static final int LISTED = 20;

  private Modules() {}

  /** Each module's size, exports and imports, a line each. */
  public static List<String> describe(Path output) throws IOException {
    List<Path> modules;
    try (Stream<Path> files = Files.walk(output, FileVisitOption.FOLLOW_LINKS)) {
      modules = files.filter(file -> file.toString().endsWith(".wasm")).sorted().toList();
    }
    List<String> lines = new ArrayList<>();
    for (Path module : modules) {
      lines.add(output.relativize(module) + ", " + Files.size(module) + " bytes");
      Path wit =
          output.resolve("wit/" + module.getFileName().toString().replaceFirst("wasm$", "wit"));
      try {
        ModuleInterface described =
            ModuleInterface.isCoreModule(module)
                ? ModuleInterface.read(module)
                : ModuleInterface.ofWit(wit);
        list("exports", described.exports(), lines);
        list("imports", described.imports(), lines);
      } catch (WasmEngineException e) {
        // A proposal that the reader does not know: the build is good all the same.
        lines.add("  cannot read the exports: " + e.getMessage());
      }
    }
    return lines;
  }

  private static void list(String what, List<String> names, List<String> lines) {
    if (!names.isEmpty()) {
      lines.add(
          "  "
              + what
              + " "
              + names.stream().limit(LISTED).collect(Collectors.joining(", "))
              + (names.size() > LISTED ? " and " + (names.size() - LISTED) + " more" : ""));
    }
  }
}
