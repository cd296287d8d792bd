package io.github.nixmaven.generator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nixmaven.generator.cargo.Cargo;
import io.github.nixmaven.generator.cargo.git.GitServer;
import io.github.nixmaven.generator.cargo.git.TestRepository;
import io.github.nixmaven.generator.cli.Cli.Result;
import io.github.nixmaven.generator.net.Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A password in an address, and a token")
class CredentialsTest {
  private static final String SECRET = "s3cret";
  private static final String USER_INFO = "me:" + SECRET;

  @TempDir Path directory;
  private Path workspace;
  private Path cache;

  @BeforeEach
  void makeFolders() throws Exception {
    workspace = Files.createDirectories(directory.resolve("workspace"));
    cache = Files.createDirectories(directory.resolve("cache"));
    Files.createDirectories(workspace.resolve("src"));
    Files.writeString(workspace.resolve("src/main.rs"), "fn main() {}\n");
  }

  private Map<String, String> environment() {
    return Map.of(
        "CARGO_HOME", directory.resolve("home").toString(), "XDG_CACHE_HOME", cache.toString());
  }

  private Result run(String... arguments) throws Exception {
    Cli cli = Cli.in(workspace);
    environment().forEach(cli::with);
    return cli.with("CARGO_REGISTRIES_MINE_TOKEN", SECRET).run(arguments);
  }

  private void writeManifest(String dependency) throws Exception {
    Files.writeString(
        workspace.resolve("Cargo.toml"),
        "[package]\nname = \"app\"\nversion = \"1.0.0\"\nedition = \"2021\"\n"
            + "[dependencies]\n"
            + dependency
            + "\n");
  }

  private void writeLock(String source) throws Exception {
    Files.writeString(
        workspace.resolve("Cargo.lock"),
        """
        version = 4

        [[package]]
        name = "app"
        version = "1.0.0"
        dependencies = [
         "part",
        ]

        [[package]]
        name = "part"
        version = "0.1.0"
        source = "%s"
        checksum = "%s"
        """
            .formatted(source, "0".repeat(64)));
  }

  private String makeRepository() throws Exception {
    TestRepository repository = TestRepository.create(directory.resolve("served/part"));
    repository.writePackage("", "part", "");
    return repository.commit();
  }

