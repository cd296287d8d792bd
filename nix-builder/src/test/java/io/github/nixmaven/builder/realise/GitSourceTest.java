package io.github.nixmaven.builder.realise;

import static io.github.nixmaven.builder.realise.HandMadeProject.natively;
import static io.github.nixmaven.builder.realise.TestGit.git;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.pin.Generator;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A workspace with a dependency in a subfolder of a git repository")
class GitSourceTest {
  @TempDir Path temporary;
  private final RecordingConsole console = new RecordingConsole();
  private Path repository;
  private Path workspace;

  /** The library's package inherits from its workspace, and reads a file of a submodule. */
  @BeforeEach
  void makeProject() throws Exception {
    Path words = temporary.resolve("words");
    write(words, "word.txt", "hello " + UUID.randomUUID());
    git(words, "init", "--quiet");
    commit(words);
    repository = temporary.resolve("library.git");
    write(
        repository,
        "Cargo.toml",
        "[workspace]\nmembers = [\"crates/*\"]\n[workspace.package]\nversion = \"0.3.0\"\n");
    write(
        repository,
        "crates/greeting/Cargo.toml",
        "[package]\nname = \"greeting\"\nversion.workspace = true\nedition = \"2021\"\n"
            + "[dependencies]\ninner.path = \"../inner\"\n");
    write(
        repository,
        "crates/greeting/build.rs",
        "fn main() {\n"
            + "  let word = std::fs::read_to_string(\"../../words/word.txt\").unwrap();\n"
            + "  println!(\"cargo:rustc-env=WORD={}\", word);\n}\n");
    write(
        repository,
        "crates/greeting/src/lib.rs",
        "pub fn greeting() -> String { format!(\"{} {}\", env!(\"WORD\"), inner::name()) }\n");
    write(
        repository,
        "crates/inner/Cargo.toml",
        "[package]\nname = \"inner\"\nversion = \"0.1.0\"\nedition = \"2021\"\n");
    write(
        repository,
        "crates/inner/src/lib.rs",
        "pub fn name() -> &'static str { env!(\"CARGO_PKG_NAME\") }\n");
    git(repository, "init", "--quiet");
    git(repository, "submodule", "--quiet", "add", "../words", "words");
    String commit = commit(repository);

    workspace = temporary.resolve("workspace");
    write(
        workspace,
        "Cargo.toml",
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2021\"\n"
            + "[dependencies]\ngreeting.git = \"file://"
            + repository
            + "\"\n");
    write(
        workspace, "src/main.rs", "fn main() { println!(\"{}\", greeting::greeting().trim()); }\n");
    String source = "source = \"git+file://" + repository + "#" + commit + "\"\n";
    write(
        workspace,
        "Cargo.lock",
        "version = 4\n\n[[package]]\nname = \"app\"\nversion = \"0.1.0\"\n"
            + "dependencies = [\n \"greeting\",\n]\n\n"
            + "[[package]]\nname = \"greeting\"\nversion = \"0.3.0\"\n"
            + source
            + "dependencies = [\n \"inner\",\n]\n\n"
            + "[[package]]\nname = \"inner\"\nversion = \"0.1.0\"\n"
            + source);
    Generator.generate(
        CargoRequest.of(workspace.resolve("Cargo.toml"), workspace.resolve("Cargo.nix")),
        NixFixture.CONTEXT);
  }

  private static void write(Path directory, String path, String content) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static String commit(Path directory) throws Exception {
    git(directory, "add", "--all");
    git(directory, "commit", "--quiet", "--message", "a commit");
    return git(directory, "rev-parse", "HEAD");
  }

  private BuildResult build() throws Exception {
    return new BuildService()
        .build(
            new BuildRequest(HandMadeProject.settings(workspace), List.of(), workspace),
            console.plain());
  }

  @Test
  @DisplayName("is built in the sandbox, and its program says what the repository's files say")
  void built() throws Exception {
    String word = Files.readString(temporary.resolve("words/word.txt"));
    assertThat(answer()).isEqualTo(word + " inner");
    assertThat(console.lines()).anyMatch(line -> line.startsWith("Adding the files of file://"));
  }

