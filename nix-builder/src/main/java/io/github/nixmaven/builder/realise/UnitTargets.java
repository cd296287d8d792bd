package io.github.nixmaven.builder.realise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.nix.Derivation;
import io.github.nixmaven.builder.toolchain.Targets;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which units of a project are for another machine than the one that builds, as their commands say:
 * {@code --target TRIPLE} of rustc, {@code TARGET=TRIPLE} of a build script that is run. What runs
 * while building, such as a procedural macro, is for the machine that builds.
 *
 * @param triples the targets by store path of the derivation; of all others it is the machine's own
 */
public record UnitTargets(Map<String, String> triples) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Those of some derivations of a project.
   *
   * @param units derivations of its closure
   */
  public static UnitTargets of(Project project, Collection<Derivation> units) throws IOException {
    Map<String, String> triples = new HashMap<>();
    for (Map.Entry<Member, Derivation> member : project.members().entrySet()) {
      String target = member.getKey().target();
      if (!target.equals(Targets.NATIVE)) {
        triples.put(member.getValue().path(), target);
      }
    }
    // Where all members are for this machine, nothing is for another.
    if (!triples.isEmpty()) {
      for (Derivation unit : units) {
        String target = Unit.of(unit).crate() == null ? null : of(unit);
        if (target != null && !target.equals(Targets.NATIVE)) {
          triples.put(unit.path(), target);
        }
      }
    }
    return new UnitTargets(Map.copyOf(triples));
  }

  private static @Nullable String of(Derivation derivation) throws IOException {
    JsonNode attributes =
        JSON.readTree(Derivation.attributes(derivation.path()).getOrDefault("__json", "{}"));
    String previous = "";
    for (JsonNode argument : attributes.path("arguments")) {
      if (previous.equals("--target")) {
        return argument.asText();
      }
      previous = argument.asText();
    }
    for (JsonNode variable : attributes.path("runEnvironment")) {
      if (variable.asText().startsWith("TARGET=")) {
        return variable.asText().substring("TARGET=".length());
      }
    }
    return null;
  }

  /**
   * The target of a unit, or null where it is the machine that builds.
   *
   * @param derivation the store path of its derivation
   */
  public @Nullable String of(String derivation) {
    return triples.get(derivation);
  }

  /**
   * What to call a unit towards a user: {@code itoa 1.0.18}, followed by {@code for TRIPLE} where
   * that is another machine.
   *
   * @param derivation the store path of its derivation
   */
  public String label(String derivation) {
    String label = Unit.ofName(Derivation.nameOf(derivation)).label();
    String target = of(derivation);
    return target == null ? label : label + " for " + target;
  }
}
