package io.github.nixmaven.builder.realise;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCopyTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("where nothing was built for this machine, the error says that <targets> is why")
  void notForThisMachine() throws Exception {
    Files.writeString(folder.resolve("tally.wasm"), "");
    FileCopy copy = new FileCopy("lib/libtally.so", "", null);

    assertThatThrownBy(
            () ->
                copy.copy(
                    Map.of(new Member("tally", "wasm32-wasip1", false), folder),
                    folder,
                    HandMadeProject.NATIVE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("The files are: tally.wasm.\n")
        .hasMessageContaining(
            "<targets> replaces the default and does not contain this machine's target")
        .hasMessageContaining("<target>x86_64-unknown-linux-gnu</target>");
    assertThatThrownBy(
            () ->
                copy.copy(
                    Map.of(HandMadeProject.natively("tally"), folder),
                    folder,
                    HandMadeProject.NATIVE))
        .hasMessageContaining("The files are: tally.wasm.")
        .message()
        .doesNotContain("<targets>");
  }
}
