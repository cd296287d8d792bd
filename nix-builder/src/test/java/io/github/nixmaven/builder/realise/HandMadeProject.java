package io.github.nixmaven.builder.realise;

import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.toolchain.Mirrors;
import io.github.nixmaven.builder.toolchain.Targets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Projects of a few hand-made derivations that are named as the builder names them. */
public final class HandMadeProject {
  private final List<String> bindings = new ArrayList<>();
  private final List<String> members = new ArrayList<>();

  /** By target, the variables by member. */
  private final Map<String, Map<String, String>> foreign = new TreeMap<>();

  /** A project that is one derivation, the member {@code app}. */
  public static Preparation app(String script) throws Exception {
    return one("app", "rust-app-1.0.0", script);
  }

  /**
   * A project that is one derivation.
   *
   * @param member what it is called as a member
   */
  public static Preparation one(String member, String name, String script) throws Exception {
    return new HandMadeProject().with(member, name, script, "").member(member).prepare();
  }

  /**
   * Adds a derivation.
   *
   * @param variable what other derivations call it
   * @param attributes further attributes, such as {@code input = other;}
   */
  public HandMadeProject with(String variable, String name, String script, String attributes)
      throws Exception {
    bindings.add(variable + " = " + NixFixture.derivation(name, script, attributes) + ";");
    return this;
  }

  /** Makes a derivation a member. */
  public HandMadeProject member(String variable) {
    members.add(variable);
    return this;
  }

  /** Makes a derivation what a member is for another target. */
  HandMadeProject memberFor(String target, String member, String variable) {
    foreign.computeIfAbsent(target, key -> new TreeMap<>()).put(member, variable);
    return this;
  }

  public Preparation prepare() throws Exception {
    Map<String, Map<String, String>> derivations = new TreeMap<>();
    derivations.put(Targets.NATIVE, new TreeMap<>());
    for (String member : members) {
      derivations.get(Targets.NATIVE).put(member, derivation(member));
    }
    for (Map.Entry<String, Map<String, String>> target : foreign.entrySet()) {
      Map<String, String> built = new TreeMap<>();
      for (Map.Entry<String, String> member : target.getValue().entrySet()) {
        built.put(member.getKey(), derivation(member.getValue()));
      }
      derivations.put(target.getKey(), built);
    }
    return new Preparation(
        NixFixture.nix(),
        NixFixture.options(),
        NixFixture.sysroot(),
        Project.of(derivations, List.of()),
        Path.of("/home/me/project"),
        false);
  }

  private String derivation(String variable) throws Exception {
    return NixFixture.instantiate("let " + String.join("\n", bindings) + " in " + variable).get(0);
  }

  /** A member that was built for the machine itself. */
  public static Member natively(String name) {
    return new Member(name, Targets.NATIVE);
  }

  /** The store path of a member that is one output, built for the machine itself. */
  public static String output(Preparation prepared, String member) {
    return prepared.project().members().get(natively(member)).outputPaths().get(0);
  }

  /**
   * @param targets by default the machine itself
   */
  public static BuildSettings settings(Path folder, String... targets) {
    return new BuildSettings(
        folder.resolve("Cargo.nix"),
        null,
        Mirrors.DEBIAN,
        List.of(),
        targets.length == 0 ? List.of(Targets.NATIVE) : List.of(targets),
        PostSteps.NONE,
        folder.resolve("target/nix"),
        null,
        2,
        1,
        false,
        null);
  }
}
