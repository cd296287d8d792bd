package io.github.nixmaven.generator.cargo.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.git.LockedCommit;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.text.DirectoryTree;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A commit of a git repository")
class GitRepositoriesTest {
  private static final Position PIN = new Position("Cargo.lock", 7, 1);

  @TempDir Path temporary;
  private Path cache;
  private TestRepository repository;

  @BeforeEach
  void makeRepository() throws IOException {
    cache = temporary.resolve("cache");
    repository = TestRepository.create(temporary.resolve("demo"));
    repository.writePackage("", "demo", "");
  }

  private GitRepositories online() {
    return new GitRepositories(cache, Optional.empty(), false, System.getenv());
  }

  private GitRepositories offline() {
    return new GitRepositories(cache, Optional.empty(), true, System.getenv());
  }

  private static LockedCommit locked(String url, String commit, @Nullable String reference) {
    return new LockedCommit(url, commit, reference, PIN, GitRemedies.LOCK);
  }

  private RepositoryFacts facts(String commit, @Nullable String reference) throws Exception {
    return online().facts(locked(repository.url(), commit, reference));
  }

  private String nixHash(Path tree) {
    String hex =
        TestRepository.run(temporary, List.of("nix-hash", "--type", "sha256", tree.toString()));
    return Hash.parse(Hash.Algorithm.SHA256, hex).sri();
  }

