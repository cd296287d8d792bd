package io.github.nixmaven.plugin.build;

import io.github.nixmaven.plugin.nix.NixFixture;
import io.github.nixmaven.plugin.toolchain.Mirrors;
import io.github.nixmaven.plugin.toolchain.Targets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Projects of a few hand-made derivations that are named as the builder names them. */
public final class HandMadeProject {
  private final List<String> bindings = new ArrayList<>();
  private final List<String> members = new ArrayList<>();

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

  public Preparation prepare() throws Exception {
    Map<String, String> derivations = new TreeMap<>();
    for (String member : members) {
      derivations.put(
          member,
          NixFixture.instantiate("let " + String.join("\n", bindings) + " in " + member).get(0));
    }
    return new Preparation(
        NixFixture.nix(),
        NixFixture.options(),
        NixFixture.sysroot(),
        Project.of(Map.of(Targets.NATIVE, derivations), List.of()),
        false);
  }

  /** A member that was built for the machine itself. */
  public static Member natively(String name) {
    return new Member(name, Targets.NATIVE);
  }

  public static BuildSettings settings(Path folder) {
    return new BuildSettings(
        folder.resolve("Cargo.nix"),
        null,
        Mirrors.DEBIAN,
        List.of(),
        List.of(Targets.NATIVE),
        folder.resolve("target/nix"),
        null,
        2,
        1,
        false,
        null);
  }
}
