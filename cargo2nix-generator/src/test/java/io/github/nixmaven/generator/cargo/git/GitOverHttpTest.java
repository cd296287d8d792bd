package io.github.nixmaven.generator.cargo.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.git.LockedCommit;
import io.github.nixmaven.generator.git.Repositories;
import io.github.nixmaven.generator.net.Server;
import io.github.nixmaven.generator.text.DirectoryTree;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A repository behind HTTP")
class GitOverHttpTest {
  private static final Position PIN = new Position("Cargo.lock", 7, 1);

  @TempDir Path temporary;
  private Path cache;
  private Path served;
  private TestRepository repository;

  @BeforeEach
  void makeRepository() throws IOException {
    cache = temporary.resolve("cache");
    served = temporary.resolve("served");
    repository = TestRepository.create(served.resolve("demo"));
    repository.writePackage("", "demo", "");
  }

  private RepositoryFacts facts(String url, String commit, @Nullable String reference)
      throws Exception {
    return online().facts(new LockedCommit(url, commit, reference, PIN, GitRemedies.LOCK));
  }

  private GitRepositories online() {
    return new GitRepositories(
        cache,
        new Repositories(
            cache,
            Optional.empty(),
            false,
            System.getenv(),
            Duration.ofSeconds(2),
            Duration.ofMillis(1)));
  }

  @Test
  @DisplayName("yields a commit by branch, tag, abbreviated revision, or without any of them")
  void references() throws Exception {
    String first = repository.commit();
    repository.git("tag", "--annotate", "--message", "v1", "v1");
    repository.git("checkout", "--quiet", "-b", "side");
    repository.write("src/more.rs", "");
    String second = repository.commit();
    try (GitServer server = new GitServer(served, null)) {
      for (String reference :
          new String[] {"tag=v1", "branch=main", "rev=" + first.substring(0, 7), null}) {
        DirectoryTree.delete(cache);
        assertThat(facts(server.url("demo", null), first, reference).packages())
            .extracting(RepositoryPackage::files)
            .containsExactly(List.of("src/lib.rs"));
      }
      for (String reference : new String[] {"branch=side", "rev=refs/heads/side", "branch=gone"}) {
        DirectoryTree.delete(cache);
        assertThat(facts(server.url("demo", null), second, reference).packages())
            .extracting(RepositoryPackage::files)
            .containsExactly(List.of("src/lib.rs", "src/more.rs"));
      }
    }
  }

  @Test
  @DisplayName("gives one commit without its history, and two of its commits into one cache")
  void shallow() throws Exception {
    repository.write("old.txt", "old").commit();
    repository.write("old.txt", "new");
    String second = repository.commit();
    repository.write("old.txt", "newer");
    String third = repository.commit();
    try (GitServer server = new GitServer(served, null)) {
      String secondHash = facts(server.url("demo", null), second, null).narHash();
      Path copy = copies().get(0);
      assertThat(TestRepository.run(copy, List.of("git", "rev-list", "--count", second)))
          .isEqualTo("1");
      assertThat(facts(server.url("demo", null), third, null).narHash()).isNotEqualTo(secondHash);
      assertThat(copies()).containsExactly(copy);
    }
  }

