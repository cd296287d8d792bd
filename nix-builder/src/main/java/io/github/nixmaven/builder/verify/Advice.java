package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.realise.Unit;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is known of differences in crates, and what mends them. */
final class Advice {
  private static final String BUILD_SCRIPT_RUN = "(build script's run)";

  private final Map<String, Derivation> closure;
  private final Set<String> random;
  private final Map<String, Set<String>> macros = new HashMap<>();

  /**
   * @param closure the project's derivations by store path
   * @param judged the judgements by derivation
   */
  Advice(Map<String, Derivation> closure, Map<String, Judgement> judged) throws IOException {
    this.closure = closure;
    random =
        judged.entrySet().stream()
            .filter(each -> each.getValue().causes().contains(Cause.RANDOM))
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
    if (!random.isEmpty()) {
      for (String derivation : judged.keySet()) {
        macros.put(derivation, macrosOf(derivation));
      }
    }
  }

  /** What is known of such a difference; empty where nothing is. */
  String of(Unit unit, String derivation, Judgement judgement) {
    List<String> sentences =
        judgement.causes().stream()
            .map(cause -> of(cause, unit, derivation))
            .filter(sentence -> !sentence.isEmpty())
            .toList();
    return String.join(" ", sentences);
  }

  private String of(Cause cause, Unit unit, String derivation) {
    boolean script = unit.label().endsWith(BUILD_SCRIPT_RUN);
    return switch (cause) {
      case TIME ->
          script
              ? "The build script reads the clock, or the times of files that it made; it should"
                  + " take the time from SOURCE_DATE_EPOCH, or do without."
              : "Something that runs during the build writes the time, such as a procedural macro"
                  + " or a tool it calls; SOURCE_DATE_EPOCH, which is set, is the usual way out.";
      case PATH ->
          script
              ? "The build script keeps the path of its sources: CARGO_MANIFEST_DIR, its current"
                  + " folder, or what a C compiler makes of __FILE__. Relative paths, or"
                  + " `-ffile-prefix-map` for C, mend it."
              : "The path of the sources is compiled in past `--remap-path-prefix`: by"
                  + " env!(\"CARGO_MANIFEST_DIR\"), by a procedural macro, or by a build script's"
                  + " rustc-env.";
      case CORES ->
          script
              ? "The build script writes how many processors or jobs there are (NUM_JOBS,"
                  + " available_parallelism), or splits its work by them."
              : "Something that runs during the build splits its work by the number of processors.";
      case ORDER ->
          "Files are taken in the order in which the folder lists them (read_dir, a shell's find):"
              + " sort them.";
      case KERNEL ->
          "The kernel's release is kept (uname): leave it out, or take it from the target.";
      case RANDOM -> random(unit, derivation, script);
      case INTERACTION -> "";
    };
  }

  private String random(Unit unit, String derivation, boolean script) {
    String macro = script ? null : guiltyMacro(derivation);
    if (macro != null) {
      long users = macros.values().stream().filter(each -> each.contains(macro)).count();
      return unit.crate()
          + " expands the procedural macro "
          + macro
          + ": "
          + (users == 1
              ? "it alone does, and it alone differs by chance"
              : "all " + users + " builds that expand it differ by chance, and no other does")
          + ". Its output's order comes from a HashMap or HashSet: a BTreeMap, or sorting, mends"
          + " it.";
    }
    return script
        ? "The build script writes what comes by chance: the order of a HashMap, threads that"
            + " race, random numbers, addresses, or a folder's random name."
        : "Chance is in what runs during the build: the order of a HashMap in a procedural macro,"
            + " threads that race, random numbers.";
  }

  /** The macro that all builds expand that differ by chance, and no build that does not. */
  private @Nullable String guiltyMacro(String derivation) {
    Set<String> candidates = new TreeSet<>(macros.getOrDefault(derivation, Set.of()));
    candidates.removeIf(
        macro ->
            macros.entrySet().stream()
                .anyMatch(
                    each -> each.getValue().contains(macro) && !random.contains(each.getKey())));
    return candidates.size() == 1 ? candidates.iterator().next() : null;
  }

  private Set<String> macrosOf(String derivation) throws IOException {
    Set<String> result = new TreeSet<>();
    Derivation itself = Objects.requireNonNull(closure.get(derivation));
    for (String input : itself.inputs()) {
      Derivation other = closure.get(input);
      String crate = other == null ? null : Unit.of(other).crate();
      // What is made of a macro itself does not expand it.
      if (other != null
          && crate != null
          && !crate.equals(Unit.of(itself).crate())
          && isMacro(other)) {
        result.add(crate);
      }
    }
    return result;
  }

  /** A library that others need is an archive unless it is loaded by the compiler. */
  private static boolean isMacro(Derivation derivation) throws IOException {
    if (!derivation.name().endsWith("-lib")) {
      return false;
    }
    Path output = Path.of(derivation.outputPaths().get(0));
    if (!Files.isDirectory(output)) {
      return false;
    }
    try (DirectoryStream<Path> libraries = Files.newDirectoryStream(output, "*.so")) {
      return libraries.iterator().hasNext();
    }
  }
}
