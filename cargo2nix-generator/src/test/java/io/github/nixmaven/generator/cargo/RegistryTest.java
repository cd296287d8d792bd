package io.github.nixmaven.generator.cargo;

import static io.github.nixmaven.generator.net.Server.bytes;
import static io.github.nixmaven.generator.net.Server.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.nixmaven.generator.cargo.config.Rustflags;
import io.github.nixmaven.generator.cargo.emit.CargoNix;
import io.github.nixmaven.generator.cargo.git.GitRepositories;
import io.github.nixmaven.generator.cargo.git.TestRepository;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.registry.CrateFiles;
import io.github.nixmaven.generator.cargo.registry.TestCrate;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Endpoints;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.net.Server;
import io.github.nixmaven.generator.text.DirectoryTree;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Packages of other registries are read as cargo reads them")
class RegistryTest {
  private static final String TOKEN = "Bearer s3cr3t-t0ken";
  private static final List<String> BUILD = List.of("build", "--release");

  @TempDir Path parent;
  private final Server server = serve();
  private final Map<String, byte[]> crates = new HashMap<>();
  private final Map<String, String> lines = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>(System.getenv());
  private final StringBuilder heard = new StringBuilder();
  private Duration timeout = Duration.ofSeconds(30);
  private Path directory;

  private static Server serve() {
    try {
      return new Server();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  /** The registry has a crate by the name of one of crates.io, of the same version. */
  @BeforeEach
  void writeWorkspace() throws Exception {
    directory = parent.resolve("project");
    environment.put("CARGO_HOME", parent.resolve("home").toString());
    configure("");
    TextWorkspace.unlocked(
        directory,
        """
        ## Cargo.toml
        [package]
        name = "app"
        version = "1.0.0"
        edition = "2021"
        [dependencies]
        cfg-if = "=1.0.0"
        other = { package = "cfg-if", version = "=1.0.0", registry = "mine" }
        Upper = { version = "1", registry = "mine", features = ["more"] }
        ## src/main.rs
        fn main() {}
        """);
    publish(
        "cfg-if",
        "[features]\ndefault = [\"mine\"]\nmine = []\n",
        "",
        "\"default\":[\"mine\"],\"mine\":[]");
    publish(
        "abc",
        "[dependencies.cfg-if]\nversion = \"1\"\nregistry-index = \"%s\"\n".formatted(index()),
        dependency("cfg-if"),
        "");
    publish(
        "Upper",
        "[features]\nmore = []\n[dependencies.abc]\nversion = \"1\"\nregistry-index = \"%s\"\n"
            .formatted(index()),
        dependency("abc"),
        "\"more\":[]");
  }

  private String index() {
    return "sparse+http://" + server.address() + "/index/";
  }

  private void configure(String more) throws Exception {
    Path file = directory.resolve(".cargo/config.toml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        [registries.mine]
        index = "%s"
        [registry]
        global-credential-providers = ["cargo:token"]
        %s
        """
            .formatted(index(), more));
  }

  private static String dependency(String name) {
    return "{\"name\":\"%s\",\"req\":\"^1\",\"features\":[],\"optional\":false,\"default_features\":true,\"target\":null,\"kind\":\"normal\"}"
        .formatted(name);
  }

  /** Puts a crate of version 1.0.0 into the index. */
  private void publish(String name, String manifest, String dependencies, String features) {
    byte[] crate =
        new TestCrate()
            .file(
                name + "-1.0.0/Cargo.toml",
                "[package]\nname = \"" + name + "\"\nversion = \"1.0.0\"\n" + manifest)
            .file(name + "-1.0.0/src/lib.rs", "")
            .crate();
    crates.put(name, crate);
    String line =
        "{\"name\":\"%s\",\"vers\":\"1.0.0\",\"deps\":[%s],\"cksum\":\"%s\",\"features\":{%s},\"yanked\":false}\n"
            .formatted(name, dependencies, TestCrate.sha256(crate), features);
    String path = TestRegistry.indexPath(name.toLowerCase(Locale.ROOT));
    lines.put(path, line);
    server.on("/index/" + path, guarded(bytes(line.getBytes(UTF_8))));
  }

  private boolean guarded;

  /** Answers only who shows the token, where one is wanted. */
  private HttpHandler guarded(HttpHandler handler) {
    return exchange -> {
      String shown = exchange.getRequestHeaders().getFirst("Authorization");
      if (guarded && !TOKEN.equals(shown)) {
        exchange.sendResponseHeaders(401, -1);
      } else {
        handler.handle(exchange);
      }
    };
  }

  private void open(String dl, String path) {
    serveConfiguration("{\"dl\":\"%s\"}".formatted(dl));
    serveCrates(path);
  }

  private void serveConfiguration(String json) {
    server.on("/index/config.json", guarded(bytes(json.getBytes(UTF_8))));
  }

  /** At a path with the crate's name in it. */
  private void serveCrates(String path) {
    crates.forEach(
        (name, crate) ->
            server.on(
                path.replace("NAME", name).replace("SHA", TestCrate.sha256(crate)),
                guarded(bytes(crate))));
  }

  private void openPlain() {
    open("http://" + server.address() + "/dl", "/dl/NAME/1.0.0/download");
  }

  private void openWithToken() {
    guarded = true;
    environment.put("CARGO_REGISTRIES_MINE_TOKEN", TOKEN);
    serveConfiguration(
        "{\"dl\":\"http://%s/dl\",\"auth-required\":true}".formatted(server.address()));
    serveCrates("/dl/NAME/1.0.0/download");
  }

  private void lock() {
    Cargo.run(directory, environment, List.of("generate-lockfile"));
  }

  private CargoProject project() throws Exception {
    return CargoProject.load(directory.resolve("Cargo.toml"), environment);
  }

  private PackageSources sources(boolean offline) {
    return new PackageSources(
        new CrateFiles(
            parent.resolve("cache"),
            Optional.empty(),
            Optional.empty(),
            new Downloader(timeout, 8),
            offline),
        new GitRepositories(parent.resolve("cache"), Optional.empty(), offline));
  }

  private PackageGraph graph(boolean offline) throws Exception {
    Progress progress = (what, done, total) -> heard.append(what).append('\n');
    CargoProject project = project();
    PackageGraph graph = project.graph(sources(offline), progress);
    if (!offline) {
      project.provide(sources(false), progress);
    }
    return graph;
  }

  private String cargoNix() throws Exception {
    CargoProject project = project();
    PackageGraph graph = graph(false);
    Profiles profiles = Profiles.of(project.workspace(), "release");
    Rustflags rustflags = project.workspace().config().rustflags();
    CargoNix result = new CargoNix(graph, profiles, rustflags::of, directory, InputsDigest::of);
    List<String> here = List.of("x86_64-unknown-linux-gnu");
    Scope.of(here, here, List.of("default"), true)
        .plan(graph, project.workspace().resolver(), profiles, rustflags, result);
    return new String(result.text(), UTF_8);
  }

  private void assertSame() throws Exception {
    UnitComparison.assertSame(
        directory.toString(),
        CargoCommand.parse(BUILD).plan(project(), graph(false)),
        Cargo.unitGraph(directory, environment, BUILD));
  }

  private String addressOf(String text, String crate) throws Exception {
    Path file = directory.resolve("Cargo.nix");
    Files.writeString(file, text);
    Process process =
        new ProcessBuilder(
                "nix-instantiate",
                "--eval",
                "--strict",
                "--expr",
                """
                let
                  recorded = import %s {
                    lib = { };
                    stdenv.hostPlatform.rust.rustcTarget = "x86_64-unknown-linux-gnu";
                    fetchurl = { url, ... }: url;
                    pkgs.stdenv.hostPlatform = { };
                    buildRustCrateForPkgs = _: { exact = true; __functor = _: crate: crate; };
                    defaultCrateOverrides = { };
                  };
                  find = crate: [ crate ] ++ builtins.concatMap find (builtins.attrValues crate.externs);
                in map (crate: crate.src) (builtins.filter (crate: crate.key == "%s") (find recorded.rootCrate.build))
                """
                    .formatted(file, crate))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  @DisplayName("A sparse registry without markers in `dl`")
  void sparse() throws Exception {
    openPlain();
    lock();
    assertSame();
    String text = cargoNix();
    String name = server.address() + "/index";
    assertThat(text)
        .contains("\"cfg-if 1.0.0\" = ")
        .contains("\"cfg-if 1.0.0 [" + name + "]\" = ")
        .contains("registry = \"" + name + "\";");
    assertThat(addressOf(text, "cfg-if 1.0.0 [" + name + "]"))
        .contains("\"http://" + server.address() + "/dl/cfg-if/1.0.0/download\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry+CRATES_IO#cfg-if",
        "registry+CRATES_IO#cfg-if@1.0",
        "CRATES_IO#cfg-if@1",
        "CRATES_IO#cfg-if@2",
        "sparse+CRATES_IO#cfg-if",
        "sparse+MINE#cfg-if",
        "sparse+MINE#cfg-if:1.0.0",
        "registry+MINE#cfg-if",
        "MINE#cfg-if",
      })
  @DisplayName("An address in an override of a profile means that registry's package only")
  void packageSpecification(String spec) throws Exception {
    openPlain();
    String key =
        spec.replace("CRATES_IO", Endpoints.CRATES_IO_INDEX)
            .replace("MINE", "http://" + server.address() + "/index/");
    Files.writeString(
        directory.resolve("Cargo.toml"),
        "\n[profile.release.package.\"%s\"]\nopt-level = 1\n".formatted(key),
        StandardOpenOption.APPEND);
    lock();
    assertSame();
  }

  @Test
  @DisplayName("All markers of `dl` are filled in, here and in Cargo.nix")
  void markers() throws Exception {
    String address = "http://" + server.address();
    serveConfiguration(
        "{\"dl\":\"%s/f/{prefix}/{lowerprefix}/{crate}-{version}-{sha256-checksum}.crate\"}"
            .formatted(address));
    crates.forEach(
        (name, crate) -> {
          String prefix =
              name.length() == 3 ? "3/a" : name.substring(0, 2) + "/" + name.substring(2, 4);
          server.on(
              "/f/%s/%s/%s-1.0.0-%s.crate"
                  .formatted(
                      prefix, prefix.toLowerCase(Locale.ROOT), name, TestCrate.sha256(crate)),
              bytes(crate));
        });
    lock();
    assertSame();
    String text = cargoNix();
    assertThat(addressOf(text, "Upper 1.0.0"))
        .contains(
            "\"%s/f/Up/pe/up/pe/Upper-1.0.0-%s.crate\""
                .formatted(address, TestCrate.sha256(crates.get("Upper"))));
    assertThat(addressOf(text, "abc 1.0.0"))
        .contains(
            "\"%s/f/3/a/3/a/abc-1.0.0-%s.crate\""
                .formatted(address, TestCrate.sha256(crates.get("abc"))));
  }

  @Test
  @DisplayName("A token is shown to a registry that wants one, and to nobody else")
  void token() throws Exception {
    openWithToken();
    lock();
    int before = server.requests().size();
    String text = cargoNix();
    assertSame();

    List<HttpExchange> ours =
        server.requests().subList(before, server.requests().size()).stream()
            .filter(
                request ->
                    request.getRequestHeaders().getFirst("User-Agent").startsWith("cargo2nix"))
            .toList();
    assertThat(ours)
        .extracting(
            request ->
                request.getRequestURI().getPath()
                    + " "
                    + request.getRequestHeaders().getFirst("Authorization"))
        .containsExactlyInAnyOrder(
            "/index/config.json null",
            "/index/config.json " + TOKEN,
            "/dl/cfg-if/1.0.0/download " + TOKEN,
            "/dl/abc/1.0.0/download " + TOKEN,
            "/dl/Upper/1.0.0/download " + TOKEN);
    assertThat(text + heard).doesNotContain("s3cr3t");
    assertNoTokenBelow(parent.resolve("cache"));
  }

  private static void assertNoTokenBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), UTF_8)).doesNotContain("s3cr3t");
      }
    }
  }

  @Test
  @DisplayName("A token stands in credentials.toml of cargo's home, too")
  void credentials() throws Exception {
    openWithToken();
    environment.remove("CARGO_REGISTRIES_MINE_TOKEN");
    Path home = Files.createDirectories(parent.resolve("home"));
    Files.writeString(home.resolve("credentials.toml"), "[registries.mine]\ntoken = \"wrong\"\n");
    Files.writeString(
        home.resolve("credentials"), "[registries.mine]\ntoken = \"" + TOKEN + "\"\n");
    lock();
    assertSame();
  }

  @Test
  @DisplayName("Where a crate file is redirected to another server, that one sees no token")
  void redirect() throws Exception {
    guarded = true;
    environment.put("CARGO_REGISTRIES_MINE_TOKEN", TOKEN);
    serveConfiguration(
        "{\"dl\":\"http://%s/moved/{crate}\",\"auth-required\":true}".formatted(server.address()));
    try (Server other = new Server()) {
      crates.forEach((name, crate) -> other.on("/" + name, bytes(crate)));
      server.on(
          "/moved/",
          guarded(
              exchange -> {
                String name = exchange.getRequestURI().getPath().replace("/moved/", "");
                exchange
                    .getResponseHeaders()
                    .set("Location", "http://" + other.address() + "/" + name);
                exchange.sendResponseHeaders(302, -1);
              }));
      lock();
      graph(false);
      assertThat(other.requests())
          .hasSize(3)
          .allSatisfy(
              request ->
                  assertThat(request.getRequestHeaders()).doesNotContainKey("Authorization"));
    }
  }

  @Test
  @DisplayName(
      "A registry whose index is a git repository, without and with a token for its crate files")
  void git() throws Exception {
    TestRepository repository = TestRepository.create(parent.resolve("index.git"));
    lines.forEach(
        (path, line) -> {
          try {
            repository.write(path, line.replace(index(), repository.url()));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    String dl = "{\"dl\":\"http://%s/dl\"%s}";
    repository.write("config.json", dl.formatted(server.address(), "")).commit();
    Path config = directory.resolve(".cargo/config.toml");
    String configured = Files.readString(config);
    Files.writeString(config, configured.replace(index(), "file:../index.git"));
    openPlain();
    lock();
    assertThat(Files.readString(directory.resolve("Cargo.lock")))
        .contains("source = \"registry+" + repository.url() + "\"");
    assertSame();

    DirectoryTree.delete(parent.resolve("cache"));
    DirectoryTree.delete(parent.resolve("home"));
    repository.write("config.json", dl.formatted(server.address(), ",\"auth-required\":true"));
    repository.commit();
    Files.writeString(config, configured.replace(index(), repository.url()));
    guarded = true;
    environment.put("CARGO_REGISTRIES_MINE_TOKEN", TOKEN);
    assertSame();
    assertThat(cargoNix()).contains("registry = \"" + parent.resolve("index") + "\";");

    DirectoryTree.delete(parent.resolve("cache"));
    repository.git("rm", "--quiet", "config.json");
    repository.commit();
    assertRefused("the repository " + repository.url() + " has no file config.json", "Compare");
    DirectoryTree.delete(repository.directory());
    assertRefused("there is no repository at " + repository.url(), "Compare the address");
  }

  @Test
  @DisplayName("What was read once is not asked for again")
  void offline() throws Exception {
    openPlain();
    lock();
    graph(false);
    int before = server.requests().size();
    graph(false);
    graph(true);
    assertThat(server.requests()).hasSize(before);
    DirectoryTree.delete(parent.resolve("cache"));
    assertThatThrownBy(() -> graph(true))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("offline");
  }

  @Test
  @DisplayName(
      "A mirror that stands in for crates.io serves its crates, and Cargo.nix does not tell")
  void mirror() throws Exception {
    openPlain();
    lock();
    byte[] crate =
        java.net
            .URI
            .create(
                io.github.nixmaven.generator.net.Endpoints.CRATES_IO_FILES
                    + "/cfg-if/cfg-if-1.0.0.crate")
            .toURL()
            .openStream()
            .readAllBytes();
    server.on(
        "/mirror/config.json",
        bytes(
            "{\"dl\":\"http://%s/mirror/{crate}.crate\"}"
                .formatted(server.address())
                .getBytes(UTF_8)));
    server.on("/mirror/cfg-if.crate", bytes(crate));
    String direct = cargoNix();
    DirectoryTree.delete(parent.resolve("cache"));
    configure(
        """
        [source.crates-io]
        replace-with = "mirror"
        [source.mirror]
        registry = "sparse+http://%s/mirror/"
        """
            .formatted(server.address()));
    assertThat(cargoNix()).isEqualTo(direct);
    assertThat(server.requests())
        .extracting(request -> request.getRequestURI().getPath())
        .contains("/mirror/cfg-if.crate");
  }

  @Test
  @DisplayName("A source is replaced with a registry by the name of that, too")
  void mirrorByName() throws Exception {
    openPlain();
    lock();
    configure(
        """
        [source.other]
        registry = "%s"
        replace-with = "mirror"
        [registries.mirror]
        index = "sparse+http://%s/mirror/"
        """
            .formatted(index(), server.address()));
    server.on(
        "/mirror/config.json",
        bytes("{\"dl\":\"http://%s/dl\"}".formatted(server.address()).getBytes(UTF_8)));
    assertThat(cargoNix()).contains("registry = \"" + server.address() + "/index\";");
    assertThat(server.requests())
        .extracting(request -> request.getRequestURI().getPath())
        .contains("/mirror/config.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cargo.toml", ".cargo/config.toml"})
  @DisplayName("A patch puts a registry's package in the place of one of crates.io")
  void patch(String place) throws Exception {
    openPlain();
    Path manifest = directory.resolve("Cargo.toml");
    Files.writeString(manifest, Files.readString(manifest).replaceAll("other = .*\n", ""));
    Path patched = directory.resolve(place);
    Files.writeString(
        patched,
        Files.readString(patched)
            + "\n[patch.crates-io]\ncfg-if = { version = \"1\", registry = \"mine\" }\n");
    lock();
    assertThat(Files.readString(directory.resolve("Cargo.lock"))).doesNotContain("crates.io-index");
    assertSame();
    assertThat(cargoNix()).doesNotContain("crates-io = ");
  }

  // --- refusals

  private Throwable refusal() {
    return catchThrowable(() -> graph(false));
  }

  private void assertRefused(String problem, String remedy) throws Exception {
    Throwable refusal = refusal();
    assertThat(refusal)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining(remedy);
    StringWriter trace = new StringWriter();
    refusal.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("s3cr3t");
  }

  @Test
  @DisplayName("Without a token, a registry that wants one is an error that says how to set it")
  void noToken() throws Exception {
    openWithToken();
    lock();
    environment.remove("CARGO_REGISTRIES_MINE_TOKEN");
    assertRefused(
        "the registry `mine` (" + index() + ") wants a token, and there is none",
        "Set CARGO_REGISTRIES_MINE_TOKEN, or run `cargo login --registry mine`.");
    assertThatThrownBy(() -> Cargo.run(directory, environment, List.of("update")))
        .hasMessageContaining("no token found");
  }

  @Test
  @DisplayName("A token that the registry does not take is an error that does not show it")
  void wrongToken() throws Exception {
    openWithToken();
    lock();
    environment.put("CARGO_REGISTRIES_MINE_TOKEN", "Bearer another s3cr3t");
    assertRefused("the registry `mine` (" + index() + ") does not take the token", "Renew the");
    environment.put("CARGO_REGISTRIES_MINE_TOKEN", "s3cr3t\nX-Injected: 1");
    assertRefused("the token of the registry `mine` has characters", "in one line");
  }

  @Test
  @DisplayName("As in cargo, no token is shown where no credential provider is configured")
  void noProvider() throws Exception {
    openWithToken();
    lock();
    Path file = directory.resolve(".cargo/config.toml");
    String configured = Files.readString(file);
    Files.writeString(file, configured.replace("global-credential-providers", "something-else"));
    assertRefused("no credential provider is configured", "[\"cargo:token\"]");
    assertThatThrownBy(() -> Cargo.run(directory, environment, List.of("update")))
        .hasMessageContaining("authenticated registries require a credential-provider");
    Files.writeString(file, configured.replace("cargo:token", "cargo:libsecret"));
    assertRefused("the credential provider `cargo:libsecret` cannot be asked", "[\"cargo:token\"]");
  }

  @Test
  @DisplayName("A file that may hold a token and is no TOML is an error that shows none of it")
  void brokenCredentials() throws Exception {
    openWithToken();
    lock();
    environment.remove("CARGO_REGISTRIES_MINE_TOKEN");
    Files.writeString(
        parent.resolve("home/credentials.toml"), "[registries.mine]\ntoken = s3cr3t\n");
    assertRefused("credentials.toml:2:", "quotation marks");
    Files.delete(parent.resolve("home/credentials.toml"));
    configure("[registries.other]\ntoken = s3cr3t\n");
    assertRefused("config.toml:6:", "quotation marks");
  }

  @Test
  @DisplayName("A registry that lets us in but refuses a crate file is an error")
  void refusesCrate() throws Exception {
    openPlain();
    lock();
    crates.keySet().forEach(name -> server.on("/no/" + name, status(403)));
    replaceConfiguration("{\"dl\":\"http://%s/no/{crate}\"}".formatted(server.address()));
    assertRefused("does not let anybody in", "Ask who runs the registry");
  }

  /** The server's answers cannot be changed, so the registry moves. */
  private void replaceConfiguration(String json) throws Exception {
    move();
    server.on("/moved-index/config.json", bytes(json.getBytes(UTF_8)));
  }

  private void move() throws Exception {
    for (String name : List.of("Cargo.lock", ".cargo/config.toml")) {
      Path file = directory.resolve(name);
      Files.writeString(
          file,
          Files.readString(file)
              .replace(server.address() + "/index/", server.address() + "/moved-index/"));
    }
  }

  @Test
  @DisplayName("No registry at the address, and a registry without the crate, are errors")
  void absent() throws Exception {
    openPlain();
    lock();
    server.on("/nothing", status(404));
    replaceConfiguration("{\"dl\":\"http://%s/nothing\"}".formatted(server.address()));
    assertRefused(
        "does not exist: nothing at http://" + server.address() + "/nothing", "Cargo.lock");
    DirectoryTree.delete(parent.resolve("cache"));
    Path lock = directory.resolve("Cargo.lock");
    Files.writeString(lock, Files.readString(lock).replace("/moved-index/", "/nowhere/"));
    assertRefused("there is no registry at http://" + server.address() + "/nowhere/", "index");
  }

  @Test
  @DisplayName("A configuration that is of no use is an error")
  void badConfiguration() throws Exception {
    openPlain();
    lock();
    move();
    server.on(
        "/moved-index/config.json",
        Server.inTurn(
            bytes("<html>".getBytes(UTF_8)),
            bytes("{\"api\":\"http://localhost\"}".getBytes(UTF_8)),
            bytes("{\"dl\":\"ftp://localhost/{crate}\"}".getBytes(UTF_8)),
            bytes("{\"dl\":\"https://user:s3cr3t@localhost/{crate}\"}".getBytes(UTF_8))));
    assertRefused("is of no use: it is not JSON", "Tell the registry");
    assertRefused("is of no use: it has no `dl`", "Tell the registry");
    assertRefused("is of no use: its `dl` is not an address", "Tell the registry");
    assertRefused("is of no use: its `dl` is not an address", "Tell the registry");
  }

  @Test
  @DisplayName("Wrong bytes are an error that names both digests")
  void wrongBytes() throws Exception {
    openPlain();
    lock();
    crates.keySet().forEach(name -> server.on("/wrong/" + name, bytes("other".getBytes(UTF_8))));
    replaceConfiguration("{\"dl\":\"http://%s/wrong/{crate}\"}".formatted(server.address()));
    assertRefused("expected SHA-256", "compare the pin with its history");
  }

  @Test
  @DisplayName("A registry that answers 500 is a fault that says so")
  void internalError() throws Exception {
    openPlain();
    lock();
    move();
    server.on("/moved-index/config.json", status(500));
    assertThat(refusal())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/moved-index/config.json answered with status 500 (tried 5 times)");
  }

  @Test
  @DisplayName("A registry that does not answer is a fault that says so")
  void silent() throws Exception {
    openPlain();
    lock();
    move();
    server.on("/moved-index/config.json", server.silent());
    timeout = Duration.ofMillis(200);
    assertThat(refusal())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/moved-index/config.json: silent for 0.2 s (tried 5 times)");
  }

  @Test
  @DisplayName("A registry that the configuration does not know is an error at the dependency")
  void unknownRegistry() throws Exception {
    openPlain();
    lock();
    Files.writeString(directory.resolve(".cargo/config.toml"), "");
    assertRefused("Cargo.toml:7:1: there is no registry `mine`", "Add `[registries.mine]`");
    assertThatThrownBy(() -> Cargo.unitGraph(directory, environment, BUILD))
        .hasMessageContaining("registry index was not found in any configuration: `mine`");
    environment.put("CARGO_REGISTRIES_MINE_INDEX", index());
    assertSame();
  }

  @Test
  @DisplayName("A password in a registry's address is an error that does not show it")
  void password() throws Exception {
    openPlain();
    lock();
    configure(
        """
        [source.crates-io]
        replace-with = "mirror"
        [source.mirror]
        registry = "sparse+http://user:s3cr3t@localhost/index/"
        """);
    assertRefused("the address of a registry holds a user or a password", "Take it out");
  }
}