  /** What fetchgit does: clone with submodules, check out, take away .git. */
  private String fetchgit(String url, String commit) throws Exception {
    Path clone = temporary.resolve("clone");
    String allow = "protocol.file.allow=always";
    TestRepository.run(
        temporary, List.of("git", "clone", "--quiet", "--no-checkout", url, clone.toString()));
    TestRepository.run(clone, List.of("git", "checkout", "--quiet", commit));
    TestRepository.run(
        clone,
        List.of("git", "-c", allow, "submodule", "--quiet", "update", "--init", "--recursive"));
    List<Path> found = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(clone)) {
      paths.filter(path -> path.endsWith(".git")).forEach(found::add);
    }
    for (Path path : found) {
      DirectoryTree.delete(path);
    }
    String hash = nixHash(clone);
    DirectoryTree.delete(clone);
    return hash;
  }

  @Test
  @DisplayName("has the NAR that Nix computes of a recursive clone without .git")
  void narHash() throws Exception {
    TestRepository inner = TestRepository.create(temporary.resolve("inner"));
    inner.write("deep/file.txt", "inner\n").commit();
    TestRepository middle = TestRepository.create(temporary.resolve("middle"));
    middle.write("middle.txt", "middle\n").submodule("../inner", "nested/inner");
    middle.commit();
    Path run = repository.write("bin/run", "#!/bin/sh\n").directory().resolve("bin/run");
    assertThat(run.toFile().setExecutable(true)).isTrue();
    // Git orders `a` behind `a.b` as a folder, NAR before it.
    repository.write("a/x", "").write("a.b", "").write("größe/ä.txt", "ü\n");
    Files.createSymbolicLink(repository.directory().resolve("link"), Path.of("bin/run"));
    TestRepository.run(repository.directory(), List.of("ln", "-s", "größe//x/", "odd-link"));
    repository
        .write(
            ".gitattributes",
            "*.bat eol=crlf\n*.auto text=auto eol=crlf\n*.ver export-subst\n*.id ident\n")
        .write("dos.bat", "one\ntwo\r\nthree\n")
        .write("v.ver", "$Format:%H$\n")
        .write("a.id", "$Id$ $Id: old $\n$Id: a.c,v 1.1 someone $ $Id: \n$ $Idle$ $Id:x$ ü\n")
        .write("left.auto", "one\r\ntwo\n")
        .write("turned.auto", "one\ntwo\n")
        .write("big.bin", "x".repeat(300_000));
    repository.submodule("../middle", "vendor/middle");
    repository.git("-c", "core.safecrlf=false", "add", "--all");
    String commit = repository.commit();

    assertThat(facts(commit, null).narHash()).isEqualTo(fetchgit(repository.url(), commit));
  }

  @Test
  @DisplayName("is found by a branch, a tag, an annotated tag, a revision, or by none of them")
  void references() throws Exception {
    String first = repository.commit();
    repository.git("tag", "light");
    repository.git("tag", "--annotate", "--message", "heavy", "heavy");
    repository.git("checkout", "--quiet", "-b", "side");
    repository.write("src/more.rs", "");
    String second = repository.commit();
    repository.git("checkout", "--quiet", "main");

    for (String reference : new String[] {"tag=light", "tag=heavy", "rev=" + first, null}) {
      DirectoryTree.delete(cache);
      assertThat(facts(first, reference).find("demo", "0.1.0").orElseThrow().files())
          .as(reference)
          .containsExactly("src/lib.rs");
    }
    for (String reference :
        new String[] {"branch=side", "rev=" + second.substring(0, 7), "branch=gone", null}) {
      DirectoryTree.delete(cache);
      assertThat(facts(second, reference).find("demo", "0.1.0").orElseThrow().files())
          .as(reference)
          .containsExactly("src/lib.rs", "src/more.rs");
    }
  }

  @Test
  @DisplayName("is not asked for again: a second run works offline and without the repository")
  void secondRun() throws Exception {
    LockedCommit commit = locked(repository.url(), repository.commit(), null);
    RepositoryFacts first = online().facts(commit);
    DirectoryTree.delete(repository.directory());
    DirectoryTree.delete(cache.resolve("git"));

    RepositoryFacts second = offline().facts(commit);

    assertThat(second.narHash()).isEqualTo(first.narHash());
    assertThat(second.packages()).isEqualTo(first.packages());
    assertThat(second.manifests().get("")).isEqualTo(first.manifests().get(""));
  }

  @Test
  @DisplayName("is read from cargo's own copy")
  void cargosCopy() throws Exception {
    String commit = repository.commit();
    Path copies = Files.createDirectories(temporary.resolve("cargo/git/db"));
    repository.git(
        "clone", "--quiet", "--bare", repository.url(), copies.resolve("demo-0123").toString());
    LockedCommit elsewhere = locked("ssh://git@localhost/nowhere/demo.git", commit, null);

    RepositoryFacts facts =
        new GitRepositories(cache, Optional.of(temporary.resolve("cargo")), true, System.getenv())
            .facts(elsewhere);

    assertThat(facts.find("demo", "0.1.0")).isPresent();
  }

  @Test
  @DisplayName("that is nowhere near is an error when offline")
  void offlineAndAbsent() {
    LockedCommit commit = locked("https://localhost/demo", "0123456789".repeat(4), null);
    assertThatThrownBy(() -> offline().facts(commit))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Cargo.lock:7:1: commit " + commit.commit())
        .hasMessageContaining(" is not in any cache, and this run is offline")
        .hasMessageContaining("cargo fetch");
  }

  @Test
  @DisplayName("that is a submodule nowhere near is an error that names its parent and the crate")
  void absentSubmodule() throws Exception {
    String wanted = "0123456789".repeat(4);
    repository.write(
        ".gitmodules", "[submodule \"x\"]\n\tpath = vendor/x\n\turl = https://localhost/x\n");
    Files.createDirectories(repository.directory().resolve("vendor/x"));
    repository.git("update-index", "--add", "--cacheinfo", "160000," + wanted + ",vendor/x");
    String commit = repository.commit();
    LockedCommit parent = locked(repository.url(), commit, null);
    assertThatThrownBy(() -> offline().facts(parent.forWhat("demo 0.1.0")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "commit "
                + wanted
                + " of https://localhost/x (for submodule vendor/x of "
                + parent
                + ") (for demo 0.1.0) is not in any cache");
  }

  @Test
  @DisplayName("that vanished is an error that names the place in the lock and the way out")
  void vanished() throws Exception {
    repository.commit();
    LockedCommit commit = locked(repository.url(), "0123456789".repeat(4), "branch=main");
    assertThatThrownBy(() -> online().facts(commit))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "Cargo.lock:7:1: commit " + commit.commit() + " is not in " + repository.url())
        .hasMessageContaining("cargo update");
  }

  @Test
  @DisplayName("whose copy is damaged is a fault that says what to delete")
  void damaged() throws Exception {
    String commit = repository.commit();
    String blob = repository.git("rev-parse", commit + ":src/lib.rs");
    Files.delete(
        repository
            .directory()
            .resolve(".git/objects/" + blob.substring(0, 2) + "/" + blob.substring(2)));
    assertThatThrownBy(() -> facts(commit, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a copy of " + repository.url() + "#" + commit + " is incomplete");
  }

  @Test
  @DisplayName("of a repository that is not there is an error that says so")
  void noRepository() {
    LockedCommit commit =
        locked("file://" + temporary.resolve("nowhere"), "0123456789".repeat(4), null);
    assertThatThrownBy(() -> online().facts(commit))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no repository at file://");
  }

  @Test
  @DisplayName("by ssh is an error that says what else to do")
  void ssh() {
    LockedCommit commit = locked("ssh://git:secret@localhost/demo", "0123456789".repeat(4), null);
    assertThatThrownBy(() -> online().facts(commit))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("ssh://localhost/demo uses ssh")
        .hasMessageContaining("cargo fetch")
        .hasMessageNotContaining("secret");
  }

  @Test
  @DisplayName("writes the NAR that it was hashed by")
  void writeNar() throws Exception {
    LockedCommit commit = locked(repository.url(), repository.commit(), null);
    ByteArrayOutputStream nar = new ByteArrayOutputStream();
    online().writeNar(commit, nar);
    Path restored = temporary.resolve("restored");
    Path file = Files.write(temporary.resolve("nar"), nar.toByteArray());
    TestRepository.run(
        temporary, List.of("sh", "-c", "nix-store --restore " + restored + " <" + file));
    assertThat(restored.resolve("Cargo.toml"))
        .hasSameTextualContentAs(repository.directory().resolve("Cargo.toml"));
    assertThat(nixHash(restored)).isEqualTo(online().facts(commit).narHash());
  }

  @Test
  @DisplayName("holds the packages that cargo finds, each with the workspace it inherits from")
  void packages() throws Exception {
    TestRepository other = TestRepository.create(temporary.resolve("other"));
    other.writePackage("", "in-submodule", "").writePackage("sub", "by-path", "").commit();
    repository
        .write(
            "Cargo.toml",
            "[workspace]\nmembers = [\"crates/*\"]\n[workspace.package]\nversion = \"2.0.0\"\n"
                + "[workspace.dependencies]\nby-path.path = \"vendor/other/sub\"\n")
        .write(
            "crates/inherits/Cargo.toml",
            "[package]\nname = \"inherits\"\nversion.workspace = true\n"
                + "[target.'cfg(unix)'.dependencies]\nby-path.workspace = true\n")
        .write("crates/inherits/README.txt", "")
        .write("crates/inherits/src/bin/tool/main.rs", "")
        .write("crates/inherits/src/bin/tool/other.rs", "")
        .writePackage(".hidden", "hidden", "")
        .writePackage("crates/inherits/target/left", "left", "")
        .writePackage("target/free", "free", "")
        .writePackage("zz", "twice", "")
        .writePackage("aa", "twice", "")
        .write("broken/Cargo.toml", "[package");
    DirectoryTree.delete(repository.directory().resolve("src"));
    repository.submodule("../other", "vendor/other");
    RepositoryFacts facts = facts(repository.commit(), null);

    assertThat(facts.packages())
        .extracting(found -> found.name() + " " + found.version() + " " + found.folder())
        .containsExactlyInAnyOrder(
            "twice 0.1.0 aa",
            "twice 0.1.0 zz",
            "inherits 2.0.0 crates/inherits",
            "by-path 0.1.0 vendor/other/sub");
    assertThat(facts.find("twice", "0.1.0").orElseThrow().folder()).isEqualTo("aa");
    RepositoryPackage inherits = facts.find("inherits", "2.0.0").orElseThrow();
    assertThat(inherits.workspace()).isEmpty();
    assertThat(inherits.files()).containsExactly("README.txt", "src/bin/tool/main.rs");
    assertThat(new String(facts.manifests().get(""), StandardCharsets.UTF_8))
        .contains("[workspace.package]");
  }
}
