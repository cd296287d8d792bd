package io.github.nixmaven.builder.realise;

import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.rust.wasm.ModuleInterface;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Named;
import javax.inject.Singleton;
import run.endive.wasm.WasmEngineException;

/** Builds a project's members hermetically and hands their outputs to Maven. */
@Named
@Singleton
public final class BuildService {
  /** How many exports or imports of a module are named. */
  private static final int LISTED = 20;

  /** What is said of a member that has neither a library nor a program to build. */
  private static final String NOTHING =
      "nothing to build. It has no library, and no program whose required-features are on.";

  /**
   * Builds.
   *
   * @throws BuildFailedException when a crate does not build
   * @throws io.github.nixmaven.generator.text.InputException when something the user gave is wrong,
   *     or the sandbox does not hold
   */
  public BuildResult build(BuildRequest request, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    Instant start = Instant.now();
    return build(request, Preparation.prepare(request.settings(), console), start, console);
  }

  BuildResult build(BuildRequest request, Preparation prepared, Instant start, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    Map<Member, Derivation> members = prepared.project().members();
    Path folder = request.settings().workDirectory().toAbsolutePath();
    Files.createDirectories(folder);
    Realisation.Counts counts = Realisation.realise(prepared, members.values(), folder, console);
    Map<Member, Path> outputs = new TreeMap<>();
    Map<Member, Path> links = new TreeMap<>();
    for (Map.Entry<Member, Derivation> member : members.entrySet()) {
      Path link = folder.resolve("result-" + member.getKey().label());
      link(prepared, member.getValue(), link);
      outputs.put(member.getKey(), link.toRealPath());
      links.put(member.getKey(), link);
    }
    prepared.sourcePaths().write(folder.resolve("path-map.json"));
    List<Path> copied = new ArrayList<>();
    for (FileCopy copy : request.copies()) {
      copied.add(copy.copy(outputs, request.copyRoot().toAbsolutePath().normalize()));
    }
    console.info(
        summary(prepared.project().packageNoun(), counts, Duration.between(start, Instant.now())));
    for (Map.Entry<Member, Path> link : links.entrySet()) {
      console.info(
          "  "
              + link.getKey().label()
              + ": "
              + (isEmpty(link.getValue()) ? NOTHING : link.getValue()));
      describeModules(link.getValue(), console);
    }
    copied.forEach(file -> console.info("  copied " + file));
    return new BuildResult(counts, outputs, links, copied);
  }

  private static boolean isEmpty(Path output) throws IOException {
    if (!Files.isDirectory(output)) {
      return false;
    }
    try (Stream<Path> files = Files.list(output)) {
      return files.findAny().isEmpty();
    }
  }

  /** Says what the WebAssembly modules of an output export and import. */
  private static void describeModules(Path output, Console console) throws IOException {
    List<Path> modules;
    try (Stream<Path> files = Files.walk(output, FileVisitOption.FOLLOW_LINKS)) {
      modules = files.filter(file -> file.toString().endsWith(".wasm")).sorted().toList();
    }
    for (Path module : modules) {
      console.info("    " + output.relativize(module) + ", " + Files.size(module) + " bytes");
      Path wit =
          output.resolve("wit/" + module.getFileName().toString().replaceFirst("wasm$", "wit"));
      try {
        ModuleInterface described =
            ModuleInterface.isCoreModule(module)
                ? ModuleInterface.read(module)
                : ModuleInterface.ofWit(wit);
        list("exports", described.exports(), console);
        list("imports", described.imports(), console);
      } catch (WasmEngineException e) {
        // A proposal that the reader does not know: the build is good all the same.
        console.info("      cannot read the exports: " + e.getMessage());
      }
    }
  }

  private static void list(String what, List<String> names, Console console) {
    if (!names.isEmpty()) {
      console.info(
          "      "
              + what
              + " "
              + names.stream().limit(LISTED).collect(Collectors.joining(", "))
              + (names.size() > LISTED ? " and " + (names.size() - LISTED) + " more" : ""));
    }
  }

  private static void link(Preparation prepared, Derivation member, Path link)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(prepared.options().arguments());
    arguments.addAll(
        List.of("--realise", member.path(), "--add-root", link.toString(), "--indirect"));
    prepared.nix().capture("nix-store", arguments);
  }

  private static String summary(String noun, Realisation.Counts counts, Duration duration) {
    return Console.count(counts.built(), noun)
        + " built, "
        + counts.reused()
        + " reused"
        + (counts.fetched() == 0
            ? ""
            : ", " + Console.count(counts.fetched(), "source") + " fetched")
        + " in "
        + Console.elapsed(duration);
  }
}