  @Test
  @DisplayName("is built with [patch] onto folders that git ignores and that lie outside the root")
  void patched() throws Exception {
    write(workspace, ".gitignore", "vendor\n");
    git(workspace, "init", "--quiet");
    write(
        workspace,
        "Cargo.toml",
        Files.readString(workspace.resolve("Cargo.toml"))
            + "itoa = \"1\"\n[patch.crates-io]\nitoa.path = \"vendor/itoa\"\n"
            + ("[patch.\"file://" + repository + "\"]\ninner.path = \"../outside/inner\"\n"));
    write(
        workspace,
        "src/main.rs",
        "fn main() { println!(\"{} {}\", greeting::greeting().trim(), itoa::name()); }\n");
    write(workspace, "vendor/itoa/Cargo.toml", "[package]\nname = \"itoa\"\nversion = \"1.9.9\"\n");
    write(workspace, "vendor/itoa/src/lib.rs", "pub fn name() -> &'static str { \"ignored\" }\n");
    Path outside = temporary.resolve("outside/inner");
    write(outside, "Cargo.toml", "[package]\nname = \"inner\"\nversion = \"0.1.9\"\n");
    write(outside, "src/lib.rs", "pub fn name() -> &'static str { \"outside\" }\n");
    String lock = Files.readString(workspace.resolve("Cargo.lock"));
    write(
        workspace,
        "Cargo.lock",
        lock.substring(0, lock.lastIndexOf("[[package]]"))
                .replace("[\n \"greeting\",\n", "[\n \"greeting\",\n \"itoa\",\n")
            + "[[package]]\nname = \"inner\"\nversion = \"0.1.9\"\n\n"
            + "[[package]]\nname = \"itoa\"\nversion = \"1.9.9\"\n");
    Generator.generate(
        CargoRequest.of(workspace.resolve("Cargo.toml"), workspace.resolve("Cargo.nix")),
        NixFixture.CONTEXT);
    assertThat(answer()).endsWith(" outside ignored");
  }

  /** What the built program says. */
  private String answer() throws Exception {
    Path app = build().outputs().get(natively("app")).resolve("bin/app");
    String system = NixFixture.sysroot() + "/usr/lib";
    return TestGit.run(
        temporary,
        List.of(
            system + "64/ld-linux-x86-64.so.2",
            "--library-path",
            system + "/x86_64-linux-gnu",
            app.toString()));
  }

  @Test
  @DisplayName("is refused when Cargo.nix pins other files than the commit has")
  void otherFiles() throws Exception {
    Path cargoNix = workspace.resolve("Cargo.nix");
    String pinned = Files.readString(cargoNix);
    String wrong = pinned.replaceAll("(?<=sha256 = \"sha256-).{4}", "AAAA");
    assertThat(wrong).isNotEqualTo(pinned);
    Files.writeString(cargoNix, wrong);
    assertThatThrownBy(this::build)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("do not have the hash in Cargo.nix: expected sha256-AAAA")
        .hasMessageContaining("mvn nix:generate");
  }

  @Test
  @DisplayName("is refused when the repository is gone and the files are not in the store")
  void repositoryGone() throws Exception {
    Files.move(repository, temporary.resolve("elsewhere"));
    assertThatThrownBy(this::build)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no repository at file://" + repository);
  }

  @Test
  @DisplayName("says by itself, where Nix is asked without the plugin, what to run")
  void withoutThePlugin() throws Exception {
    Preparation prepared =
        Preparation.prepare(HandMadeProject.settings(workspace), console.plain());
    List<String> arguments = new ArrayList<>(prepared.options().arguments());
    arguments.add("--realise");
    arguments.add(
        prepared.project().closure().values().stream()
            .filter(derivation -> derivation.environment().containsKey("repository"))
            .findFirst()
            .orElseThrow()
            .path());
    var result = prepared.nix().run("nix-store", arguments, line -> {});
    assertThat(result.status()).isNotZero();
    assertThat(String.join("\n", result.log())).contains("run `mvn nix:build`");
  }
}
