package io.github.nixmaven.builder.realise;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.nix.HermeticOptions;
import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * A project after evaluation: the derivations of its members and all they need.
 *
 * @param language the language of its packages
 * @param members the derivation of each member for each target
 * @param closure every derivation by store path, what needs nothing first
 * @param units what derivations build, by their store path; of some nothing is said
 * @param sources what derivations fetch, by their store path; of some nothing is said
 */
public record Project(
    Language language,
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
      { library, expression, file, toolchain, targets, wanted, overrides, output, testArguments, arguments }:
      let
        selectedMembers = if builtins.fromJSON wanted == [ ] then null else builtins.fromJSON wanted;
        all = builtins.listToAttrs (map (target: {
          name = target;
          value = (import expression ({
            inherit file target selectedMembers;
            toolchain = builtins.fromJSON toolchain;
            overrides = if overrides == "" then null else overrides;
            testFlags = builtins.fromJSON testArguments;
          } // builtins.fromJSON arguments)).${output};
        }) (builtins.fromJSON targets));
        isSelected = name: selectedMembers == null || builtins.elem name selectedMembers;
        unselected = members: builtins.filter (name: !isSelected name) (builtins.attrNames members);
        members = builtins.mapAttrs (_: of: builtins.removeAttrs of (unselected of)) all;
      in
      (import (library + "/units.nix")).reached (builtins.concatMap builtins.attrValues (builtins.attrValues members))
      // {
        members = builtins.mapAttrs (_: builtins.mapAttrs (_: member: member.drvPath)) members;
        names = builtins.concatMap builtins.attrNames (builtins.attrValues all);
      }
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
      Path library,
      BuildSettings settings,
      ToolchainLock lock,
      Output output,
      List<String> testArguments)
      throws IOException, InterruptedException, BuildFailedException {
    List<String> arguments = new ArrayList<>(HermeticOptions.withoutSysroot().arguments());
    // Evaluation only reads: what is built is built later, where it is seen and counted.
    arguments.addAll(List.of("--option", "allow-import-from-derivation", "false"));
    arguments.addAll(List.of("--eval", "--strict", "--json", "--read-write-mode"));
    arguments.addAll(List.of("--expr", EXPRESSION));
    argument(arguments, "library", library.toAbsolutePath().toString());
    Build build = settings.build();
    argument(arguments, "expression", build.expression(library).toAbsolutePath().toString());
    argument(arguments, "file", build.file().toAbsolutePath().toString());
    argument(
        arguments,
        "toolchain",
        JSON.writeValueAsString(
            Map.of("sysroot", lock.sysroot(), "standardLibrary", lock.standardLibrary())));
    argument(arguments, "targets", JSON.writeValueAsString(build.targets()));
    argument(arguments, "wanted", JSON.writeValueAsString(settings.members()));
    Path overrides = settings.overrides();
    argument(
        arguments, "overrides", overrides == null ? "" : overrides.toAbsolutePath().toString());
    argument(arguments, "output", output.attribute);
    argument(arguments, "testArguments", JSON.writeValueAsString(testArguments));
    argument(
        arguments,
        "arguments",
        JSON.writeValueAsString(build.arguments(settings.workDirectory(), settings.context())));
    Command.Result result = nix.run("nix-instantiate", arguments, line -> {});
    if (result.status() != 0) {
      throw new BuildFailedException(
          build.file() + " cannot be evaluated. Nix says:\n\n" + String.join("\n", result.log()));
    }
    Evaluation evaluation = Evaluation.of(JSON.readTree(result.output()), build.language());
    evaluation.require(settings.members());
    return of(build.language(), evaluation);
  }

  private static void argument(List<String> arguments, String name, String value) {
    arguments.add("--argstr");
    arguments.add(name);
    arguments.add(value);
  }

  /** A project with the members that were evaluated. */
  static Project of(Language language, Evaluation evaluation) throws IOException {
    String own = language.tools().nativeTarget();
    Map<Member, String> chosen = new TreeMap<>();
    evaluation
        .members()
        .forEach(
            (target, paths) ->
                paths.forEach(
                    (name, path) ->
                        chosen.put(new Member(name, target, target.equals(own)), path)));
    Map<String, Derivation> closure = Derivation.closure(chosen.values());
    Map<Member, Derivation> members = new TreeMap<>();
    chosen.forEach(
        (member, path) -> members.put(member, Objects.requireNonNull(closure.get(path))));
    return new Project(language, members, closure, evaluation.units(), evaluation.sources());
  }

  /** What packages are called, in the singular: as in {@link Language#packageNoun}. */
  public String packageNoun() {
    return language.packageNoun();
  }

  /** {@code NAME VERSION} of the packages that something is built of. */
  Set<String> packages() {
    Set<String> result = new HashSet<>();
    for (Unit unit : units.values()) {
      if (unit.packageId() != null) {
        result.add(unit.packageId());
      }
    }
    return result;
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
