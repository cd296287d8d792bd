package io.github.nixmaven.builder.realise;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.Languages;
import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.nix.HermeticOptions;
import io.github.nixmaven.builder.rust.wasm.WasmTools;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A project after evaluation: the derivations of its members and all they need.
 *
 * @param members the derivation of each member for each target
 * @param closure every derivation by store path, what needs nothing first
 * @param units what derivations build, by their store path; of some nothing is said
 * @param sources what derivations fetch, by their store path; of some nothing is said
 */
public record Project(
    Map<Member, Derivation> members,
    Map<String, Derivation> closure,
    Map<String, Unit> units,
    Map<String, Source> sources) {
  /** The parts of each member that a project includes. */
  public enum Output {
    /** The members' outputs. */
    MEMBERS("members"),
    /** The outputs and exit statuses of their tests, for members that have tests. */
    TEST_RESULTS("testResults");

    private final String attribute;

    Output(String attribute) {
      this.attribute = attribute;
    }
  }

  private static final String EXPRESSION =
      """
      { library, cargoNix, toolchain, targets, overrides, postSteps, wasmTools, output, testArguments }:
      let
        members = builtins.listToAttrs (map (target: {
          name = target;
          value = (import library {
            inherit cargoNix target;
            toolchain = builtins.fromJSON toolchain;
            overrides = if overrides == "" then null else overrides;
            postSteps = builtins.fromJSON postSteps;
            wasmTools = if wasmTools == "" then null else /. + wasmTools;
            testFlags = builtins.fromJSON testArguments;
          }).${output};
        }) (builtins.fromJSON targets));
      in
      (import (library + "/units.nix")).reached (builtins.concatMap builtins.attrValues (builtins.attrValues members))
      // { members = builtins.mapAttrs (_: builtins.mapAttrs (_: member: member.drvPath)) members; }
      """;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Evaluates the generated file with the builder's expressions.
   *
   * @param library the directory of the expressions
   * @param lock what pins the toolchain
   * @param output what of each member
   * @param testArguments what test programs are started with
   * @throws InputException when a member is asked for that it does not have
   * @throws BuildFailedException when Nix cannot evaluate it
   */
  static Project instantiate(
      Command nix,
      HermeticOptions options,
      Path library,
      BuildSettings settings,
      ToolchainLock lock,
      Output output,
      List<String> testArguments)
      throws IOException, InterruptedException, BuildFailedException {
    List<String> arguments = new ArrayList<>(options.arguments());
    // Evaluation only reads: what is built is built later, where it is seen and counted.
    arguments.addAll(List.of("--option", "allow-import-from-derivation", "false"));
    arguments.addAll(List.of("--eval", "--strict", "--json", "--read-write-mode"));
    arguments.addAll(List.of("--expr", EXPRESSION));
    argument(arguments, "library", library.toAbsolutePath().toString());
    argument(arguments, "cargoNix", settings.cargoNix().toAbsolutePath().toString());
    argument(
        arguments,
        "toolchain",
        JSON.writeValueAsString(
            Map.of("sysroot", lock.sysroot(), "standardLibrary", lock.standardLibrary())));
    argument(arguments, "targets", JSON.writeValueAsString(settings.targets()));
    Path overrides = settings.overrides();
    argument(
        arguments, "overrides", overrides == null ? "" : overrides.toAbsolutePath().toString());
    argument(arguments, "output", output.attribute);
    argument(arguments, "testArguments", JSON.writeValueAsString(testArguments));
    argument(arguments, "postSteps", JSON.writeValueAsString(settings.postSteps()));
    String wasmTools = "";
    if (settings.makesComponents()) {
      Path folder = settings.workDirectory().resolve("crates");
      wasmTools = WasmTools.cargoNix(folder, settings.context()).toAbsolutePath().toString();
    }
    argument(arguments, "wasmTools", wasmTools);
    Command.Result result = nix.run("nix-instantiate", arguments, line -> {});
    if (result.status() != 0) {
      throw new BuildFailedException(
          settings.cargoNix()
              + " cannot be evaluated. Nix says:\n\n"
              + String.join("\n", result.log()));
    }
    return of(Evaluation.of(JSON.readTree(result.output())), settings.members());
  }

  private static void argument(List<String> arguments, String name, String value) {
    arguments.add("--argstr");
    arguments.add(name);
    arguments.add(value);
  }

  /**
   * A project with the wanted ones of these members, all of them if none is wanted.
   *
   * @param wanted names of members
   */
  static Project of(Evaluation evaluation, List<String> wanted) throws IOException {
    Map<String, Map<String, String>> derivations = evaluation.members();
    Set<String> unknown = new TreeSet<>(wanted);
    Set<String> known = new TreeSet<>();
    derivations.values().forEach(members -> known.addAll(members.keySet()));
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new InputException(
          null,
          "there is no workspace member `" + String.join("`, `", unknown) + "`",
          "The members are: " + String.join(", ", known) + ".");
    }
    Map<Member, String> chosen = new TreeMap<>();
    derivations.forEach(
        (target, paths) ->
            paths.forEach(
                (name, path) -> {
                  if (wanted.isEmpty() || wanted.contains(name)) {
                    chosen.put(new Member(name, target), path);
                  }
                }));
    Map<String, Derivation> closure = Derivation.closure(chosen.values());
    Map<Member, Derivation> members = new TreeMap<>();
    chosen.forEach(
        (member, path) -> members.put(member, Objects.requireNonNull(closure.get(path))));
    return new Project(members, closure, evaluation.units(), evaluation.sources());
  }

  /** What packages are called, in the singular: as in {@link Languages#packageNoun}. */
  public String packageNoun() {
    return Languages.packageNoun(
        units.values().stream()
            .filter(unit -> unit.packageName() != null)
            .map(Unit::ecosystem)
            .toList());
  }

  /** The unit that a derivation builds. */
  public Unit unit(Derivation derivation) {
    return unit(derivation.path());
  }

  /**
   * What a derivation builds.
   *
   * @param derivation its store path
   */
  public Unit unit(String derivation) {
    Unit unit = units.get(derivation);
    return unit == null ? Unit.unnamed(Derivation.nameOf(derivation)) : unit;
  }
}
