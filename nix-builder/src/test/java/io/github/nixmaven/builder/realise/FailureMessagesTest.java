package io.github.nixmaven.builder.realise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.toolchain.Mirrors;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.pin.Generator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A crate that does not build in the sandbox")
class FailureMessagesTest {
  /** What build scripts begin with: so much that a message with the end alone would miss it. */
  private static final String NOISE =
      "for i in 0..40 { println!(\"cargo::rerun-if-env-changed=V{i}\"); eprintln!(\"step {i}\"); }\n";

  private static final String AFTERWARDS = "for i in 0..40 { eprintln!(\"after {i}\"); }\n";

  private static final Map<String, String> BUILD_SCRIPTS =
      new TreeMap<>(
          Map.of(
              "header",
              command("cc", "-c", "header/src/code.c"),
              "module",
              command("pkg-config", "--libs", "--print-errors", "openssl"),
              "program",
              command("sh", "-c", "protoc --version"),
              "unknown",
              command("pkg-config", "--libs", "--print-errors", "no-such-thing"),
              "network",
              "std::net::TcpStream::connect(\"registry.invalid:443\").unwrap();",
              "panics",
              "panic!(\"the reason\");",
              "wasm",
              command("sh", "-c", "$CC_wasm32_wasip1 --version"),
              "library",
              ""));

  private static final String WASI = "wasm32-wasip1";

  @TempDir static Path folder;

  private static String command(String program, String... arguments) {
    return "let status = std::process::Command::new(\"%s\").args(%s).current_dir(\"..\").status();\n"
            .formatted(program, "[\"" + String.join("\", \"", arguments) + "\"]")
        + AFTERWARDS
        + "assert!(status.unwrap().success());";
  }

  @BeforeAll
  static void workspace() throws Exception {
    StringBuilder lock = new StringBuilder("version = 4\n");
    for (Map.Entry<String, String> member : BUILD_SCRIPTS.entrySet()) {
      String name = member.getKey();
      Path sources = Files.createDirectories(folder.resolve(name + "/src"));
      Files.writeString(
          folder.resolve(name + "/Cargo.toml"),
          "[package]\nname = \"%s\"\nversion = \"1.0.0\"\nedition = \"2021\"\n".formatted(name));
      Files.writeString(
          folder.resolve(name + "/build.rs"),
          "fn main() {\n" + NOISE + member.getValue() + "\n}\n");
      Files.writeString(
          sources.resolve("main.rs"),
          name.equals("library")
              ? "#[link(name = \"krb5\")] unsafe extern \"C\" { fn krb5_init(); }\n"
                  + "fn main() { unsafe { krb5_init() } }\n"
              : "fn main() {}\n");
      Files.writeString(sources.resolve("code.c"), "#include <pcap.h>\n#include <b.h>\n");
      lock.append("\n[[package]]\nname = \"%s\"\nversion = \"1.0.0\"\n".formatted(name));
    }
    Files.writeString(
        folder.resolve("Cargo.toml"),
        "[workspace]\nmembers = [\""
            + String.join("\", \"", BUILD_SCRIPTS.keySet())
            + "\"]\nresolver = \"2\"\n");
    Files.writeString(folder.resolve("Cargo.lock"), lock);
    Generator.generate(
        CargoRequest.of(folder.resolve("Cargo.toml"), folder.resolve("Cargo.nix"))
            .withTargets(List.of(HandMadeProject.NATIVE, WASI)),
        NixFixture.CONTEXT.withOffline(true));
  }

  private static String failureOf(String member) {
    return failureOf(member, HandMadeProject.NATIVE);
  }

  private static String failureOf(String member, String target) {
    BuildSettings settings =
        new BuildSettings(
            HandMadeProject.build(folder, target),
            null,
            Mirrors.DEBIAN,
            List.of(member),
            folder.resolve("work"),
            null,
            1,
            1,
            NixFixture.CONTEXT,
            null);
    BuildFailedException failure =
        catchThrowableOfType(
            BuildFailedException.class,
            () ->
                new BuildService()
                    .build(
                        new BuildRequest(settings, List.of(), folder),
                        new RecordingConsole().plain()));
    String message = failure.getMessage();
    assertThat(message)
        .startsWith(
            member
                + (member.equals("library")
                    ? " 1.0.0 (binary library)"
                    : " 1.0.0 (build script's run)")
                + (target.equals(HandMadeProject.NATIVE) ? "" : " for " + target)
                + " does not build\n")
        .contains("\nThe whole log: nix-store --read-log /nix/store/")
        .doesNotContain("cargo::rerun")
        .doesNotContain("step 5\n");
    return message;
  }

  private static String row(String crate, String debianPackage) {
    return """
        Add this row to nix-overrides.toml and run `mvn nix:toolchain`:

            [[crate]]
            name = "%s"
            debian.packages = ["%s"]
        """
        .formatted(crate, debianPackage);
  }

  @Test
  @DisplayName("for want of a header is shown by the compiler's first error, with the row to add")
  void header() {
    assertThat(failureOf("header"))
        .contains("\nThe first error in its log:\n\n")
        .contains("code.c:1:10: fatal error: pcap.h: No such file or directory")
        .doesNotContain("after 30")
        .contains("\npcap.h is in the Debian package libpcap-dev. " + row("header", "libpcap-dev"));
  }

  @Test
  @DisplayName("for want of a file of pkg-config is shown with the row to add")
  void module() {
    assertThat(failureOf("module"))
        .contains("openssl")
        .contains(
            "\nopenssl.pc is in the Debian package libssl-dev. " + row("module", "libssl-dev"));
  }

  @Test
  @DisplayName("for want of a program is shown with the row to add")
  void program() {
    assertThat(failureOf("program"))
        .contains("protoc: not found")
        .contains(
            "\nprotoc is in the Debian package protobuf-compiler. "
                + row("program", "protobuf-compiler"));
  }

  @Test
  @DisplayName("for want of its target's C compiler is shown with the goal that pins it")
  void compilerOfTarget() {
    assertThat(failureOf("wasm", WASI))
        .contains("clang: not found")
        .contains(
            "\nC code for wasm32-wasip1 needs clang and wasi-libc, which the plugin's own toolchain"
                + " lock does not contain. Run `mvn nix:toolchain` with"
                + " <target>wasm32-wasip1</target> in the plugin's <targets>: it pins them.\n")
        .doesNotContain("[[crate]]");
  }

  @Test
  @DisplayName("for want of a library is shown by the linker's message, with the row to add")
  void library() {
    assertThat(failureOf("library"))
        .contains("cannot find -lkrb5")
        .contains(
            "\nlibkrb5.so is in the Debian package libkrb5-dev. " + row("library", "libkrb5-dev"));
  }

  @Test
  @DisplayName("for want of what no known package has is shown with how to find it")
  void unknown() {
    assertThat(failureOf("unknown"))
        .contains("`apt-file search no-such-thing.pc` finds the Debian package")
        .contains(row("unknown", "PACKAGE"));
  }

  @Test
  @DisplayName("because it needs the network is told that there is none")
  void network() {
    assertThat(failureOf("network"))
        .contains("\nnetwork needs the network while it is built, but a hermetic build has none.");
  }

  @Test
  @DisplayName("because its build script panics is shown by what the script said")
  void panics() {
    assertThat(failureOf("panics")).contains("the reason").doesNotContain("[[crate]]");
  }
}