  @Test
  @DisplayName("shows a file as it is on the default branch now, to who may see it")
  void now() throws Exception {
    repository.write("config.json", "first").commit();
    try (GitServer server = new GitServer(served, "me:secret")) {
      String url = server.url("demo", "me:secret");
      assertThat(online().readNow(url, "config.json")).asString().isEqualTo("first");
      repository.git("checkout", "--quiet", "-b", "side");
      repository.write("config.json", "second").commit();
      assertThat(online().readNow(url, "config.json")).asString().isEqualTo("second");
      assertThatThrownBy(() -> online().readNow(server.url("demo", null), "config.json"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("denies access");
      assertThatThrownBy(
              () ->
                  new GitRepositories(cache, Optional.empty(), true, System.getenv())
                      .readNow(url, "config.json"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("offline")
          .hasMessageNotContaining("secret");
    }
  }

  private List<Path> copies() throws IOException {
    try (Stream<Path> entries = Files.list(cache.resolve("git"))) {
      return entries.filter(Files::isDirectory).toList();
    }
  }

  @Test
  @DisplayName("is searched in whole for a commit that it does not give by name")
  void notByName() throws Exception {
    repository.commit();
    repository.git("checkout", "--quiet", "--orphan", "other");
    repository.write("src/more.rs", "");
    String hidden = repository.commit();
    repository.git("update-ref", "refs/changes/1", hidden);
    repository.git("checkout", "--quiet", "main");
    repository.git("branch", "--quiet", "-D", "other");
    try (GitServer server = new GitServer(served, null)) {
      assertThat(facts(server.url("demo", null), hidden, "branch=main").packages()).hasSize(1);
    }
  }

  @Test
  @DisplayName("gives its submodules too, by relative address")
  void submodule() throws Exception {
    TestRepository.create(served.resolve("inner")).write("word", "x").commit();
    repository.submodule("../inner", "inner");
    String commit = repository.commit();
    String direct;
    try (GitServer server = new GitServer(served, null)) {
      // The address in .gitmodules is relative, so that the repository may be anywhere.
      direct = facts(server.url("demo", null), commit, null).narHash();
      assertThat(server.fetches()).isPositive();
    }
    assertThat(facts(repository.url(), commit, null).narHash()).isEqualTo(direct);
  }

  @Test
  @DisplayName("does not make us read this machine's files through a submodule")
  void submoduleOnThisMachine() throws Exception {
    TestRepository secret = TestRepository.create(temporary.resolve("secret"));
    secret.write("word", "x").commit();
    repository.submodule(secret.url(), "inner");
    String commit = repository.commit();
    try (GitServer server = new GitServer(served, null)) {
      assertThatThrownBy(() -> facts(server.url("demo", null), commit, null))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("has the submodule inner at " + secret.url());
    }
  }

  @Test
  @DisplayName("whose commit vanished is an error with the place in the lock")
  void vanished() throws Exception {
    repository.commit();
    try (GitServer server = new GitServer(served, null)) {
      String commit = "0123456789".repeat(4);
      assertThatThrownBy(() -> facts(server.url("demo", null), commit, "branch=main"))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("Cargo.lock:7:1: commit " + commit + " is not in http://");
    }
  }

  @Test
  @DisplayName("that is not there is an error with the place in the lock")
  void absent() throws Exception {
    try (GitServer server = new GitServer(served, null)) {
      assertThatThrownBy(() -> facts(server.url("nowhere", null), "0123456789".repeat(4), null))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("Cargo.lock:7:1: there is no repository at http://");
    }
  }

  @Test
  @DisplayName("is opened with the user and the password of its address, which are shown nowhere")
  void credentials() throws Exception {
    String commit = repository.commit();
    try (GitServer server = new GitServer(served, "me:s3cr3t@x")) {
      LockedCommit locked =
          new LockedCommit(
              server.url("demo", "me:s3cr3t%40x"), commit, null, PIN, GitRemedies.LOCK);
      assertThat(online().facts(locked).packages()).hasSize(1);
      assertThat(locked.toString()).doesNotContain("me:").doesNotContain("s3cr3t");
      try (Stream<Path> files = Files.walk(cache)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
              .as(file.toString())
              .doesNotContain("s3cr3t");
        }
      }
    }
  }

  @Test
  @DisplayName("that denies access is an error without the password, whatever is printed of it")
  void wrongCredentials() throws Exception {
    String commit = repository.commit();
    try (GitServer server = new GitServer(served, "me:right")) {
      for (String userInfo : new String[] {"me:wr0ng", "t0ken", null}) {
        assertThatThrownBy(() -> facts(server.url("demo", userInfo), commit, null))
            .isInstanceOf(InputException.class)
            .hasMessageContaining("denies access")
            .hasMessageContaining("~/.netrc")
            .satisfies(
                error -> {
                  StringWriter trace = new StringWriter();
                  error.printStackTrace(new PrintWriter(trace));
                  assertThat(trace.toString()).doesNotContain("wr0ng").doesNotContain("t0ken");
                });
      }
    }
  }

  @Test
  @DisplayName("that fails or cannot be reached is a fault of the network, not the user's mistake")
  void faults() throws Exception {
    String commit = repository.commit();
    try (GitServer server = new GitServer(served, null)) {
      server.on("broken", Server.status(500));
      assertThatThrownBy(() -> facts(server.url("broken", null), commit, null))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot fetch http://")
          .hasMessageContaining("500");
    }
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThatThrownBy(() -> facts("http://127.0.0.1:" + port + "/demo", commit, null))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(PIN + ": cannot fetch http://127.0.0.1:" + port)
        .hasMessageContaining("Run `cargo fetch`")
        .hasMessageContaining("`insteadOf`");
    assertThatThrownBy(() -> facts("https://forge.invalid/demo", commit, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("this host has no address");
  }

  @Test
  @DisplayName("that is busy is asked again")
  void busy() throws Exception {
    String commit = repository.commit();
    try (GitServer server = new GitServer(served, null)) {
      server.busy(3);
      assertThat(facts(server.url("demo", null), commit, null).packages()).hasSize(1);
    }
  }

  @Test
  @DisplayName("that stays silent is given up")
  void silent() throws Exception {
    String commit = repository.commit();
    try (ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/demo";
      assertThatThrownBy(() -> facts(url, commit, null))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot fetch " + url + "#" + commit)
          .hasMessageContaining("time out");
    }
  }

  @Test
  @DisplayName("is fetched once, however many ask at the same time")
  void together() throws Exception {
    LockedCommit[] commit = new LockedCommit[1];
    String id = repository.commit();
    try (GitServer server = new GitServer(served, null)) {
      commit[0] = new LockedCommit(server.url("demo", null), id, null, PIN, GitRemedies.LOCK);
      online().facts(commit[0]);
      long alone = server.fetches();
      DirectoryTree.delete(cache);
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Callable<RepositoryFacts>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          tasks.add(() -> online().facts(commit[0]));
        }
        for (Future<RepositoryFacts> result : threads.invokeAll(tasks)) {
          assertThat(result.get().packages()).hasSize(1);
        }
      } finally {
        threads.shutdown();
      }
      assertThat(server.fetches()).isEqualTo(2 * alone);
    }
  }
}
