package io.github.nixmaven.builder.verify;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.realise.BuildFailedException;
import io.github.nixmaven.builder.realise.Console;
import io.github.nixmaven.builder.realise.Preparation;
import io.github.nixmaven.generator.nix.Nar;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A second store in its own directory, in which everything is built again from its own parts.
 *
 * <p>What a derivation makes has the same store path in every store whose paths begin alike. So the
 * two are compared path by path; what is built of something that differs is not blamed.
 */
final class OtherStore {
  private final Preparation prepared;
  private final Path folder;
  private final Console console;

  /**
   * @param folder the directory of the store, created if it is missing
   */
  OtherStore(Preparation prepared, Path folder, Console console) {
    this.prepared = prepared;
    this.folder = folder.toAbsolutePath().normalize();
    this.console = console;
  }

  /**
   * Builds there and compares with what is here.
   *
   * @param derivations what to build, what needs no other first; all of it is here
   * @param policy which packages may differ
   * @throws BuildFailedException when something does not build there
   */
  StoreComparison compare(List<Derivation> derivations, Policy policy)
      throws IOException, InterruptedException, BuildFailedException {
    try {
      Files.createDirectories(folder);
    } catch (FileSystemException e) {
      throw new InputException(
          null,
          "the store " + folder + " cannot be created: " + e.getMessage(),
          "Choose another directory with `-Dnix.verify.store=…`.",
          e);
    }
    console.info(
        "Building "
            + Console.count(derivations.size(), "derivation")
            + " again, in the store "
            + folder);
    copyInputs(derivations);
    build(derivations);
    List<StoreComparison.Difference> differences = new ArrayList<>();
    Set<String> tainted = new HashSet<>();
    int compared = 0;
    for (Derivation derivation : derivations) {
      boolean taint = derivation.inputs().stream().anyMatch(tainted::contains);
      Unit unit = prepared.project().unit(derivation);
      for (String output : derivation.outputPaths()) {
        compared++;
        Nar.Digest here = Nar.digest(Path.of(output));
        Nar.Digest there = Nar.digest(Path.of(folder + output));
        if (!here.equals(there)) {
          tainted.add(derivation.path());
          differences.add(
              new StoreComparison.Difference(
                  unit,
                  derivation.path(),
                  output,
                  taint ? StoreComparison.Verdict.TAINTED : StoreComparison.Verdict.ROOT,
                  here,
                  there,
                  policy.of(unit)));
        }
      }
    }
    return new StoreComparison(folder.toString(), compared, List.copyOf(differences));
  }

  /** Takes over what is not built: derivations, sources, and the toolchain. */
  private void copyInputs(List<Derivation> derivations) throws IOException, InterruptedException {
    List<String> query = new ArrayList<>(List.of("--query", "--requisites"));
    derivations.forEach(derivation -> query.add(derivation.path()));
    Set<String> needed = new HashSet<>(prepared.nix().capture("nix-store", query).lines().toList());
    prepared.project().closure().values().stream()
        .filter(Derivation::isFixedOutput)
        .forEach(source -> needed.addAll(source.outputPaths()));
    List<String> check = inStore("--check-validity", "--print-invalid");
    check.addAll(needed);
    List<String> export = new ArrayList<>(List.of("--export"));
    prepared.nix().capture("nix-store", check).lines().forEach(export::add);
    if (export.size() == 1) {
      return;
    }
    Command.Result result =
        prepared
            .nix()
            .run(
                "nix-store",
                inStore("--import"),
                to -> prepared.nix().pipe("nix-store", export, to),
                line -> {});
    if (result.status() != 0) {
      throw new IOException(
          "cannot copy to the store " + folder + ":\n" + String.join("\n", result.log()));
    }
  }

  private void build(List<Derivation> derivations)
      throws IOException, InterruptedException, BuildFailedException {
    List<String> arguments = inStore("--realise");
    derivations.forEach(derivation -> arguments.add(derivation.path()));
    Command.Result result = prepared.nix().run("nix-store", arguments, line -> {});
    if (result.status() != 0) {
      throw new BuildFailedException(
          "In the store "
              + folder
              + " the project does not build. Nix says:\n\n"
              + String.join("\n", result.log()));
    }
  }

  private List<String> inStore(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(prepared.options().arguments());
    arguments.addAll(List.of("--store", folder.toString()));
    return arguments;
  }
}
