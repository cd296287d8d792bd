package io.github.nixmaven.builder.rust;

import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.text.InputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the debian platform can build for, and which packages each target needs: a linker, and the
 * standard library that Debian builds for it or its source.
 */
final class Targets {
  /** The triple of the machine that builds: rustc's name for Debian's amd64. */
  static final String NATIVE = CargoRequest.DEFAULT_TARGET;

  /** The targets that the shipped lock has packages for, other than compilers of C. */
  static final List<String> SHIPPED = List.of(NATIVE, "wasm32-unknown-unknown", "wasm32-wasip1");

  /**
   * One package holds the standard library of all WebAssembly targets; {@code wasm-opt} is in
   * binaryen.
   */
  private static final List<String> WASM = List.of("binaryen", "libstd-rust-dev-wasm32", "lld");

  private static final List<String> ARM =
      List.of(
          "g++-aarch64-linux-gnu",
          "gcc-aarch64-linux-gnu",
          "libc6-dev-arm64-cross",
          "libstd-rust-dev:arm64");

  /** The C compiler for WebAssembly, and WASI's C library. */
  private static final String CLANG = "clang";

  private static final String WASI_LIBC = "wasi-libc";

  /** The C compiler and library; the standard library is built from source. */
  private static final List<String> MUSL = List.of("musl-tools", StandardLibrary.PACKAGE);

  /** By target; what is native is among the packages of every toolchain. */
  private static final Map<String, List<String>> PACKAGES =
      Map.of(
          NATIVE,
          List.of(),
          "aarch64-unknown-linux-gnu",
          ARM,
          "wasm32-unknown-unknown",
          WASM,
          "wasm32-wasip1",
          WASM,
          "x86_64-unknown-linux-musl",
          MUSL);

  private Targets() {}

  /**
   * The packages to pin for targets, each once: those they need, and a compiler of C for them.
   *
   * @param targets rustc triples
   * @throws InputException when Debian has nothing to build for one of them with
   */
  static List<String> packages(Collection<String> targets) {
    return targets.stream()
        .flatMap(target -> Stream.concat(packages(target).stream(), forC(target).stream()))
        .distinct()
        .toList();
  }

  /** The packages for targets that the shipped lock has, beside those of every toolchain. */
  static List<String> shipped() {
    return SHIPPED.stream().flatMap(target -> packages(target).stream()).distinct().toList();
  }

  /** Packages that only some crates need; optional in a lock. */
  private static List<String> forC(String target) {
    if (!target.startsWith("wasm32-")) {
      return List.of();
    }
    return isWasi(target) ? List.of(CLANG, WASI_LIBC) : List.of(CLANG);
  }

  private static boolean isWasi(String target) {
    return target.startsWith("wasm32-wasi");
  }

  /**
   * The remedy if a crate's C code needs something of the target itself; empty where it is
   * something that a row of overrides can bring.
   *
   * @param target a rustc triple, other than the machine's own
   * @param file what is missing: a header such as {@code string.h}, or a program with its folder,
   *     {@code bin/clang}
   */
  static Optional<String> advice(String target, String file) {
    if (!target.startsWith("wasm32-")) {
      return Optional.empty();
    }
    // Without its own C library WASI's compiler comes upon glibc's headers, which lead to these.
    if (file.startsWith("bin/clang") || (isWasi(target) && file.startsWith("bits/"))) {
      return Optional.of(
          "C code for "
              + target
              + " needs "
              + String.join(" and ", forC(target))
              + ", which the plugin's own toolchain lock does not contain. Run `mvn"
              + " nix:toolchain` with <target>"
              + target
              + "</target> in the plugin's <targets>: it pins them.");
    }
    if (!isWasi(target) && file.endsWith(".h")) {
      return Optional.of(
          target
              + " has no C library, and so no "
              + file
              + ". Build for wasm32-wasip1, or look for a feature of the crate that does not need it.");
    }
    return Optional.empty();
  }

  private static List<String> packages(String target) {
    List<String> packages = PACKAGES.get(target);
    if (packages == null) {
      throw new InputException(
          null, "nix:build cannot build for " + target + ": " + reason(target), remedy(target));
    }
    return packages;
  }

  /**
   * Fails unless a toolchain has what the targets need.
   *
   * @param targets rustc triples
   * @param pinned the names of its Debian packages
   * @throws InputException naming the target, the packages it lacks and the goal that adds them
   */
  static void require(Collection<String> targets, Set<String> pinned) {
    for (String target : targets) {
      List<String> missing = new ArrayList<>(packages(target));
      missing.removeAll(pinned);
      if (!missing.isEmpty()) {
        throw new InputException(
            null,
            "the toolchain lock cannot build for "
                + target
                + ": it does not contain "
                + String.join(", ", missing),
            "Add <target>"
                + target
                + "</target> to the plugin's <targets> and run `mvn nix:toolchain`.");
      }
    }
  }

  private static String reason(String target) {
    if (target.contains("-apple-")) {
      return "Apple's SDK is not free, and Debian has no standard library for this target";
    }
    if (target.contains("-musl")) {
      return "Debian has musl for its own architecture only";
    }
    if (target.startsWith("wasm32-wasip2")) {
      return "Debian's linker for this target needs all of LLVM";
    }
    return "the pinned Debian toolchain has no standard library for this target";
  }

  private static String remedy(String target) {
    if (target.startsWith("wasm32-wasip2")) {
      return "Build for wasm32-wasip1 and configure a <component>.";
    }
    return "Build it from the same Cargo.nix through nixpkgs (`import ./Cargo.nix { pkgs = …; }`), and"
        + " list only the other targets in <targets>. This goal can build for: "
        + String.join(", ", PACKAGES.keySet().stream().sorted().toList())
        + ".";
  }
}
