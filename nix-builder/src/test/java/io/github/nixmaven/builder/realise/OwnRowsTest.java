package io.github.nixmaven.builder.realise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.toolchain.Mirrors;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.pin.Generator;
import io.github.nixmaven.generator.text.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A project's own rows of overrides")
class OwnRowsTest {
  @TempDir static Path folder;

  @BeforeAll
  static void workspace() throws Exception {
    write("Cargo.toml", "[workspace]\nmembers = [\"changed\", \"other\"]\nresolver = \"2\"\n");
    write(
        "Cargo.lock",
        """
        version = 4

        [[package]]
        name = "changed"
        version = "1.0.0"

        [[package]]
        name = "other"
        version = "1.0.0"
        """);
    for (String name : List.of("changed", "other")) {
      write(
          name + "/Cargo.toml",
          "[package]\nname = \"%s\"\nversion = \"1.0.0\"\nedition = \"2021\"\n".formatted(name));
      write(name + "/src/main.rs", "fn main() {}\n");
    }
    write(
        "changed/build.rs",
        "fn main() { println!(\"cargo::rustc-env=SEEN={}\", std::env::var(\"WORD\").unwrap()); }\n");
    write(
        "changed/src/main.rs",
        """
        fn main() {
            println!("original {} {} {}", env!("WORD"), env!("SEEN"), cfg!(by_a_row));
        }
        """);
    write(
        "patches/word.patch",
        """
        --- a/src/main.rs
        +++ b/src/main.rs
        @@ -1,3 +1,3 @@
         fn main() {
        -    println!("original {} {} {}", env!("WORD"), env!("SEEN"), cfg!(by_a_row));
        +    println!("patched {} {} {}", env!("WORD"), env!("SEEN"), cfg!(by_a_row));
         }
        """);
    write(
        "nix-overrides.toml",
        """
        [[crate]]
        name = "changed"
        version = ">=1"

        [crate.debian]
        environment = { WORD = "two words" }
        rustc-flags = ["--cfg", "by_a_row"]
        patches = ["patches/word.patch"]
        """);
    Generator.generate(
        CargoRequest.of(folder.resolve("Cargo.toml"), folder.resolve("Cargo.nix")),
        NixFixture.CONTEXT.withOffline(true));
  }

  private static void write(String file, String text) throws Exception {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private static BuildSettings settings(@Nullable Path overrides) {
    return new BuildSettings(
        HandMadeProject.build(folder),
        null,
        Mirrors.DEBIAN,
        List.of(),
        folder.resolve("work"),
        null,
        1,
        1,
        NixFixture.CONTEXT,
        overrides);
  }

  @Test
  @DisplayName("give a crate environment, arguments for rustc and patches, and no other crate")
  void applied() throws Exception {
    BuildSettings settings = settings(folder.resolve("nix-overrides.toml"));
    RecordingConsole console = new RecordingConsole();
    BuildResult result =
        new BuildService().build(new BuildRequest(settings, List.of(), folder), console.plain());

    Member other = HandMadeProject.natively("other");
    Member changed = HandMadeProject.natively("changed");
    assertThat(NixFixture.run(result.outputs().get(changed).resolve("bin/changed")))
        .isEqualTo("patched two words two words true\n");
    Project plain = Preparation.prepare(settings(null), console.plain()).project();
    Project with = Preparation.prepare(settings, console.plain()).project();
    assertThat(with.members().get(other).path()).isEqualTo(plain.members().get(other).path());
    assertThat(with.members().get(changed).path())
        .isNotEqualTo(plain.members().get(changed).path());
  }

  @Test
  @DisplayName("that apply to nothing stop the build, and so does a package that is not pinned")
  void refused() throws Exception {
    Path own = folder.resolve("wrong.toml");
    Files.writeString(own, "[[crate]]\nname = \"othr\"\n", StandardCharsets.UTF_8);
    RecordingConsole console = new RecordingConsole();

    assertThatThrownBy(() -> Preparation.prepare(settings(own), console.plain()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            own + ":2:1: no crate of the project is called `othr`\n" + "  Did you mean `other`?");

    Files.writeString(own, "[[crate]]\nname = \"other\"\ndebian.packages = [\"libpcap-dev\"]\n");
    assertThatThrownBy(() -> Preparation.prepare(settings(own), console.plain()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("    libpcap-dev for other 1.0.0 (" + own + ":2:1)\n")
        .hasMessageContaining("`mvn nix:toolchain`");
  }
}
