package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.realise.Build;
import io.github.nixmaven.builder.rust.PostSteps;
import io.github.nixmaven.builder.rust.Rust;
import io.github.nixmaven.builder.rust.RustBuild;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A {@code Cargo.lock}: {@code <cargo>} in {@code <locks>}. The parameters of the same names
 * describe the elements.
 */
public final class Cargo extends LockFile {
  private static final String LOCK = "Cargo.lock";

  /** The lock, for which the parameter {@code cargoManifest} may name the manifest instead. */
  @Parameter(required = true)
  @Nullable File lock;

  /** The generated file. Default: {@code Cargo.nix} beside the lock. */
  @Parameter @Nullable File output;

  /** As the parameter {@code hosts}. */
  @Parameter @Nullable List<String> hosts;

  /** As the parameter {@code targets}. */
  @Parameter @Nullable List<String> targets;

  /** As the parameter {@code selections}. */
  @Parameter @Nullable List<String> selections;

  /** As the parameter {@code tests}. */
  @Parameter @Nullable Boolean tests;

  /** As the parameter {@code members}. */
  @Parameter @Nullable List<String> members;

  /** As the parameter {@code wasmOpt}. */
  @Parameter @Nullable String wasmOpt;

  /** As the parameter {@code strip}. */
  @Parameter @Nullable Boolean strip;

  /** As the parameter {@code component}. */
  @Parameter @Nullable Component component;

  @Override
  void check() {
    if (lock == null) {
      throw new InputException(
          null,
          "a <cargo> has no <lock>",
          "Give the lock file: <lock>src/main/rust/Cargo.lock</lock>.");
    }
    if (!lock.getName().equals(LOCK)) {
      throw new InputException(
          Position.of(lock.toPath()),
          "the <lock> of a <cargo> is not a file named Cargo.lock",
          "Give the file that cargo writes: <lock>src/main/rust/Cargo.lock</lock>.");
    }
    if (!lock.isFile()) {
      throw new InputException(
          Position.of(lock.toPath()),
          "no such file",
          "It is the <lock> of a <cargo>. Create it with `cargo generate-lockfile` and commit it.");
    }
  }

  /** The names of the parameters that say what is set here. */
  List<String> parameters() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("cargoManifest", lock);
    values.put("cargoNix", output);
    values.put("hosts", hosts);
    values.put("targets", targets);
    values.put("selections", selections);
    values.put("tests", tests);
    values.put("members", members);
    values.put("wasmOpt", wasmOpt);
    values.put("strip", strip);
    values.put("component", component);
    List<String> names = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          // Maven gives an empty list where nothing is configured.
          if (value != null && !value.equals(List.of())) {
            names.add(name);
          }
        });
    return names;
  }

  /** The {@code Cargo.toml} of the package or workspace. */
  Path manifest() {
    Path file = Objects.requireNonNull(lock).toPath();
    return file.endsWith(LOCK) ? file.resolveSibling("Cargo.toml") : file;
  }

  @Override
  String label() {
    return String.valueOf(lock);
  }

  @Override
  String inputs() {
    return "Cargo.lock and the manifests";
  }

  @Override
  Language language() {
    return Rust.LANGUAGE;
  }

  @Override
  Path output() {
    return output == null
        ? Objects.requireNonNull(lock).toPath().resolveSibling("Cargo.nix")
        : output.toPath();
  }

  @Override
  CargoRequest request() {
    if (!Files.exists(manifest())) {
      throw new InputException(
          Position.of(manifest()),
          "no such file",
          "Give the manifest of a Rust package or workspace with"
              + " `<cargoManifest>src/main/rust/Cargo.toml</cargoManifest>`. In a module without"
              + " one, set `<nix.skip>true</nix.skip>` in its `<properties>`.");
    }
    return CargoRequest.of(manifest(), output())
        .withHosts(orElse(hosts, CargoRequest.DEFAULT_TARGET))
        .withTargets(orConfigured(targets))
        .withSelections(orElse(selections, CargoRequest.DEFAULT_SELECTION))
        .withTests(tests == null || tests);
  }

  @Override
  Build build(Path baseDirectory) {
    return new RustBuild(manifest(), output(), targets(), postSteps(baseDirectory));
  }

  @Override
  List<String> configuredTargets() {
    List<String> all = orConfigured(targets);
    return isUsual(all) && (targets == null || targets.isEmpty()) ? List.of() : all;
  }

  private static boolean isUsual(List<String> triples) {
    return triples.equals(List.of(CargoRequest.DEFAULT_TARGET));
  }

  /** The targets to build for, each once and sorted. */
  private List<String> targets() {
    return orConfigured(targets).stream().distinct().sorted().toList();
  }

  /** Targets, or those of cargo's configuration where none is given. */
  private List<String> orConfigured(@Nullable List<String> given) {
    return given == null || given.isEmpty()
        ? CargoRequest.defaultTargets(manifest(), System.getenv())
        : List.copyOf(given);
  }

  @Override
  List<String> members() {
    return members == null ? List.of() : List.copyOf(members);
  }

  /**
   * What is done with the artefacts.
   *
   * @param baseDirectory where files of a component are looked for
   */
  private PostSteps postSteps(Path baseDirectory) {
    return new PostSteps(
        wasmOpt == null ? List.of() : List.of(wasmOpt.strip().split("\\s+")),
        strip != null && strip,
        component == null ? null : component.step(baseDirectory));
  }

  /** Maven gives an empty list where an element has no children. */
  private static List<String> orElse(@Nullable List<String> values, String usual) {
    return values == null || values.isEmpty() ? List.of(usual) : values;
  }
}
