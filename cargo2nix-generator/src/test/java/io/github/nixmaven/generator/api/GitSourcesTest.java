package io.github.nixmaven.generator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.cargo.git.TestRepository;
import io.github.nixmaven.generator.pin.GenerateResult;
import io.github.nixmaven.generator.pin.Generator;
import io.github.nixmaven.generator.pin.Pin;
import io.github.nixmaven.generator.pin.PinnedPackage;
import io.github.nixmaven.generator.pin.TestContext;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A workspace with git dependencies")
class GitSourcesTest {
  @TempDir Path temporary;
  private Path workspace;
  private TestRepository repository;
  private String first;
  private String second;

  /** Two commits of one repository hold a package of one name and version. */
  @BeforeEach
  void makeWorkspace() throws Exception {
    repository = TestRepository.create(temporary.resolve("demo"));
    repository.writePackage("crates/part", "part", "");
    first = repository.commit();
    repository.write("crates/part/src/lib.rs", "// changed\n");
    second = repository.commit();
    workspace = Files.createDirectories(temporary.resolve("workspace"));
    Files.createDirectories(workspace.resolve("src"));
    Files.writeString(workspace.resolve("src/main.rs"), "fn main() {}\n");
    Files.writeString(
        workspace.resolve("Cargo.toml"),
        """
        [package]
        name = "app"
        version = "1.0.0"
        edition = "2021"
        [dependencies]
        one = { git = "URL", tag = "one", package = "part" }
        two = { git = "URL", package = "part" }
        """
            .replace("URL", repository.url()));
    writeLock(repository.url(), first, second);
  }

  private void writeLock(String url, String one, String two) throws Exception {
    Files.writeString(
        workspace.resolve("Cargo.lock"),
        """
        version = 4

        [[package]]
        name = "app"
        version = "1.0.0"
        dependencies = [
         "part 0.1.0 (git+URL?tag=one)",
         "part 0.1.0 (git+URL)",
        ]

        [[package]]
        name = "part"
        version = "0.1.0"
        source = "git+URL?tag=one#ONE"

        [[package]]
        name = "part"
        version = "0.1.0"
        source = "git+URL#TWO"
        """
            .replace("URL", url)
            .replace("ONE", one)
            .replace("TWO", two));
  }

  private CargoRequest request() {
    return CargoRequest.of(workspace.resolve("Cargo.toml"), workspace.resolve("Cargo.nix"));
  }

  /** Evaluates an expression of {@code cargo}, where fetchers and builders yield what they get. */
  private JsonNode evaluate(String expression, String builder) throws Exception {
    String text =
        """
        let cargo = import %s {
          pkgs = {
            lib = { };
            stdenv.hostPlatform = { system = "x86_64-linux"; rust.rustcTarget = "x86_64-unknown-linux-gnu"; };
            fetchurl = source: source;
            fetchgit = source: source;
            buildRustCrate = %s;
            defaultCrateOverrides = { };
          };
        }; in %s
        """
            .formatted(workspace.resolve("Cargo.nix"), builder, expression);
    Process process =
        new ProcessBuilder("nix-instantiate", "--eval", "--strict", "--json", "--expr", text)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    JsonNode result = new ObjectMapper().readTree(process.getInputStream());
    assertThat(process.waitFor()).isZero();
    return result;
  }

  @Test
  @DisplayName("lists each commit with its hash among what builds are made of")
  void inventory() throws Exception {
    List<PinnedPackage> packages =
        request().read(workspace.resolve("Cargo.nix"), TestContext.OWN).packages(List.of());

    assertThat(packages).hasSize(3);
    List<Pin.Commit> commits =
        packages.subList(1, 3).stream().map(each -> (Pin.Commit) each.pin()).toList();
    assertThat(commits).extracting(Pin.Commit::commit).containsOnly(first, second);
    assertThat(commits).extracting(Pin.Commit::url).containsOnly(repository.url());
    assertThat(commits).allSatisfy(commit -> assertThat(commit.narHash()).isPresent());
    assertThat(packages.get(0).dependencies())
        .isEqualTo(Set.of(packages.get(1).key(), packages.get(2).key()));
  }

