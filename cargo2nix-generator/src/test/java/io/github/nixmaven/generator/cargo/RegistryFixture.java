package io.github.nixmaven.generator.cargo;

import static io.github.nixmaven.generator.net.Server.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpHandler;
import io.github.nixmaven.generator.cargo.config.CargoConfig;
import io.github.nixmaven.generator.cargo.emit.CargoNix;
import io.github.nixmaven.generator.cargo.git.GitRepositories;
import io.github.nixmaven.generator.cargo.manifest.Profiles;
import io.github.nixmaven.generator.cargo.registry.CrateFiles;
import io.github.nixmaven.generator.cargo.registry.TestCrate;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.net.Server;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A registry on loopback, and a project that needs crates of it and of crates.io. */
abstract class RegistryFixture {
  static final String TOKEN = "Bearer s3cr3t-t0ken";
  static final List<String> BUILD = List.of("build", "--release");

  @TempDir Path parent;
  final Server server = serve();
  final Map<String, byte[]> crates = new HashMap<>();
  final Map<String, String> lines = new HashMap<>();
  final Map<String, String> environment = new HashMap<>(System.getenv());
  final StringBuilder heard = new StringBuilder();
  Duration timeout = Duration.ofSeconds(30);
  Path directory;
  boolean guarded;

  static Server serve() {
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

  String index() {
    return "sparse+http://" + server.address() + "/index/";
  }

  void configure(String more) throws Exception {
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

  static String dependency(String name) {
    return "{\"name\":\"%s\",\"req\":\"^1\",\"features\":[],\"optional\":false,\"default_features\":true,\"target\":null,\"kind\":\"normal\"}"
        .formatted(name);
  }

  /** Puts a crate of version 1.0.0 into the index. */
  void publish(String name, String manifest, String dependencies, String features) {
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

  /** Answers only who shows the token, where one is wanted. */
  HttpHandler guarded(HttpHandler handler) {
    return exchange -> {
      String shown = exchange.getRequestHeaders().getFirst("Authorization");
      if (guarded && !TOKEN.equals(shown)) {
        exchange.sendResponseHeaders(401, -1);
      } else {
        handler.handle(exchange);
      }
    };
  }

  void open(String dl, String path) {
    serveConfiguration("{\"dl\":\"%s\"}".formatted(dl));
    serveCrates(path);
  }

  void serveConfiguration(String json) {
    server.on("/index/config.json", guarded(bytes(json.getBytes(UTF_8))));
  }

  /** At a path with the crate's name in it. */
  void serveCrates(String path) {
    crates.forEach(
        (name, crate) ->
            server.on(
                path.replace("NAME", name).replace("SHA", TestCrate.sha256(crate)),
                guarded(bytes(crate))));
  }

  void openPlain() {
    open("http://" + server.address() + "/dl", "/dl/NAME/1.0.0/download");
  }

  void openWithToken() {
    guarded = true;
    environment.put("CARGO_REGISTRIES_MINE_TOKEN", TOKEN);
    serveConfiguration(
        "{\"dl\":\"http://%s/dl\",\"auth-required\":true}".formatted(server.address()));
    serveCrates("/dl/NAME/1.0.0/download");
  }

  void lock() {
    Cargo.run(directory, environment, List.of("generate-lockfile"));
  }

  CargoProject project() throws Exception {
    return CargoProject.load(directory.resolve("Cargo.toml"), environment);
  }

  PackageSources sources(boolean offline) {
    return new PackageSources(
        new CrateFiles(
            parent.resolve("cache"),
            Optional.empty(),
            Optional.empty(),
            new Downloader(timeout, 8, System.getenv()),
            offline),
        new GitRepositories(parent.resolve("cache"), Optional.empty(), offline, System.getenv()));
  }

  PackageGraph graph(boolean offline) throws Exception {
    Progress progress = (what, done, total) -> heard.append(what).append('\n');
    CargoProject project = project();
    PackageGraph graph = project.graph(sources(offline), progress);
    if (!offline) {
      project.provide(sources(false), progress);
    }
    return graph;
  }

  String cargoNix() throws Exception {
    CargoProject project = project();
    PackageGraph graph = graph(false);
    Profiles profiles = Profiles.of(project.workspace(), "release");
    CargoConfig config = project.workspace().config();
    CargoNix result =
        new CargoNix(graph, profiles, config, new TreeMap<>(), directory, InputsDigest::of);
    List<String> here = List.of("x86_64-unknown-linux-gnu");
    GenerationMatrix.of(here, here, List.of("default"), true)
        .plan(graph, project.workspace().resolver(), profiles, config.rustflags(), result);
    return new String(result.text(), UTF_8);
  }

  void assertSame() throws Exception {
    UnitComparison.assertSame(
        directory.toString(),
        CargoCommand.parse(BUILD).plan(project(), graph(false)),
        Cargo.unitGraph(directory, environment, BUILD));
  }

  String addressOf(String text, String crate) throws Exception {
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

  Throwable refusal() {
    return catchThrowable(() -> graph(false));
  }

  void assertRefused(String problem, String remedy) throws Exception {
    Throwable refusal = refusal();
    assertThat(refusal)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining(remedy);
    StringWriter trace = new StringWriter();
    refusal.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("s3cr3t");
  }
}
