package io.github.nixmaven.generator.cargo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Settings of cargo's configuration that do not count")
class IgnoredSettingsTest {
  private static final String HOST = "x86_64-unknown-linux-gnu";

  /** The headings of the Cargo Book 1.95, "Configuration". */
  private static final List<String> KEYS =
      """
      alias
      build.build-dir
      build.dep-info-basedir
      build.incremental
      build.jobs
      build.pipelining
      build.rustc
      build.rustc-workspace-wrapper
      build.rustc-wrapper
      build.rustdoc
      build.rustdocflags
      build.rustflags
      build.target
      build.target-dir
      cache.auto-clean-frequency
      cargo-new.email
      cargo-new.name
      cargo-new.vcs
      credential-alias
      doc.browser
      env
      future-incompat-report.frequency
      http.cainfo
      http.check-revoke
      http.debug
      http.low-speed-limit
      http.multiplexing
      http.proxy
      http.proxy-cainfo
      http.ssl-version
      http.timeout
      http.user-agent
      include
      install.root
      net.git-fetch-with-cli
      net.offline
      net.retry
      net.ssh
      net.ssh.known-hosts
      patch
      paths
      profile.<name>.build-override
      profile.<name>.codegen-units
      profile.<name>.debug
      profile.<name>.debug-assertions
      profile.<name>.incremental
      profile.<name>.lto
      profile.<name>.opt-level
      profile.<name>.overflow-checks
      profile.<name>.package.<name>
      profile.<name>.panic
      profile.<name>.rpath
      profile.<name>.split-debuginfo
      profile.<name>.strip
      registries.<name>.credential-provider
      registries.<name>.index
      registries.<name>.token
      registries.crates-io.protocol
      registry.credential-provider
      registry.default
      registry.global-credential-providers
      registry.index
      registry.token
      resolver.incompatible-rust-versions
      source.<name>.branch
      source.<name>.directory
      source.<name>.git
      source.<name>.local-registry
      source.<name>.registry
      source.<name>.replace-with
      source.<name>.rev
      source.<name>.tag
      target.<cfg>.linker
      target.<cfg>.runner
      target.<cfg>.rustflags
      target.<triple>.<links>
      target.<triple>.ar
      target.<triple>.linker
      target.<triple>.runner
      target.<triple>.rustdocflags
      target.<triple>.rustflags
      term.color
      term.hyperlinks
      term.progress.term-integration
      term.progress.when
      term.progress.width
      term.quiet
      term.unicode
      term.verbose
      """
          .lines()
          .toList();

  @TempDir Path folder;

  private List<String> ignored(String config, Map<String, String> environment) throws Exception {
    Path file = Files.createDirectories(folder.resolve("ws/.cargo")).resolve("config.toml");
    Files.writeString(file, config);
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.put("CARGO_HOME", folder.resolve("home").toString());
    return CargoConfig.load(folder.resolve("ws"), all)
        .ignored(List.of(HOST), List.of("aarch64-unknown-linux-gnu"))
        .stream()
        .map(note -> note.replace(file.toString(), "config.toml"))
        .toList();
  }

  @Test
  @DisplayName("every key of cargo's reference has a row in docs/cargo-configuration.md")
  void page() throws Exception {
    List<String> rows =
        Pattern.compile("(?m)^\\| `([^`]+)` \\| \\S.* \\|$")
            .matcher(Files.readString(Path.of("../docs/cargo-configuration.md")))
            .results()
            .map(row -> row.group(1))
            .toList();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(KEYS);
  }

  @Test
  @DisplayName("are named with their place, and those for other targets are not")
  void places() throws Exception {
    assertThat(
            ignored(
                """
                paths = ["../other"]
                [env]
                HOME = "/elsewhere"
                GREETING = "hello"
                TZ = { value = "Europe/Berlin", force = true }
                [build]
                jobs = 3
                target = ["wasm32-unknown-unknown"]
                rustc-wrapper = "sccache"
                [target.x86_64-unknown-linux-gnu]
                linker = "clang"
                rustflags = ["-C", "link-arg=-fuse-ld=mold"]
                [target.x86_64-unknown-linux-gnu.thing]
                rustc-link-lib = ["m"]
                [target.x86_64-pc-windows-msvc]
                linker = "lld-link"
                [target.'cfg(unix)']
                runner = "qemu"
                [target.'cfg(windows)']
                runner = "wine"
                """,
                Map.of()))
        .extracting(note -> note.replaceAll(" does not count here: .*", ""))
        .containsExactly(
            "config.toml:1:1: `paths`",
            "config.toml:3:1: `env.HOME`",
            "config.toml:9:1: `build.rustc-wrapper`",
            "config.toml:18:1: `target.'cfg(unix)'.runner`");
  }

