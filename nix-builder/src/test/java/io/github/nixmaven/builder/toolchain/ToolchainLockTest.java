package io.github.nixmaven.builder.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.rust.Rust;
import io.github.nixmaven.generator.text.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A toolchain lock")
class ToolchainLockTest {
  private static final String GOOD =
      """
      {
        "format": 1,
        "architecture": "amd64",
        "suites": [
          {
            "name": "trixie",
            "date": "2026-09-12T07:55:41Z"
          }
        ],
        "sysroot": {
          "name": "debian-sysroot",
          "narHash": "sha256-Umcm0YIqSYj7LLFp9EQz3y49xGGqUTRTBFy9+tPMJuI=",
          "narSize": 798170856
        },
        "roots": [
          "bash"
        ],
        "links": {
          "usr/bin/awk": "gawk",
          "usr/bin/cc": "gcc"
        },
        "prune": [
          "usr/share/doc"
        ],
        "packages": [
          {
            "name": "bash",
            "version": "5.2.37-2+b10",
            "architecture": "amd64",
            "suite": "trixie",
            "path": "pool/main/b/bash/bash_5.2.37-2+b10_amd64.deb",
            "size": 1501024,
            "sha256": "015be740d6236ad114582dea500c1d907f29e16d6db00566ca32fb68d71ac90d"
          }
        ],
        "standardLibrary": [
          {
            "name": "cfg-if",
            "version": "1.0.0",
            "url": "https://registry.example/cfg-if-1.0.0.crate",
            "sha256": "baf1de4339761588bc0619e3cbc0120ee582ebb74b53b4efbf79117bd2da40fd"
          }
        ]
      }
      """;

  @TempDir Path folder;

  private ToolchainLock read(String text) throws Exception {
    return ToolchainLock.read(Files.writeString(folder.resolve("lock.json"), text));
  }

  @Test
  @DisplayName("is written as it was read, byte for byte")
  void roundTrip() throws Exception {
    assertThat(read(GOOD).toJson()).isEqualTo(GOOD);
    Path file = folder.resolve("new/folder/lock.json");
    read(GOOD).write(file);
    assertThat(file).hasContent(GOOD);
    assertThat(ToolchainLock.read(file)).isEqualTo(read(GOOD));
  }

  @ParameterizedTest
  @CsvSource({"0, nix-toolchain.lock.json, 1.85.1", "1, nix-toolchain-backports.lock.json, 1.97.1"})
  @DisplayName("of each compiler ships with the plugin, in the form in which it would be written")
  void shipped(int number, String file, String release) throws Exception {
    ToolchainLock lock = ToolchainLock.shipped().get(number);
    try (var in = ToolchainLock.class.getResourceAsStream(file)) {
      assertThat(lock.toJson()).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    assertThat(lock.roots())
        .containsAll(Toolchain.defaultRoots(List.of(Rust.LANGUAGE)))
        .containsAll(Rust.LANGUAGE.tools().packages(List.of()))
        .isSorted();
    assertThat(lock.versions()).containsKeys("rustc", "gcc-14");
    assertThat(Rust.LANGUAGE.tools().compiler(lock.versions())).contains(release);
    assertThat(lock.versions().get("libstd-rust-dev-wasm32"))
        .isEqualTo(lock.versions().get("rustc"));
    assertThat(lock.links()).containsEntry("usr/bin/cc", "gcc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"format\": 1 | \"format\": 2 | 2:3: format: 2 is not a known format; this plugin reads 1",
        "  \"format\": 1, | | 44:1: format: is missing",
        "\"size\": 1501024 | \"size\": -1 | 32:7: packages/0/size: -1 is not a size",
        "\"size\": 1501024 | \"size\": \"big\" | 32:7: packages/0/size: Cannot deserialize",
        "\"size\": 1501024 | \"sise\": 1501024 | 34:5: packages/0/size: is missing",
        "\"size\": 1501024 | \"x\": 1, \"size\": 1 | 32:7: packages/0/x: is not a field",
        "\"size\": 1501024, | \"size\": 1501024 | 33:7: ",
        "pool/main/b | pool/../b | 31:7: packages/0/path: 'pool/../b",
        "pool/main/b | ../main/b | is not the path of a .deb below pool/",
        "pool/main/b | pool/main/b?x | is not the path of a .deb below pool/",
        "\"5.2.37-2+b10\" | \"5.2 37\" | packages/0/version: '5.2 37' is not a Debian version",
        "\"name\": \"bash\" | \"name\": \"../b\" | '../b' is not the name of a package",
        "\"suite\": \"trixie\" | \"suite\": \"sid\" | 30:7: packages/0/suite: 'sid' is not one of the suites",
        "015be740d6 | 015BE740D6 | 33:7: packages/0/sha256: '015BE7",
        "\"url\": \"https | \"url\": \"file | 40:7: standardLibrary/0/url: 'file://registry.example",
        "baf1de4339 | baf1 | 41:7: standardLibrary/0/sha256: 'baf1",
        "\"cfg-if\" | \"../a\" | 38:7: standardLibrary/0/name: '../a' is not the name of a package",
        "\"1.0.0\" | \"1 0\" | 39:7: standardLibrary/0/version: '1 0' is not a version of a package",
        "015be740d6 | 015be740 | is not a SHA-256 in lower-case hexadecimal",
        "sha256-Umcm | sha256-Umc | 12:5: sysroot/narHash: 'sha256-Umc0YIq",
        "debian-sysroot | ../sysroot | 11:5: sysroot/name: '../sysroot' cannot be the name",
        "2026-09-12T07:55:41Z | yesterday | 7:7: suites/0/date: 'yesterday' is not a time",
        "usr/share/doc | etc | 23:5: prune/0: 'etc' is not a plain path below usr",
        "usr/share/doc | usr/../etc | prune/0: 'usr/../etc' is not a plain path below usr",
        "usr/bin/cc | /bin/cc | 20:5: links//bin/cc: '/bin/cc' is not a plain path below usr",
        "\"usr/bin/cc\" | \"usr/bin/awk\" | Duplicate field 'usr/bin/awk'",
        "\"name\": \"bash\" | \"name\": null | packages/0/name: ",
      })
  @DisplayName("with a mistake says which, where, and how to mend it")
  void mistakes(String before, String after, String message) {
    String text = GOOD.replace(before, after == null ? "" : after);
    assertThat(text).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("mvn nix:toolchain")
        .message()
        .matches("(?s)" + folder + "/lock.json:[0-9]+:[0-9]+: .*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{", "<<<<<<< HEAD\n{}", "{} {}", "\u0000"})
  @DisplayName("that is no such JSON says where it stops being it")
  void noJson(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("lock.json:");
  }

  @Test
  @DisplayName("that does not exist says so")
  void absent() {
    assertThatThrownBy(() -> ToolchainLock.read(folder.resolve("none.json")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("none.json: the toolchain lock does not exist");
  }

  @Test
  @DisplayName("has its packages sorted, each of them once")
  void sorted() {
    String one =
        GOOD.substring(
            GOOD.indexOf("    {\n      \"name\": \"bash\""),
            GOOD.indexOf("\n  ],\n  \"standardLibrary\""));
    String twice = GOOD.replace(one, one + ",\n" + one);
    assertThatThrownBy(() -> read(twice))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("36:7: packages/1/name: 'bash' occurs twice or is not in order");
  }
}
