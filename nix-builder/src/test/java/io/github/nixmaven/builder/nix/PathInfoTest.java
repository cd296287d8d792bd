package io.github.nixmaven.builder.nix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.command.Command;
import io.github.nixmaven.generator.nix.Nar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * {@code registered.dump} is what the Nix of Debian's suites prints, byte for byte: this test holds
 * the installed one to it, and {@code scripts/nix-versions} the others.
 */
@DisplayName("What Nix registered of a path")
class PathInfoTest {
  @Test
  @DisplayName("is read from what this Nix and others print: hash, size, deriver, references")
  void registered() throws Exception {
    String dump = dump();
    List<PathInfo> read = PathInfo.parse(dump);
    List<String> arguments = new ArrayList<>(HermeticOptions.withoutSysroot().arguments());
    arguments.addAll(List.of("--option", "sandbox", "false"));
    Command nix = NixFixture.nix();
    String derivation =
        nix.capture(
            "nix-instantiate",
            List.of(Path.of(getClass().getResource("registered.nix").toURI()).toString()));
    arguments.addAll(List.of("--realise", derivation));
    String output = nix.capture("nix-store", arguments);
    List<String> paths = read.stream().map(PathInfo::path).toList();
    List<String> command = new ArrayList<>(List.of("--dump-db"));
    command.addAll(paths);

    assertThat(nix.capture("nix-store", command)).isEqualTo(dump.stripTrailing());
    assertThat(PathInfo.of(nix, paths)).isEqualTo(read);
    assertThat(PathInfo.closure(nix, List.of(derivation, output)))
        .containsExactlyInAnyOrderElementsOf(read);
    assertThat(read).hasSize(4);
    PathInfo made = find(read, output);
    assertThat(made.deriver()).isEqualTo(derivation);
    assertThat(made.references()).hasSize(2);
    for (String source : made.references()) {
      assertThat(find(read, source).deriver()).isNull();
      assertThat(find(read, source).references()).isEmpty();
    }
    assertThat(find(read, derivation).references())
        .containsExactlyInAnyOrderElementsOf(made.references());
    for (PathInfo each : read) {
      assertThat(Nar.digest(Path.of(each.path())))
          .isEqualTo(new Nar.Digest(each.narHash(), each.narSize()));
    }
  }

  @Test
  @DisplayName("is not read from what breaks off, or is something else")
  void broken() throws Exception {
    String dump = dump().stripTrailing();
    String cut = dump.substring(0, dump.lastIndexOf('\n'));
    assertThatThrownBy(() -> PathInfo.parse(cut))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a registration");
    assertThatThrownBy(() -> PathInfo.parse("[{\"path\":\"/nix/store/x\"}]"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a registration");
    assertThat(PathInfo.parse("")).isEmpty();
  }

  private static PathInfo find(List<PathInfo> all, String path) {
    return all.stream().filter(each -> each.path().equals(path)).findFirst().orElseThrow();
  }

  private static String dump() throws IOException {
    try (var in = PathInfoTest.class.getResourceAsStream("registered.dump")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