  @Test
  @DisplayName("what belongs to one user is said: cargo's home, and the environment")
  void ofOneUser() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(home.resolve("config.toml"), "[build]\nrustflags = ['-g']\n");
    assertThat(
            ignored(
                "",
                Map.of(
                    "RUSTFLAGS", "-g",
                    "RUSTC_WRAPPER", "",
                    "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER", "clang")))
        .hasSize(3)
        .anyMatch(note -> note.startsWith(home + "/config.toml:2:1: `build.rustflags`"))
        .anyMatch(note -> note.startsWith("the environment's RUSTFLAGS does not count"))
        .anyMatch(note -> note.contains("CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER"));
  }

  @Test
  @DisplayName("a target that is the machine that builds is not cargo's `--target`, which is said")
  void targetOfTheHost() throws Exception {
    for (String target : List.of("'" + HOST + "'", "['host-tuple', 'wasm32-wasip1']")) {
      assertThat(ignored("[build]\ntarget = " + target + "\n", Map.of()))
          .singleElement()
          .asString()
          .startsWith("config.toml:2:1: `build.target` does not count here: ")
          .contains("without `--target`");
    }
    assertThat(ignored("[build]\ntarget = 'wasm32-wasip1'\n", Map.of())).isEmpty();
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(home.resolve("config.toml"), "[build]\ntarget = 'wasm32-wasip1'\n");
    assertThat(ignored("", Map.of()))
        .singleElement()
        .asString()
        .startsWith(home + "/config.toml:2:1: `build.target`")
        .contains("one user");
  }

  @Test
  @DisplayName("the processor of the machine that builds is refused with its place")
  void nativeProcessor() throws Exception {
    for (String flags :
        List.of(
            "\"-Ctarget-cpu=native\"", "['-C', 'target-cpu=native']", "'-C target-cpu=native'")) {
      Path file = Files.createDirectories(folder.resolve("ws/.cargo")).resolve("config.toml");
      Files.writeString(file, "[target.'cfg(target_arch = \"x86_64\")']\nrustflags = " + flags);
      CargoConfig config = CargoConfig.load(folder.resolve("ws"), Map.of("CARGO_HOME", "/none"));
      assertThatThrownBy(() -> config.rustflags().of(HOST))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(file + ":2:1: `target-cpu=native`");
      assertThat(config.rustflags().of("wasm32-unknown-unknown")).isEmpty();
    }
  }

  @Test
  @DisplayName("build.target: arrays and the variable are joined, of strings the nearest counts")
  void buildTargets() throws Exception {
    Path outer = Files.createDirectories(folder.resolve(".cargo")).resolve("config.toml");
    Files.writeString(outer, "[build]\ntarget = ['a', 'b']\n");
    Path inner = Files.createDirectories(folder.resolve("ws/.cargo")).resolve("config.toml");
    Files.writeString(inner, "[build]\ntarget = ['c', 'host-tuple', 'a']\n");
    Map<String, String> none = Map.of("CARGO_HOME", folder.resolve("home").toString());
    assertThat(CargoConfig.load(folder.resolve("ws"), none).buildTargets(HOST))
        .containsExactly("a", "b", "c", HOST);
    Map<String, String> one = new java.util.HashMap<>(none);
    one.put("CARGO_BUILD_TARGET", "d");
    assertThat(CargoConfig.load(folder.resolve("ws"), one).buildTargets(HOST))
        .containsExactly("a", "b", "c", HOST, "d");
    Files.writeString(inner, "[build]\ntarget = 'e'\n");
    assertThatThrownBy(() -> CargoConfig.load(folder.resolve("ws"), none).buildTargets(HOST))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(outer + ":2:1: ");
    Files.writeString(outer, "[build]\ntarget = 'f'\n");
    assertThat(CargoConfig.load(folder.resolve("ws"), none).buildTargets(HOST))
        .containsExactly("e");
  }
}
