package io.github.nixmaven.builder.rust;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.realise.Build;
import io.github.nixmaven.builder.rust.wasm.WasmTools;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.cargo.ConfiguredProgram;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.ListedPackage;
import io.github.nixmaven.generator.pin.LockRequest;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The members of a cargo workspace, built from its Cargo.nix.
 *
 * @param manifest the {@code Cargo.toml} of the package or workspace
 * @param cargoNix the generated file
 * @param targets the rustc triples to build for
 * @param postSteps what is done with the members' artefacts
 */
public record RustBuild(Path manifest, Path cargoNix, List<String> targets, PostSteps postSteps)
    implements Build {
  private static final ObjectMapper JSON = new ObjectMapper();

  public RustBuild {
    targets = List.copyOf(targets);
  }

  @Override
  public Language language() {
    return Rust.LANGUAGE;
  }

  @Override
  public LockRequest request() {
    return CargoRequest.of(manifest, cargoNix)
        .withHosts(List.of(Targets.NATIVE))
        .withTargets(targets);
  }

  @Override
  public Build natively() {
    return new RustBuild(manifest, cargoNix, List.of(Targets.NATIVE), PostSteps.NONE);
  }

  @Override
  public void requirePrograms(Path sysroot, Context context) throws IOException {
    Set<String> triples = new LinkedHashSet<>(targets);
    triples.add(Targets.NATIVE);
    for (ConfiguredProgram program :
        ConfiguredProgram.linkers(manifest, context.environment(), triples)) {
      String path =
          program.name().startsWith("/")
              ? program.name().substring(1)
              : "usr/bin/" + program.name();
      if (!Files.exists(sysroot.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
        throw missing(program);
      }
    }
  }

  private InputException missing(ConfiguredProgram program) throws IOException {
    String name = program.name().substring(program.name().lastIndexOf('/') + 1);
    String linker = name.startsWith("ld.") ? name.substring("ld.".length()) : name;
    String member =
        ListedPackage.of(Rust.LANGUAGE.ecosystem(), cargoNix).stream()
            .filter(one -> one.source().equals("path"))
            .map(ListedPackage::name)
            .findFirst()
            .orElse("NAME");
    return new InputException(
        program.position(),
        "`"
            + program.setting()
            + "` asks for the linker `"
            + linker
            + "`, which the toolchain does not have",
        "Add this row to nix-overrides.toml and run `mvn nix:toolchain`:\n\n"
            + "    [[crate]]\n"
            + "    name = \""
            + member
            + "\"\n"
            + "    debian.packages = [\""
            + linker
            + "\"]");
  }

  @Override
  public Path expression(Path library) {
    return library.resolve("rust/build.nix");
  }

  @Override
  public Map<String, Object> arguments(Path work, Context context)
      throws IOException, InterruptedException {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put(
        "postSteps", JSON.convertValue(postSteps, new TypeReference<Map<String, Object>>() {}));
    Path localFiles = work.resolve("local-files.nix").toAbsolutePath();
    LocalFiles.write(cargoNix, localFiles);
    arguments.put("localFiles", localFiles.toString());
    if (postSteps.component() != null
        && targets.stream().anyMatch(target -> target.startsWith("wasm"))) {
      Path tools = WasmTools.cargoNix(work.resolve("crates"), context);
      arguments.put("wasmTools", tools.toAbsolutePath().toString());
    }
    return arguments;
  }

  @Override
  public Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("wasmOpt", postSteps.wasmOpt());
    parameters.put("strip", postSteps.strip());
    parameters.put("component", postSteps.component() != null);
    return parameters;
  }
}