  @Test
  @DisplayName("keeps two commits apart, each fetched by url, commit and hash, with the folder")
  void twoCommits() throws Exception {
    TestGenerator.generate(request());
    JsonNode one =
        evaluate(
            "builtins.head (builtins.filter (crate: crate.src.rev == \"%s\")".formatted(first)
                + " cargo.workspaceMembers.app.build.dependencies)",
            "crate: crate");
    assertThat(one.get("src").get("url").asText()).isEqualTo(repository.url());
    assertThat(one.get("src").get("rev").asText()).isEqualTo(first);
    assertThat(one.get("src").get("fetchSubmodules").asBoolean()).isTrue();
    assertThat(Files.readString(workspace.resolve("crate-hashes.json")))
        .contains(
            "\"git+%s#%s\": \"%s\""
                .formatted(repository.url(), first, one.get("src").get("sha256").asText()));
    assertThat(one.get("workspace_member").asText()).contains("'crates/part'");
    assertThat(one.has("git") || one.has("folder")).isFalse();

    JsonNode exact =
        evaluate(
            "cargo.workspaceMembers.app.build.externs.two",
            "{ exact = true; __functor = _: crate: crate; }");
    assertThat(exact.get("src").get("rev").asText()).isEqualTo(second);
    assertThat(exact.get("folder").asText()).isEqualTo("crates/part");
    assertThat(exact.has("git") || exact.has("workspace_member")).isFalse();
  }

  @Test
  @DisplayName("is generated again offline and without the repository, to the same bytes")
  void again() throws Exception {
    TestGenerator.generate(request());
    byte[] before = Files.readAllBytes(workspace.resolve("Cargo.nix"));
    Files.delete(workspace.resolve("Cargo.nix"));
    Files.move(repository.directory(), temporary.resolve("gone"));
    TestGenerator.generate(request(), TestContext.OWN.withOffline(true));
    assertThat(Files.readAllBytes(workspace.resolve("Cargo.nix"))).isEqualTo(before);
  }

  @Test
  @DisplayName("gets its crate-hashes.json back where it was lost")
  void lostHashes() throws Exception {
    TestGenerator.generate(request());
    Path hashes = workspace.resolve("crate-hashes.json");
    String before = Files.readString(hashes);
    Files.delete(hashes);
    TestGenerator.generate(request());
    assertThat(hashes).hasContent(before);
    assertThat(TestGenerator.generate(request()).written()).isFalse();
  }

  @Test
  @DisplayName("has drifted when the lock has another commit, and says which package's")
  void drift() throws Exception {
    TestGenerator.generate(request());
    assertThat(Generator.check(request(), TestContext.OWN).differences()).isEmpty();
    repository.write("new", "").git("tag", "one");
    String third = repository.commit();

    writeLock(repository.url(), third, second);
    assertThat(Generator.check(request(), TestContext.OWN).differences())
        .anyMatch(line -> line.startsWith("part 0.1.0 [git " + first.substring(0, 8) + "]"));
    GenerateResult result = TestGenerator.generate(request());
    assertThat(result.written()).isTrue();
    assertThat(result.packages()).isEqualTo(3);
    assertThat(Files.readString(workspace.resolve("crate-hashes.json")))
        .contains(third)
        .contains(second)
        .doesNotContain(first);
  }

  @Test
  @DisplayName(
      "is refused when crate-hashes.json has another hash for a commit, and nothing written")
  void wrongHash() throws Exception {
    TestGenerator.generate(request());
    Path hashes = workspace.resolve("crate-hashes.json");
    Files.writeString(hashes, Files.readString(hashes).replaceFirst("sha256-.{4}", "sha256-AAAA"));
    Files.delete(workspace.resolve("Cargo.nix"));
    assertThatThrownBy(() -> TestGenerator.generate(request()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("crate-hashes.json: the hash recorded for");
    assertThat(workspace.resolve("Cargo.nix")).doesNotExist();
  }

  @Test
  @DisplayName("is refused when the lock names a package that the commit does not hold")
  void noSuchPackage() throws Exception {
    Path lock = workspace.resolve("Cargo.lock");
    Files.writeString(
        lock,
        Files.readString(lock)
            .replace("\"part 0.1.0 (git+" + repository.url() + ")\",", "\"part 0.2.0\",")
            .replace(
                "version = \"0.1.0\"\nsource = \"git+" + repository.url() + "#",
                "version = \"0.2.0\"\nsource = \"git+" + repository.url() + "#"));
    assertThatThrownBy(() -> TestGenerator.generate(request()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Cargo.lock:17:1: " + repository.url() + "#" + second)
        .hasMessageContaining("does not contain the package part 0.2.0");
  }

  @Test
  @DisplayName("whose lock holds a password keeps it out of every file and message")
  void password() throws Exception {
    writeLock("https://me:s3cr3t@localhost:1/demo", first, second);
    assertThatThrownBy(() -> TestGenerator.generate(request(), TestContext.OWN.withOffline(true)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("https://localhost:1/demo")
        .hasMessageNotContaining("s3cr3t");
    Path lock = workspace.resolve("Cargo.lock");
    Files.writeString(lock, Files.readString(lock).replace("demo?tag=one)", "demo?tag=two)"));
    assertThatThrownBy(() -> TestGenerator.generate(request()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("matches no package")
        .hasMessageNotContaining("s3cr3t");
  }
}
