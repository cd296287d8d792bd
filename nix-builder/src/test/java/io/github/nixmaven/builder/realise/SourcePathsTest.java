package io.github.nixmaven.builder.realise;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nixmaven.builder.rust.Rust;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcePathsTest {
  private final SourcePaths paths =
      new SourcePaths(Rust.LANGUAGE, Path.of("/home/me/rust"), Path.of("/home/me"));

  @ParameterizedTest
  @DisplayName("a place of a message is shown from where Maven was started")
  @CsvSource({
    "app/src/main.rs, rust/app/src/main.rs",
    "app/src/a b.rs, rust/app/src/a b.rs",
    "../beside/src/lib.rs, beside/src/lib.rs",
    "../../other/src/lib.rs, /home/other/src/lib.rs",
    "/rust/workspace/../../other/src/lib.rs, /home/other/src/lib.rs",
    "/nix/store/x-rust-a-1.0.0-build/out/a.rs, /nix/store/x-rust-a-1.0.0-build/out/a.rs"
  })
  void places(String path, String shown) {
    for (String arrow : new String[] {" --> ", "   ::: ", " \u001b[1m\u001b[94m--> \u001b[0m"}) {
      assertThat(paths.inLine(arrow + path + ":1:17")).isEqualTo(arrow + shown + ":1:17");
    }
  }

  @ParameterizedTest
  @DisplayName("other lines keep all but the compiler's name of the workspace")
  @CsvSource(
      delimiter = '#',
      value = {
        "error: couldn't read `/rust/workspace/app/src/../x.md`: No such file#error: couldn't read `rust/app/x.md`: No such file",
        "thread 'main' panicked at /rust/workspace/app/src/main.rs:2:5:#thread 'main' panicked at rust/app/src/main.rs:2:5:",
        "1 | let a = b --> c:1; // /rust/workspaces#1 | let a = b --> c:1; // /rust/workspaces"
      },
      quoteCharacter = '\0')
  void otherLines(String line, String shown) {
    assertThat(paths.inLine(line)).isEqualTo(shown);
  }
}
