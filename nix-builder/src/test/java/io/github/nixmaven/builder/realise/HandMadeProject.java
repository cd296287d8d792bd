package io.github.nixmaven.builder.realise;

import io.github.nixmaven.builder.language.Unit;
import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.rust.PostSteps;
import io.github.nixmaven.builder.rust.Rust;
import io.github.nixmaven.builder.rust.RustBuild;
import io.github.nixmaven.builder.toolchain.Mirrors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Projects of a few hand-made derivations. */
public final class HandMadeProject {
  /** The platform of the machine that builds. */
  public static final String NATIVE = Rust.LANGUAGE.tools().nativeTarget();

  private final List<String> bindings = new ArrayList<>();
  private final List<String> members = new ArrayList<>();

  /** By variable. */
  private final Map<String, Unit> units = new LinkedHashMap<>();

  private final Map<String, Source> sources = new LinkedHashMap<>();

  /** By target, the variables by member. */
  private final Map<String, Map<String, String>> foreign = new TreeMap<>();

  /** A project that is one derivation, the member {@code app}. */
  public static Preparation app(String script) throws Exception {
    return one("app", unit("app", "1.0.0", "product"), script);
  }

  /**
   * A project that is one derivation.
   *
   * @param member what it is called as a member
   */
  public static Preparation one(String member, Unit unit, String script) throws Exception {
    return new HandMadeProject().with(member, unit, script, "").member(member).prepare();
  }

  /** A part of a crate, as the evaluation says it. */
  public static Unit unit(String name, String version, String part) {
    return unit(name, version, part, null);
  }

  /** A part of a crate for another machine. */
  public static Unit unit(String name, String version, String part, @Nullable String target) {
    String script =
        part.equals("script-run") ? "" : part.equals("library-with-script") ? "build-script" : null;
    String known = part.equals("library-with-script") ? "library" : part;
    return new Unit(
        "cargo",
        name,
        version,
        known,
        null,
        null,
        script,
        target,
        Rust.LANGUAGE.label(name + " " + version, known, null, null, target));
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

  /**
   * Adds a derivation that is a part of a crate. It has a name that tells nothing.
   *
   * @param variable what other derivations call it
   */
  public HandMadeProject with(String variable, Unit unit, String script, String attributes)
      throws Exception {
    units.put(variable, unit);
    return with(variable, "unit-" + variable, script, attributes);
  }

  /**
   * Says what a source is.
   *
   * @param variable what derivations call it
   * @param expression a derivation
   */
  HandMadeProject source(String variable, Source source, String expression) {
    sources.put(variable, source);
    bindings.add(variable + " = " + expression + ";");
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
    Map<String, String> paths = paths();
    Map<String, Map<String, String>> derivations = new TreeMap<>();
    derivations.put(NATIVE, new TreeMap<>());
    for (String member : members) {
      derivations.get(NATIVE).put(member, paths.get(member));
    }
    foreign.forEach(
        (target, built) -> {
          Map<String, String> these = new TreeMap<>();
          built.forEach((member, variable) -> these.put(member, paths.get(variable)));
          derivations.put(target, these);
        });
    Map<String, Unit> ofPaths = new TreeMap<>();
    units.forEach((variable, unit) -> ofPaths.put(paths.get(variable), unit));
    Map<String, Source> sourcesOfPaths = new TreeMap<>();
    sources.forEach((variable, source) -> sourcesOfPaths.put(paths.get(variable), source));
    return new Preparation(
        NixFixture.nix(),
        NixFixture.options(),
        NixFixture.LIBRARY,
        NixFixture.sysroot(),
        Project.of(Rust.LANGUAGE, new Evaluation(Set.of(), derivations, ofPaths, sourcesOfPaths)),
        Path.of("/home/me/project"),
        Optional.empty(),
        NixFixture.CONTEXT);
  }

  /** The store paths of derivations by variable, in one evaluation. */
  private Map<String, String> paths() throws Exception {
    Set<String> variables = new LinkedHashSet<>(members);
    foreign.values().forEach(built -> variables.addAll(built.values()));
    variables.addAll(units.keySet());
    variables.addAll(sources.keySet());
    List<String> instantiated =
        NixFixture.instantiate(
            "let " + String.join("\n", bindings) + " in [ " + String.join(" ", variables) + " ]");
    Map<String, String> paths = new TreeMap<>();
    int i = 0;
    for (String variable : variables) {
      paths.put(variable, instantiated.get(i++));
    }
    return paths;
  }

  /** A member that was built for the machine itself. */
  public static Member natively(String name) {
    return new Member(name, NATIVE, true);
  }

  /** The store path of a member that is one output, built for the machine itself. */
  public static String output(Preparation prepared, String member) {
    return prepared.project().members().get(natively(member)).outputPaths().get(0);
  }

  /**
   * A build of a directory's Cargo.nix.
   *
   * @param targets by default the machine itself
   */
  public static Build build(Path folder, String... targets) {
    return new RustBuild(
        folder.resolve("Cargo.toml"),
        folder.resolve("Cargo.nix"),
        targets.length == 0 ? List.of(NATIVE) : List.of(targets),
        PostSteps.NONE);
  }

  /**
   * @param targets by default the machine itself
   */
  public static BuildSettings settings(Path folder, String... targets) {
    return new BuildSettings(
        build(folder, targets),
        null,
        Mirrors.DEBIAN,
        List.of(),
        folder.resolve("target/nix"),
        null,
        2,
        1,
        NixFixture.CONTEXT,
        null);
  }
}
