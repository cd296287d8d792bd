package io.github.nixmaven.generator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nixmaven.generator.cargo.Cargo;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.cargo.TextWorkspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Link-time optimisation: rustc is told what cargo tells it")
class LinkTimeOptimizationTest {
  private static final Path BUILDER = Path.of("../nix/rust").toAbsolutePath().normalize();

  @TempDir Path directory;

  @ParameterizedTest(name = "lto = {0}")
  @ValueSource(strings = {"\"off\"", "false", "\"thin\"", "\"fat\"", "true"})
  void sameFlags(String lto) throws Exception {
    TextWorkspace.unlocked(directory, WORKSPACE.replace("LTO", lto));
    Cargo.generateLockfile(directory);
    TestGenerator.generate(
        CargoRequest.of(directory.resolve("Cargo.toml"), directory.resolve("Cargo.nix")));

    List<String> cargos = summaries(cargos());

    assertThat(summaries(ours())).isEqualTo(cargos);
    assertThat(cargos).hasSize(13);
  }

  /** The command lines of the libraries and programs that cargo compiles. */
  private List<List<String>> cargos() throws IOException {
    Path log = directory.resolve("rustc.log");
    Path wrapper = directory.resolve("rustc-wrapper");
    Files.writeString(
        wrapper, "#!/bin/sh\nprintf '%s\\n' \"$@\" '' >>'" + log + "'\nexec \"$@\"\n");
    assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    Cargo.run(
        directory,
        Map.of(
            "RUSTC_WRAPPER",
            wrapper.toString(),
            "CARGO_TARGET_DIR",
            directory.resolve("target").toString()),
        List.of("build", "--release", "--workspace", "--jobs=1"));
    List<List<String>> result = new ArrayList<>();
    for (String call : Files.readString(log).split("\n\n")) {
      List<String> arguments = List.of(call.split("\n"));
      // Cargo asks rustc about itself, too.
      if (arguments.contains("--emit=dep-info,metadata,link")
          || arguments.contains("--emit=dep-info,link")) {
        if (!call.contains("build_script_")) {
          result.add(arguments);
        }
      }
    }
    return result;
  }

  /** The command lines of our builder, for the same. */
  private Collection<List<String>> ours() throws Exception {
    JsonNode found =
        Nix.evaluate(
            """
            let
              cargo = import CARGO_NIX {
                pkgs = {
                  buildRustCrate = import BUILDER {
                    toolchainId = "toolchain";
                    rustc = { path = "rustc"; host = "x86_64-unknown-linux-gnu"; };
                    mkDerivation = attributes: attributes // { outPath = "/${attributes.name}"; };
                  };
                  defaultCrateOverrides = { };
                };
                lib = { };
                stdenv.hostPlatform.rust.rustcTarget = "x86_64-unknown-linux-gnu";
                fetchurl = throw "everything is local";
                resolution = "workspace";
              };
              programs = builtins.concatMap (member: builtins.attrValues member.build.bins) (
                builtins.attrValues cargo.workspaceMembers
              );
              libraries = builtins.concatMap builtins.attrValues (builtins.attrValues cargo.internal.built);
            in
            map (unit: unit.arguments) (builtins.filter (unit: unit ? arguments) (programs ++ libraries))
            """
                .replace("CARGO_NIX", directory.resolve("Cargo.nix").toString())
                .replace("BUILDER", BUILDER.toString()));
    Set<List<String>> result = new HashSet<>();
    for (JsonNode arguments : found) {
      List<String> line = new ArrayList<>();
      arguments.forEach(argument -> line.add(argument.asText()));
      result.add(line);
    }
    return result;
  }

  /**
   * Of each command line the crate, its types, its level of optimisation and what is under test.
   */
  private static List<String> summaries(Collection<List<String>> commands) {
    return commands.stream().map(LinkTimeOptimizationTest::summary).sorted().toList();
  }

  private static String summary(List<String> arguments) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i + 1 < arguments.size(); i++) {
      String value = arguments.get(i + 1);
      switch (arguments.get(i)) {
        case "--crate-name", "--crate-type" -> result.add(value);
        case "-C" -> {
          if (value.matches("(lto|opt-level|embed-bitcode|linker-plugin-lto)(=.*)?")) {
            result.add(value);
          }
        }
        default -> {}
      }
    }
    return String.join(" ", result);
  }

  /** Libraries that end in programs, in dynamic and static libraries, in macros, and in several. */
  private static final String WORKSPACE =
      """
      ## Cargo.toml
      [workspace]
      members = ["*"]
      exclude = ["target"]
      resolver = "2"
      [profile.release]
      lto = LTO
      opt-level = 1

      ## base/Cargo.toml
      [package]
      name = "base"
      version = "0.1.0"

      ## for-program/Cargo.toml
      [package]
      name = "for-program"
      version = "0.1.0"
      [dependencies]
      base = { path = "../base" }

      ## for-dylib/Cargo.toml
      [package]
      name = "for-dylib"
      version = "0.1.0"

      ## for-macro/Cargo.toml
      [package]
      name = "for-macro"
      version = "0.1.0"

      ## program/Cargo.toml
      [package]
      name = "program"
      version = "0.1.0"
      [dependencies]
      for-program = { path = "../for-program" }
      plugin = { path = "../plugin" }
      both = { path = "../both" }

      ## plugin/Cargo.toml
      [package]
      name = "plugin"
      version = "0.1.0"
      [lib]
      proc-macro = true
      [dependencies]
      for-macro = { path = "../for-macro" }

      ## dynamic/Cargo.toml
      [package]
      name = "dynamic"
      version = "0.1.0"
      [lib]
      crate-type = ["dylib"]
      [dependencies]
      for-dylib = { path = "../for-dylib" }

      ## shared/Cargo.toml
      [package]
      name = "shared"
      version = "0.1.0"
      [lib]
      crate-type = ["cdylib"]
      [dependencies]
      base = { path = "../base" }

      ## both/Cargo.toml
      [package]
      name = "both"
      version = "0.1.0"
      [lib]
      crate-type = ["rlib", "cdylib"]
      [dependencies]
      base = { path = "../base" }

      ## archive/Cargo.toml
      [package]
      name = "archive"
      version = "0.1.0"
      [lib]
      crate-type = ["staticlib", "lib"]
      [build-dependencies]
      base = { path = "../base" }

      ## program/src/main.rs archive/build.rs
      fn main() {}

      ## base/src/lib.rs for-program/src/lib.rs for-dylib/src/lib.rs for-macro/src/lib.rs plugin/src/lib.rs

      ## dynamic/src/lib.rs shared/src/lib.rs both/src/lib.rs archive/src/lib.rs
      """;
}
