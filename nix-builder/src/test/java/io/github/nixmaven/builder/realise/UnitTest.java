package io.github.nixmaven.builder.realise;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {
  @ParameterizedTest(name = "{0} is {3}")
  @DisplayName("a derivation's name tells the crate, its version and the part")
  @CsvSource({
    "rust-anyhow-1.0.87, anyhow, 1.0.87, anyhow 1.0.87",
    "rust-anyhow-1.0.87-lib, anyhow, 1.0.87, anyhow 1.0.87",
    "rust-openssl-sys-0.9.103-build, openssl-sys, 0.9.103, openssl-sys 0.9.103 (build script's run)",
    "rust-openssl-sys-0.9.103-build-script, openssl-sys, 0.9.103, openssl-sys 0.9.103 (build script)",
    "rust-ripgrep-14.1.1-bin-rg, ripgrep, 14.1.1, ripgrep 14.1.1 (binary rg)",
    "rust-app-0.3.0-test-plain, app, 0.3.0, app 0.3.0 (test plain)",
    "rust-app-0.3.0-test-plain-run, app, 0.3.0, app 0.3.0 (running test plain)",
    "rust-app-0.3.0-lib-app-test, app, 0.3.0, app 0.3.0 (unit tests)",
    "rust-app-0.3.0-bin-app-test, app, 0.3.0, app 0.3.0 (unit tests of bin app)",
    "rust-app-0.3.0-doc-run, app, 0.3.0, app 0.3.0 (documentation tests)",
    "rust-app-0.3.0-test-results, app, 0.3.0, app 0.3.0 (what tests said)",
    "rust-rc-1.0.0-rc.1-lib, rc, 1.0.0-rc.1, rc 1.0.0-rc.1",
    "rust-rc-1.0.0-rc-1+build.5-build, rc, 1.0.0-rc-1+build.5, rc 1.0.0-rc-1+build.5 (build script's run)",
    "rust-zstd-sys-2.0.13+zstd.1.5.6-lib, zstd-sys, 2.0.13+zstd.1.5.6, zstd-sys 2.0.13+zstd.1.5.6",
    "rust-a-2-b_c-0.0.1, a-2-b_c, 0.0.1, a-2-b_c 0.0.1",
    "rust-chat-0.1.0-post, chat, 0.1.0, chat 0.1.0 (post-steps)",
    "rust-chat-0.1.0-rc.1-post-component, chat, 0.1.0-rc.1, chat 0.1.0-rc.1 (component)",
    "rust-chat-0.1.0-component, chat, 0.1.0, chat 0.1.0 (component)",
    "rust-target-x86_64-unknown-linux-gnu, , , rust-target-x86_64-unknown-linux-gnu",
    "rust-std-x86_64-unknown-linux-musl, , , Rust's standard library for x86_64-unknown-linux-musl",
    "rust-std-1.2.3-lib, std, 1.2.3, std 1.2.3",
    "debian-trixie-amd64-sysroot, , , debian-trixie-amd64-sysroot",
  })
  void names(String derivation, String name, String version, String label) {
    assertThat(Unit.ofName(derivation)).isEqualTo(new Unit(name, version, label));
  }
}