  @Test
  @DisplayName(
      "of a git dependency is shown by `graph --format json`, as cargo does, and else nowhere")
  void password() throws Exception {
    makeRepository();
    try (GitServer server = new GitServer(directory.resolve("served"), USER_INFO)) {
      writeManifest("part = { git = \"" + server.url("part", USER_INFO) + "\" }");
      Cargo.run(workspace, environment(), List.of("generate-lockfile"));
      assertThat(workspace.resolve("Cargo.lock")).content().contains(USER_INFO);

      Cli cli = Cli.in(workspace);
      environment().forEach(cli::with);
      Result onTerminal = cli.runOnTerminal("generate");
      assertThat(onTerminal.code()).as(onTerminal.out()).isZero();
      assertThat(onTerminal.out()).doesNotContain(SECRET);
      for (String command : List.of("generate", "check", "graph", "why part")) {
        Result result = run(command.split(" "));
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out() + result.err()).as(command).doesNotContain(SECRET);
      }
      assertThat(workspace.resolve("Cargo.nix"))
          .content()
          .contains("url = \"" + server.url("part", null) + "\"")
          .doesNotContain(SECRET);
      assertThat(workspace.resolve("crate-hashes.json"))
          .content()
          .contains("git+" + server.url("part", null) + "#")
          .doesNotContain(SECRET);
      try (var kept = Files.walk(cache)) {
        List<Path> files = kept.filter(Files::isRegularFile).toList();
        assertThat(files)
            .isNotEmpty()
            .allSatisfy(
                file ->
                    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .doesNotContain(SECRET));
      }

      Result json = run("graph", "--format", "json");
      assertThat(json.err()).isEmpty();
      TreeSet<String> ours =
          new TreeSet<>(new ObjectMapper().readTree(json.out()).findValuesAsText("pkg_id"));
      TreeSet<String> cargos =
          new TreeSet<>(
              Cargo.unitGraph(workspace, environment(), List.of("build"))
                  .findValuesAsText("pkg_id"));
      assertThat(ours).isEqualTo(cargos).anyMatch(id -> id.contains(USER_INFO));
      String rest = json.out();
      for (String id : cargos) {
        rest = rest.replace(id, "");
      }
      assertThat(rest).doesNotContain(SECRET);
    }
  }

  @Test
  @DisplayName("is not in the errors of a repository that does not take it, or lacks the commit")
  void refused() throws Exception {
    String commit = makeRepository();
    try (GitServer server = new GitServer(directory.resolve("served"), "me:another")) {
      assertFailure(
          "denies access",
          "git = \"" + server.url("part", USER_INFO) + "\"",
          "git+" + server.url("part", USER_INFO) + "#" + commit);
    }
    try (GitServer server = new GitServer(directory.resolve("served"), USER_INFO)) {
      assertFailure(
          "any more",
          "git = \"" + server.url("part", USER_INFO) + "\"",
          "git+" + server.url("part", USER_INFO) + "#" + "0".repeat(40));
      assertFailure(
          "no repository at",
          "git = \"" + server.url("absent", USER_INFO) + "\"",
          "git+" + server.url("absent", USER_INFO) + "#" + commit);
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "git, git+http://me:s3cret@127.0.0.1:1/x#COMMIT, cannot fetch",
    "git, git+http://me:s3cret@s3cret@127.0.0.1:1/x#COMMIT, cannot fetch",
    "git, git+ssh://me:s3cret@x.invalid/x#COMMIT, x (for part 0.1.0) uses ssh",
    "git, git+http://me:s3cret@127.0.0.1:1/x#0123abc, a full commit",
    "git, git+http://me:s3cret@127.0.0.1:1/x y#COMMIT, 127.0.0.1",
    "git, git+http://me:s3c%7gret@127.0.0.1:1/x#COMMIT, 127.0.0.1",
    "git, hg+http://me:s3cret@127.0.0.1:1/x#COMMIT, hg+http",
    "registry-index, registry+http://me:s3cret@127.0.0.1:1/x, 127.0.0.1",
    "registry-index, sparse+http://me:s3cret@127.0.0.1:1/x/, without a password",
    "registry-index, sparse+http://me:s3cret@127.0.0.1:1/x, without a password",
  })
  @DisplayName("is not in the error that an address leads to")
  void address(String kind, String source, String problem) throws Exception {
    String whole = source.replace("COMMIT", "0123456789".repeat(4));
    String address = whole.startsWith("sparse+") ? whole : whole.replaceAll("^[a-z]+[+]|#.*", "");
    assertFailure(problem, "version = \"0.1\", " + kind + " = \"" + address + "\"", whole);
  }

  private void assertFailure(String problem, String dependency, String source) throws Exception {
    writeManifest("part = { " + dependency + " }");
    writeLock(source);
    for (String command : List.of("generate", "graph --offline")) {
      Result result = run(command.split(" "));
      assertThat(result.code()).as(command).isGreaterThanOrEqualTo(2);
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .as(command)
          .contains(command.endsWith("offline") ? "" : problem)
          .doesNotContain(SECRET)
          .doesNotContain("s3c")
          .doesNotContain("\tat ");
    }
  }

  @Test
  @DisplayName("is not in the errors about a manifest and cargo's configuration")
  void manifest() throws Exception {
    String address = "https://" + USER_INFO + "@x.invalid/y";
    writeLock("git+" + address + "#" + "0123456789".repeat(4));
    for (String dependency :
        List.of(
            "part = { git = \"" + address + "\", registry = \"mine\" }",
            "part = { git = \"" + address + "\", branch = \"a\", tag = \"b\" }",
            "part = { git = \"" + address + "\" }\n[dev-dependencies]\npart = \"1\"",
            "part = { git = \"" + address + "\", optional = true }\n[features]\na = [\"no\"]",
            "[patch.\"" + address + "\"]\npart.path = \"nowhere\"",
            "[replace.\"" + address + "#part\"]\npath = \"nowhere\"",
            "[profile.dev.package.\"" + address + "?x#part\"]\nopt-level = 1",
            "[profile.dev.package.\"" + address + "#1a\"]\nopt-level = 1",
            "part = { version = \"0.1\", registry-index = \"" + address + "\" }",
            "part = { git = \"" + address + "x\" }")) {
      writeManifest(dependency);
      Result result = run("generate", "--offline");
      assertThat(result.code()).as(dependency).isEqualTo(2);
      assertThat(result.err()).as(dependency).isNotBlank().doesNotContain(SECRET);
    }
  }

  @Test
  @DisplayName("of a registry is not in the error where the registry refuses it")
  void token() throws Exception {
    try (Server server = new Server()) {
      server.on("/", Server.status(401));
      String index = "sparse+http://" + server.address() + "/";
      Path config = Files.createDirectories(workspace.resolve(".cargo")).resolve("config.toml");
      Files.writeString(
          config,
          "[registries.mine]\nindex = \"%s\"\n".formatted(index)
              + "[registry]\nglobal-credential-providers = [\"cargo:token\"]\n");
      writeManifest("part = { version = \"0.1\", registry = \"mine\" }");
      writeLock(index);
      Result result = run("generate");
      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).contains("rejects the token").doesNotContain(SECRET);
      assertThat(server.requests())
          .anyMatch(r -> SECRET.equals(r.getRequestHeaders().getFirst("Authorization")));
    }
  }
}
