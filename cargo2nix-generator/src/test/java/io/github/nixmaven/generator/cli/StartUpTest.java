package io.github.nixmaven.generator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run loads no library that its lock does not need")
class StartUpTest {
  private static final Path PROJECT = Path.of("..", "testdata", "cargo", "published");

  @TempDir Path temporary;

  private String run(String name) throws Exception {
    Path classes = temporary.resolve(name + ".log");
    Cli.Result result =
        Cli.in(temporary)
            .with("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes)
            .run(
                "generate",
                "--manifest-path",
                PROJECT.resolve("Cargo.toml").toRealPath().toString(),
                "--output",
                temporary.resolve(name + ".nix").toString());
    assertThat(result.code()).as(result.err()).isZero();
    return Files.readString(classes);
  }

  @Test
  @DisplayName("not for git, archives or HTTP where all is known; checking JGit's jar takes 0.15 s")
  void known() throws Exception {
    run("first"); // what it fetches and unpacks, the next run knows

    String classes = run("second");

    assertThat(classes).contains("io.github.nixmaven.generator.cargo.git.GitRepositories ");
    assertThat(
            List.of("org.eclipse.jgit.", "org.apache.commons.compress.", "jdk.internal.net.http."))
        .allSatisfy(each -> assertThat(classes).doesNotContain(each));
  }
}
