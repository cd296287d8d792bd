package io.github.nixmaven.builder.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.realise.RecordingConsole;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.nix.Nar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
@DisplayName("Debian's diffoscope")
class DiffoscopeTest {
  private final RecordingConsole console = new RecordingConsole();
  @TempDir private Path folder;
  private Path here;
  private Path there;

  @BeforeEach
  void outputs() throws Exception {
    here = Files.createDirectories(folder.resolve("store/app"));
    there = Files.createDirectories(folder.resolve("rebuilt/app"));
    Files.writeString(here.resolve("stamp"), "built in November\n");
    Files.writeString(there.resolve("stamp"), "built in December\n");
    Files.writeString(here.resolve("same"), "calm\n");
    Files.writeString(there.resolve("same"), "calm\n");
  }

  @Test
  @DisplayName("makes a page beside the copy that shows what differs, and leaves nothing else")
  void page() throws Exception {
    OutputResult.Rebuilt shown =
        new Diffoscope(true, NixFixture.nix(), console.plain()).show(here.toString(), rebuilt());

    Path page = folder.resolve("rebuilt/app.html");
    assertThat(shown.diffoscope()).isEqualTo(page.toString());
    assertThat(shown.copy()).isEqualTo(there.toString());
    assertThat(page).content().contains("<html").contains("<del>Nov").contains("<ins>Dec");
    assertThat(page).content().doesNotContain("calm");
    assertThat(names(folder.resolve("rebuilt"))).containsExactly("app", "app.html");
    assertThat(console.lines()).isEmpty();
  }

  @Test
  @DisplayName("makes no more than five")
  void most() throws Exception {
    Diffoscope diffoscope = new Diffoscope(true, NixFixture.nix(), console.plain());
    for (int i = 0; i < 5; i++) {
      assertThat(diffoscope.show(here.toString(), rebuilt()).diffoscope()).isNotNull();
      Files.delete(folder.resolve("rebuilt/app.html"));
    }

    assertThat(diffoscope.show(here.toString(), rebuilt()).diffoscope()).isNull();
  }

  @Test
  @DisplayName("that cannot compare is a warning, with what it says and no page")
  void fault() throws Exception {
    Path missing = folder.resolve("store/missing");

    OutputResult.Rebuilt shown =
        new Diffoscope(true, NixFixture.nix(), console.plain()).show(missing.toString(), rebuilt());

    assertThat(shown).isEqualTo(rebuilt());
    assertThat(console.lines())
        .singleElement()
        .asString()
        .startsWith("WARNING diffoscope cannot compare " + missing)
        .contains("No such file");
    assertThat(names(folder.resolve("rebuilt"))).containsExactly("app");
  }

  @Test
  @DisplayName("is not asked where nobody wants it")
  void unwanted() throws Exception {
    assertThat(
            new Diffoscope(false, NixFixture.nix(), console.plain())
                .show(here.toString(), rebuilt()))
        .isEqualTo(rebuilt());
    assertThat(names(folder.resolve("rebuilt"))).containsExactly("app");
  }

  private OutputResult.Rebuilt rebuilt() {
    return new OutputResult.Rebuilt(
        new Nar.Digest(Hash.of(Hash.Algorithm.SHA256, new byte[32]), 1),
        there.toString(),
        new Nar.Difference("stamp", "differs", 9),
        "",
        "",
        "",
        null);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
