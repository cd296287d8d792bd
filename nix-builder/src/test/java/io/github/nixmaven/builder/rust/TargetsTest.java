package io.github.nixmaven.builder.rust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.toolchain.ToolchainLock;
import io.github.nixmaven.generator.text.InputException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A target of the debian platform")
class TargetsTest {
  @Test
  @DisplayName(
      "needs nothing more where it is the machine's own, else a standard library or its source; what compiles C"
          + " for it is pinned, too")
  void packages() {
    assertThat(Targets.packages(List.of(Targets.NATIVE))).isEmpty();
    assertThat(Targets.packages(List.of("wasm32-unknown-unknown", "wasm32-wasip1")))
        .containsExactly("binaryen", "libstd-rust-dev-wasm32", "lld", "clang", "wasi-libc");
    assertThat(Targets.packages(List.of("x86_64-unknown-linux-musl")))
        .containsExactly("musl-tools", "rust-src");
  }

  @Test
  @DisplayName("is in the shipped lock if the lock is said to be for it")
  void shipped() throws Exception {
    ToolchainLock lock = ToolchainLock.standard();

    assertThatCode(() -> Targets.require(Targets.SHIPPED, lock.names())).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("that a lock has no packages for is refused with their names and what adds them")
  void missing() throws Exception {
    ToolchainLock standard = ToolchainLock.standard();
    ToolchainLock lock =
        new ToolchainLock(
            standard.format(),
            standard.architecture(),
            standard.suites(),
            standard.roots(),
            standard.links(),
            standard.prune(),
            standard.sysroot(),
            standard.packages().stream().filter(one -> !one.name().startsWith("lib")).toList(),
            standard.standardLibrary());

    assertThatThrownBy(() -> Targets.require(List.of("wasm32-wasip1"), lock.names()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "the toolchain lock cannot build for wasm32-wasip1: it does not contain"
                + " libstd-rust-dev-wasm32\n"
                + "  Add <target>wasm32-wasip1</target> to the plugin's <targets> and run `mvn"
                + " nix:toolchain`.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wasm32-unknown-unknown | bin/clang | needs clang, which | run `mvn nix:toolchain`",
        "wasm32-wasip1 | bin/clang++ | needs clang and wasi-libc, which | run `mvn nix:toolchain`",
        "wasm32-wasip1 | bits/libc-header-start.h | clang and wasi-libc | run `mvn nix:toolchain`",
        "wasm32-unknown-unknown | string.h | has no C library, and so no string.h | wasm32-wasip1",
      })
  @DisplayName("says what to do where C code misses what the target itself takes")
  void advice(String target, String file, String problem, String remedy) {
    assertThat(Targets.advice(target, file).orElseThrow())
        .contains(target, problem)
        .containsIgnoringCase(remedy);
  }

  @Test
  @DisplayName("leaves what is some library's to rows of overrides")
  void noAdvice() {
    assertThat(Targets.advice("wasm32-wasip1", "zlib.h")).isEmpty();
    assertThat(Targets.advice("wasm32-unknown-unknown", "bin/protoc")).isEmpty();
    assertThat(Targets.advice("aarch64-unknown-linux-gnu", "bin/clang")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "aarch64-apple-darwin | Apple's SDK is not free | through nixpkgs",
        "aarch64-unknown-linux-musl | musl for its own architecture only | through nixpkgs",
        "x86_64-pc-windows-gnu | no standard library for this target | through nixpkgs",
        "wasm32-wasip2 | needs all of LLVM | Build for wasm32-wasip1",
      })
  @DisplayName("that Debian has nothing for is refused with the reason and another way")
  void impossible(String target, String reason, String remedy) {
    assertThatThrownBy(() -> Targets.packages(List.of(target)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("nix:build cannot build for " + target + ": ")
        .hasMessageContaining(reason)
        .hasMessageContaining(remedy);
  }
}
