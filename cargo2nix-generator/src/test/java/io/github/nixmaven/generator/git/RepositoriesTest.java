package io.github.nixmaven.generator.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.cargo.git.TestRepository;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Repositories serve any package manager:")
class RepositoriesTest {
  private static final String NOWHERE = "ssh://git@localhost/nowhere/demo.git";
  private static final String NO_COMMIT = "0123456789".repeat(4);
  private static final Remedies REMEDIES =
      new Remedies(
          "if unpinned",
          "if offline",
          "if unreachable",
          "if protocol",
          "if absent",
          "if vanished",
          "if address",
          "if refused",
          "if broken");

  @TempDir Path temporary;
  private TestRepository repository;

  @BeforeEach
  void makeRepository() throws IOException {
    repository = TestRepository.create(temporary.resolve("demo"));
    repository.write("package.json", "{}");
  }

  private Repositories repositories(Optional<Copies> copies, boolean offline) {
    return new Repositories(temporary.resolve("cache"), copies, offline, System.getenv());
  }

  private static LockedCommit locked(String url, @Nullable String commit) {
    return new LockedCommit(url, commit, null, new Position("a.lock", 7, 1), REMEDIES);
  }

  private static String content(Repositories repositories, LockedCommit commit) throws Exception {
    return new String(
        repositories.read(commit, tree -> tree.bytes("package.json")), StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("a commit's files are read whatever they are of")
  void reads() throws Exception {
    LockedCommit commit = locked(repository.url(), repository.commit());

    assertThat(content(repositories(Optional.empty(), false), commit)).isEqualTo("{}");
  }

  @Test
  @DisplayName("a package manager's own copies are used, and named where they are damaged")
  void copies() throws Exception {
    LockedCommit commit = locked(NOWHERE, repository.commit());
    Path copy = temporary.resolve("other/any-name");
    repository.git("clone", "--quiet", "--bare", repository.url(), copy.toString());
    Copies copies =
        new Copies() {
          @Override
          public Path directory() {
            return temporary.resolve("other");
          }

          @Override
          public List<Path> of(GitAddress address) {
            assertThat(address.name()).isEqualTo("demo");
            return List.of(copy);
          }
        };

    Repositories repositories = repositories(Optional.of(copies), true);

    assertThat(content(repositories, commit)).isEqualTo("{}");
    assertThatThrownBy(
            () ->
                repositories.read(
                    commit,
                    tree -> {
                      throw new MissingObjectException(ObjectId.zeroId(), "blob");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(
            "delete it below %s or %s, or run `git fsck` in the repository itself",
            temporary.resolve("cache/git"), temporary.resolve("other"));
  }

  @Test
  @DisplayName("messages end in what the package manager advises")
  void remedies() throws Exception {
    repository.commit();
    Repositories online = repositories(Optional.empty(), false);
    Repositories offline = repositories(Optional.empty(), true);

    assertRemedy(online, locked(NOWHERE, NO_COMMIT), "if protocol");
    assertRemedy(offline, locked(NOWHERE, NO_COMMIT), "if offline");
    assertRemedy(online, locked(repository.url(), NO_COMMIT), "if vanished");
    assertRemedy(online, locked("file:///nowhere", NO_COMMIT), "if absent");
    assertThatThrownBy(() -> locked(NOWHERE, "main"))
        .hasMessage(
            "a.lock:7:1: the lock does not pin a full commit of ssh://localhost/nowhere/demo.git\n"
                + "  if unpinned");

    repository.submodule(repository.url(), "inner");
    repository.write(".gitmodules", "");
    assertRemedy(online, locked(repository.url(), repository.commit()), "if broken");
  }

  private static void assertRemedy(
      Repositories repositories, LockedCommit commit, String expected) {
    assertThatThrownBy(() -> content(repositories, commit))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("a.lock:7:1: ")
        .hasMessageEndingWith("\n  " + expected);
  }

  @Test
  @DisplayName("a file of the default branch is shown, or that there is none")
  void now() throws Exception {
    repository.commit();
    Repositories repositories = repositories(Optional.empty(), true);

    assertThat(repositories.readNow(repository.url(), "package.json", REMEDIES))
        .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("{}"));
    assertThat(repositories.readNow(repository.url(), "none", REMEDIES)).isEmpty();
  }
}
