package io.github.nixmaven.builder.rust;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.builder.nix.NixFixture;
import io.github.nixmaven.builder.realise.TestGit;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.pin.Generator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Of a package's directory the store gets")
class LocalFilesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Path checkout;

  @BeforeEach
  void workspace() throws Exception {
    checkout = Files.createDirectories(folder.resolve("checkout"));
    write("ws/Cargo.toml", "[workspace]\nresolver = \"2\"\nmembers = [\"app\", \"app/other\"]\n");
    write(
        "ws/app/Cargo.toml",
        "[package]\nname = \"app\"\nversion = \"1.0.0\"\n[dependencies]\ninner.path = \"inner\"\n");
    write("ws/app/src/main.rs", "fn main() {}\n");
    write("ws/app/.sqlx/query.json", "{}\n");
    write("ws/app/data/result.txt", "data\n");
    write("ws/app/data/größe & $HOME \"x\".txt", "data\n");
    Files.createSymbolicLink(checkout.resolve("ws/app/data/result"), Path.of("result.txt"));
    write("ws/app/inner/Cargo.toml", "[package]\nname = \"inner\"\nversion = \"1.0.0\"\n");
    write("ws/app/inner/src/lib.rs", "\n");
    write("ws/app/other/Cargo.toml", "[package]\nname = \"other\"\nversion = \"1.0.0\"\n");
    write("ws/app/other/src/lib.rs", "\n");
    write(
        "ws/Cargo.lock",
        """
        version = 4

        [[package]]
        name = "app"
        version = "1.0.0"
        dependencies = [
         "inner",
        ]

        [[package]]
        name = "inner"
        version = "1.0.0"

        [[package]]
        name = "other"
        version = "1.0.0"
        """);
    Generator.generate(
        CargoRequest.of(checkout.resolve("ws/Cargo.toml"), checkout.resolve("ws/Cargo.nix")),
        NixFixture.CONTEXT.withOffline(true));
  }

  private void write(String path, String content) throws IOException {
    Path file = checkout.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private String git(String... arguments) throws Exception {
    return TestGit.git(checkout, arguments);
  }

  private void commit() throws Exception {
    git("init", "--quiet");
    git("add", "--all", "--force");
    git("commit", "--quiet", "--message=all");
  }

  /** The source of a member as Nix evaluates it: its path, and its links that lead out of it. */
  private JsonNode source(Path workspace, String member) throws Exception {
    Path file = folder.resolve("local-files.nix");
    LocalFiles.write(workspace.resolve("Cargo.nix"), file);
    return JSON.readTree(
        NixFixture.nix()
            .capture(
                "nix-instantiate",
                List.of(
                    "--eval",
                    "--strict",
                    "--json",
                    "--read-write-mode",
                    "--expr",
                    """
                    let
                      crate = (import (/. + "%s/Cargo.nix") {
                        localFiles = import %s;
                        pkgs = {
                          lib = { };
                          stdenv.hostPlatform.rust.rustcTarget = "x86_64-unknown-linux-gnu";
                          fetchurl = null;
                          defaultCrateOverrides = { };
                        };
                        buildRustCrateForPkgs = _: { exact = true; __functor = _: crate: crate // { override = null; }; };
                      }).internal.built.%s."%s 1.0.0";
                    in
                    { path = "${crate.src}"; links = crate.src.links or { }; }
                    """
                        .formatted(workspace, file, member, member))));
  }

  private Set<String> files(String member) throws Exception {
    Path source = Path.of(source(checkout.resolve("ws"), member).path("path").asText());
    Set<String> result = new TreeSet<>();
    try (Stream<Path> all = Files.walk(source)) {
      all.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .forEach(file -> result.add(source.relativize(file).toString()));
    }
    return result;
  }

  @Test
  @DisplayName("what git tracks, and no keys, data and leftovers beside it")
  void tracked() throws Exception {
    commit();
    Set<String> tracked = new TreeSet<>();
    for (String name : git("ls-files", "-z", "ws/app").split("\0", -1)) {
      // A package that it does not need is not its own.
      if (!name.isEmpty() && !name.startsWith("ws/app/other/")) {
        tracked.add(name.substring("ws/app/".length()));
      }
    }
    String before = source(checkout.resolve("ws"), "app").path("path").asText();

    write("ws/app/.env", "PASSWORD=1\n");
    write("ws/app/id_rsa", "secret\n");
    write("ws/app/src/id_rsa", "secret\n");
    write("ws/app/data/huge.bin", "0\n");
    write("ws/app/inner/.env", "PASSWORD=1\n");
    write("ws/app/target/debug/app", "app\n");
    Files.createSymbolicLink(checkout.resolve("ws/app/result"), folder);

    assertThat(files("app"))
        .isEqualTo(tracked)
        .contains(".sqlx/query.json", "data/result", "data/größe & $HOME \"x\".txt")
        .contains("inner/src/lib.rs");
    assertThat(source(checkout.resolve("ws"), "app").path("path").asText()).isEqualTo(before);
  }

  @Test
  @DisplayName("a file as soon as git knows it, without a new Cargo.nix")
  void added() throws Exception {
    commit();
    write("ws/app/src/new.rs", "\n");
    assertThat(files("app")).doesNotContain("src/new.rs");

    git("add", "ws/app/src/new.rs");

    assertThat(files("app")).contains("src/new.rs");
  }

  @Test
  @DisplayName("the same in every checkout, whatever else lies there")
  void elsewhere() throws Exception {
    commit();
    Path other = folder.resolve("other checkout/$HOME");
    git("clone", "--quiet", checkout.toString(), other.toString());
    Files.writeString(other.resolve("ws/app/notes.txt"), "mine\n");
    Path worktree = folder.resolve("worktree");
    git("worktree", "add", "--quiet", "--detach", worktree.toString());
    Path link = Files.createSymbolicLink(folder.resolve("link"), checkout.resolve("ws"));
    Files.writeString(checkout.resolve("ws/app/notes.txt"), "others\n");

    String path = source(checkout.resolve("ws"), "app").path("path").asText();

    assertThat(source(worktree.resolve("ws"), "app").path("path").asText()).isEqualTo(path);
    assertThat(source(link, "app").path("path").asText()).isEqualTo(path);
    Files.move(other, folder.resolve("moved"));
    assertThat(source(folder.resolve("moved/ws"), "app").path("path").asText()).isEqualTo(path);
  }

  @ParameterizedTest(name = "also with index version {0} and {1} digests")
  @CsvSource({"2, sha1", "3, sha1", "4, sha1", "4, sha256"})
  @DisplayName("what an index of any version has")
  void versions(int version, String digest) throws Exception {
    git("init", "--quiet", "--object-format=" + digest);
    git("add", "--all", "--force");
    git("rm", "--quiet", "--cached", "ws/app/src/main.rs");
    git("add", "--intent-to-add", "ws/app/src/main.rs");
    git("update-index", "--index-version=" + version);
    write("ws/app/untracked", "\n");

    assertThat(files("app"))
        .contains("src/main.rs", "Cargo.toml", ".sqlx/query.json")
        .doesNotContain("untracked");
  }

  @Test
  @DisplayName("what a submodule tracks")
  void submodule() throws Exception {
    Path words = Files.createDirectories(folder.resolve("words"));
    Files.writeString(words.resolve("one.txt"), "one\n");
    TestGit.git(words, "init", "--quiet");
    TestGit.git(words, "add", "--all");
    TestGit.git(words, "commit", "--quiet", "--message=words");
    commit();
    git("submodule", "--quiet", "add", words.toString(), "ws/app/words");
    write("ws/app/words/untracked.txt", "two\n");

    assertThat(files("app")).contains("words/one.txt").doesNotContain("words/untracked.txt");
  }

  @Test
  @DisplayName("all but hidden files where git does not track the package, as cargo has it")
  void untracked() throws Exception {
    write("ws/app/.env", "PASSWORD=1\n");
    write("ws/app/target/debug/app", "app\n");
    Files.createSymbolicLink(checkout.resolve("ws/app/result"), folder);
    Set<String> expected =
        Set.of(
            "Cargo.toml",
            "data/größe & $HOME \"x\".txt",
            "data/result",
            "data/result.txt",
            "inner/Cargo.toml",
            "inner/src/lib.rs",
            "src/main.rs");

    assertThat(files("app")).isEqualTo(expected);

    git("init", "--quiet");
    git("add", "ws/Cargo.toml");
    assertThat(files("app")).isEqualTo(expected);
  }

  @Test
  @DisplayName("what links lead to that leave it, of what git tracks")
  void links() throws Exception {
    write("common.rs", "// common\n");
    write("words/one.txt", "one\n");
    Files.createSymbolicLink(
        checkout.resolve("ws/app/src/common.rs"), Path.of("../../../common.rs"));
    Files.createSymbolicLink(checkout.resolve("ws/app/words"), Path.of("../../words"));
    Files.createSymbolicLink(checkout.resolve("ws/app/up"), Path.of(".."));
    Files.writeString(folder.resolve("secret"), "secret\n");
    Files.createSymbolicLink(checkout.resolve("ws/app/secret"), folder.resolve("secret"));
    commit();
    write("words/untracked.txt", "two\n");

    JsonNode links = source(checkout.resolve("ws"), "app").path("links");

    assertThat(links.fieldNames()).toIterable().containsExactly("src/common.rs", "words");
    assertThat(Path.of(links.path("src/common.rs").asText())).hasContent("// common\n");
    try (Stream<Path> words = Files.list(Path.of(links.path("words").asText()))) {
      assertThat(words.map(word -> word.getFileName().toString())).containsExactly("one.txt");
    }
  }
}
