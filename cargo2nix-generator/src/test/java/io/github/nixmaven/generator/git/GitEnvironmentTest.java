package io.github.nixmaven.generator.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.cargo.Cargo;
import io.github.nixmaven.generator.cargo.git.GitRemedies;
import io.github.nixmaven.generator.cargo.git.GitRepositories;
import io.github.nixmaven.generator.cargo.git.GitServer;
import io.github.nixmaven.generator.cargo.git.RepositoryFacts;
import io.github.nixmaven.generator.cargo.git.TestRepository;
import io.github.nixmaven.generator.text.InputException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What the user keeps for git counts:")
class GitEnvironmentTest {
  @TempDir Path temporary;
  private final File usualHome = FS.DETECTED.userHome();
  private Path home;
  private Path served;
  private TestRepository repository;

  @BeforeEach
  void moveHome() throws IOException {
    home = Files.createDirectory(temporary.resolve("home"));
    useHome(home.toFile());
    served = temporary.resolve("served");
    repository = TestRepository.create(served.resolve("demo"));
    repository.writePackage("", "demo", "");
  }

  @AfterEach
  void moveBack() {
    useHome(usualHome);
  }

  private static void useHome(File home) {
    SystemReader.setInstance(null);
    GitEnvironment.prepare(Map.of("HOME", home.toString()));
  }

  private void insteadOf(String base, String prefix) throws IOException {
    Files.writeString(
        home.resolve(".gitconfig"), "[url \"" + base + "\"]\n\tinsteadOf = " + prefix + "\n");
  }

  private RepositoryFacts facts(String url, String commit) throws Exception {
    return new GitRepositories(temporary.resolve("cache"), Optional.empty(), false, System.getenv())
        .facts(new LockedCommit(url, commit, null, null, GitRemedies.LOCK));
  }

  private void assertNowhere(String secret) throws IOException {
    try (Stream<Path> files = Files.walk(temporary.resolve("cache"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secret);
      }
    }
  }

  @Test
  @DisplayName("the password in ~/.netrc opens a repository, and is written nowhere")
  void netrc() throws Exception {
    String commit = repository.commit();
    Files.writeString(home.resolve(".netrc"), "machine 127.0.0.1 login me password s3cr3t\n");
    try (GitServer server = new GitServer(served, "me:s3cr3t")) {
      assertThat(facts(server.url("demo", null), commit).packages()).hasSize(1);
      assertNowhere("s3cr3t");
    }
  }

  @Test
  @DisplayName("insteadOf leads from ssh to https with a token, which is written and shown nowhere")
  void insteadOfToken() throws Exception {
    String commit = repository.commit();
    try (GitServer server = new GitServer(served, "t0ken:x")) {
      insteadOf(server.url("", "t0ken:x"), "ssh://git@forge.invalid/");
      assertThat(facts("ssh://git@forge.invalid/demo", commit).packages()).hasSize(1);
      assertNowhere("t0ken");

      insteadOf(server.url("", "wr0ng:x"), "ssh://git@forge.invalid/");
      assertThatThrownBy(() -> facts("ssh://git@forge.invalid/demo", "0123456789".repeat(4)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(
              "ssh://forge.invalid/demo, for which `insteadOf` in git's configuration names "
                  + server.url("demo", null)
                  + ", denies access")
          .hasMessageNotContaining("wr0ng");
    }
  }

  @Test
  @DisplayName(
      "insteadOf leads to a copy on this machine, also from the address of a submodule, as"
          + " in cargo")
  void insteadOfLocal() throws Exception {
    TestRepository.create(served.resolve("inner")).write("word", "x").commit();
    repository.submodule("../inner", "inner");
    repository.git(
        "config", "--file", ".gitmodules", "submodule.inner.url", "ssh://git@forge.invalid/inner");
    String commit = repository.commit();
    Files.writeString(
        home.resolve(".gitconfig"),
        "[url \"file://"
            + served
            + "/\"]\n\tinsteadOf = https://forge.invalid/\n\tinsteadOf = ssh://git@forge.invalid/\n");
    assertThat(facts("https://forge.invalid/demo", commit).packages()).hasSize(1);
    assertThat(lockedByCargo("https://forge.invalid/demo"))
        .contains("\"git+https://forge.invalid/demo#" + commit + "\"");
    assertThatThrownBy(() -> facts("https://forge.invalid/absent", commit))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no repository at https://forge.invalid/absent");
  }

  private String lockedByCargo(String url) throws IOException {
    Path app = temporary.resolve("app");
    Files.createDirectories(app.resolve("src"));
    Files.writeString(app.resolve("src/lib.rs"), "");
    Files.writeString(
        app.resolve("Cargo.toml"),
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\n[dependencies]\ndemo.git = \""
            + url
            + "\"\n");
    String rustup = System.getenv("RUSTUP_HOME");
    Cargo.run(
        app,
        Map.of(
            "HOME",
            home.toString(),
            "CARGO_HOME",
            temporary.resolve("cargo").toString(),
            "RUSTUP_HOME",
            rustup == null ? System.getProperty("user.home") + "/.rustup" : rustup),
        List.of("generate-lockfile"));
    return Files.readString(app.resolve("Cargo.lock"));
  }

  @Test
  @DisplayName("a configuration that is broken is a mistake that says where to look")
  void broken() throws Exception {
    String commit = repository.commit();
    Files.writeString(home.resolve(".gitconfig"), "[url\n");
    assertThatThrownBy(() -> facts("https://forge.invalid/demo", commit))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("git config --global");
  }
}
