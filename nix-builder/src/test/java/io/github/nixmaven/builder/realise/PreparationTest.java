package io.github.nixmaven.builder.realise;

import static io.github.nixmaven.builder.realise.HandMadeProject.natively;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.toolchain.Mirrors;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {
  private static final String TWO_MEMBERS =
      """
      { pkgs, ... }:
      let
        member = name: {
          build = derivation {
            inherit name;
            system = "x86_64-linux";
            builder = "/bin/bash";
            args = [ "-c" "echo ${name} > $out" ];
          };
        };
      in
      {
        workspaceMembers.app = member "rust-app-1.0.0";
        workspaceMembers.odd_name-2 = member "rust-odd_name-2-0.1.0";
      }
      """;

  private final RecordingConsole console = new RecordingConsole();
  @TempDir private Path folder;
  private Path cargoNix;

  @BeforeEach
  void sysroot() throws Exception {
    NixFixture.sysroot();
    cargoNix = Files.createDirectories(folder.resolve("a b ${x} \"")).resolve("Cargo.nix");
  }

  @Test
  @DisplayName(
      "members are known by their names, whatever the file's path, and the toolchain is kept from the garbage collector")
  void members() throws Exception {
    Files.writeString(cargoNix, TWO_MEMBERS);

    Preparation prepared = prepare(List.of());

    assertThat(prepared.project().members())
        .containsOnlyKeys(natively("app"), natively("odd_name-2"));
    assertThat(prepared.project().members().get(natively("app")).name())
        .isEqualTo("rust-app-1.0.0");
    assertThat(folder.resolve("nix/toolchain").toRealPath()).isEqualTo(NixFixture.sysroot());
    assertThat(console.lines()).isEmpty();
  }

  @Test
  @DisplayName("of the members only the wanted ones are built")
  void wantedMembers() throws Exception {
    Files.writeString(cargoNix, TWO_MEMBERS);

    Preparation prepared = prepare(List.of("odd_name-2"));

    assertThat(prepared.project().members()).containsOnlyKeys(natively("odd_name-2"));
    assertThat(prepared.project().closure()).hasSize(1);
  }

  @Test
  @DisplayName("members that are not wanted are not evaluated")
  void narrowed() throws Exception {
    Files.writeString(
        cargoNix,
        TWO_MEMBERS
            .replace("{ pkgs, ... }:", "{ pkgs, selectedMembers, ... }:")
            .replace("in\n", "in assert selectedMembers == [ \"app\" ];\n")
            .replace("member \"rust-odd_name-2-0.1.0\"", "throw \"evaluated\""));

    assertThat(prepare(List.of("app")).project().members()).containsOnlyKeys(natively("app"));
  }

  @Test
  @DisplayName("a member that does not exist is reported with those that do")
  void unknownMember() throws Exception {
    Files.writeString(cargoNix, TWO_MEMBERS);

    assertThatThrownBy(() -> prepare(List.of("app", "ap")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no workspace member `ap`")
        .hasMessageContaining("app, odd_name-2");
  }

  @Test
  @DisplayName("a missing file is reported with the goal that makes it")
  void missingFile() {
    assertThatThrownBy(() -> prepare(List.of()))
        .isInstanceOf(InputException.class)
        .hasMessage(
            cargoNix + ": no such file\n  Generate it from the lock with `mvn nix:generate`.");
  }

  @Test
  @DisplayName("a file that is no Nix is reported with what Nix says, place included")
  void brokenFile() throws Exception {
    Files.writeString(cargoNix, "{ pkgs, ... }:\n{ workspaceMembers = ; }\n");

    assertThatThrownBy(() -> prepare(List.of()))
        .isInstanceOf(BuildFailedException.class)
        .hasMessageContaining("cannot be evaluated")
        .hasMessageContaining("syntax error")
        .hasMessageContaining("Cargo.nix:2:");
  }

  @Test
  @DisplayName("nothing is built while the file is evaluated")
  void importFromDerivation() throws Exception {
    Files.writeString(
        cargoNix,
        TWO_MEMBERS.replace(
            "in\n", "in builtins.seq (builtins.readFile (member \"early\").build)\n"));

    assertThatThrownBy(() -> prepare(List.of()))
        .isInstanceOf(BuildFailedException.class)
        .hasMessageContaining("allow-import-from-derivation");
  }

  @Test
  @DisplayName("offline, a source that is not in the store is named")
  void offline() throws Exception {
    Files.writeString(
        cargoNix,
        """
        { pkgs, ... }: {
          workspaceMembers.app.build = pkgs.fetchurl {
            name = "foo-1.0.0.crate";
            url = "http://localhost:1/foo-1.0.0.crate";
            sha256 = "%s";
          };
        }
        """
            .formatted("1".repeat(64)));
    Preparation prepared = prepare(List.of());

    assertThatThrownBy(
            () ->
                Realisation.realise(
                    prepared, prepared.project().members().values(), console.plain()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "1 source not in the Nix store, but Maven is offline: foo-1.0.0.crate")
        .hasMessageContaining("without `-o`");
  }

  private Preparation prepare(List<String> members) throws Exception {
    return Preparation.prepare(
        new BuildSettings(
            HandMadeProject.build(cargoNix.getParent()),
            null,
            Mirrors.DEBIAN,
            members,
            folder.resolve("nix"),
            null,
            2,
            1,
            NixFixture.CONTEXT.withOffline(true),
            null),
        console.plain());
  }
}
