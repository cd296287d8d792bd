package io.github.nixmaven.builder.realise;

import io.github.nixmaven.builder.nix.Derivation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.inject.Named;
import javax.inject.Singleton;

/** Builds a project's members hermetically and hands their outputs to Maven. */
@Named
@Singleton
public final class BuildService {
  /**
   * Builds.
   *
   * @throws BuildFailedException when a package does not build
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
      copied.add(
          copy.copy(
              outputs,
              request.copyRoot().toAbsolutePath().normalize(),
              prepared.project().language().tools().nativeTarget()));
    }
    console.info(
        summary(prepared.project().packageNoun(), counts, Duration.between(start, Instant.now())));
    for (Map.Entry<Member, Path> link : links.entrySet()) {
      console.info(
          "  "
              + link.getKey().label()
              + ": "
              + (isEmpty(link.getValue()) ? "nothing to build" : link.getValue()));
      for (String line : prepared.project().language().describe(link.getValue())) {
        console.info("    " + line);
      }
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
