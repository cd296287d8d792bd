package io.github.nixmaven.generator.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.cargo.git.GitRepositories;
import io.github.nixmaven.generator.cargo.git.TestRepository;
import io.github.nixmaven.generator.cargo.registry.CrateFiles;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import io.github.nixmaven.generator.cargo.source.Pin;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.text.DirectoryTree;
import io.github.nixmaven.generator.text.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Sources that stand in for others give the units they give cargo")
class ReplacedSourcesTest {
  private static final List<String> BUILD = List.of("build", "--release");

  @TempDir Path parent;
  private Path directory;
  private final Map<String, String> environment = new HashMap<>(System.getenv());

  @BeforeEach
  void writeWorkspace() throws Exception {
    directory = parent.resolve("project");
    TextWorkspace.unlocked(
        directory,
        """
        ## Cargo.toml
        [package]
        name = "app"
        version = "1.0.0"
        edition = "2021"
        [dependencies]
        itoa = "=1.0.14"
        itoa-old = { package = "itoa", version = "=0.4.8" }
        semver = "=1.0.23"
        cfg-if = "=1.0.0"
        [build-dependencies]
        semver = { version = "=1.0.23", default-features = false }
        ## src/main.rs build.rs
        fn main() {}
        """);
    Cargo.run(directory, environment, List.of("generate-lockfile"));
  }

  /** Cargo and we start without any cache, so that nothing comes from elsewhere. */
  private void withEmptyCaches() {
    environment.put("CARGO_HOME", parent.resolve("home").toString());
    environment.put("CARGO_NET_OFFLINE", "true");
  }

  private void configure(String text) throws Exception {
    Path file = directory.resolve(".cargo/config.toml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void vendor(String folder) throws Exception {
    configure("");
    byte[] config = Cargo.run(directory, environment, List.of("vendor", folder));
    configure(new String(config, StandardCharsets.UTF_8));
    withEmptyCaches();
  }

  private PackageGraph graph() throws Exception {
    return project()
        .graph(
            new PackageSources(
                new CrateFiles(
                    parent.resolve("cache"),
                    Optional.empty(),
                    Optional.empty(),
                    new Downloader(Duration.ofMinutes(2), 8, System.getenv()),
                    true),
                new GitRepositories(
                    parent.resolve("cache"), Optional.empty(), true, System.getenv())),
            Progress.NONE);
  }

  private CargoProject project() throws Exception {
    return CargoProject.load(directory.resolve("Cargo.toml"), environment);
  }

  private void assertSame() throws Exception {
    UnitComparison.assertSame(
        directory.toString(),
        CargoCommand.parse(BUILD).plan(project(), graph()),
        Cargo.unitGraph(directory, environment, BUILD));
  }

  private void assertBothRefuse(String ours, String cargos) {
    assertThatThrownBy(this::graph).isInstanceOf(InputException.class).hasMessageContaining(ours);
    assertThatThrownBy(() -> Cargo.run(directory, environment, List.of("check", "--locked")))
        .isInstanceOf(Cargo.Refused.class)
        .hasMessageContaining(cargos);
  }

  @Test
  @DisplayName("What `cargo vendor` made is read without a registry and without a cache")
  void vendored() throws Exception {
    vendor("vendor");
    assertSame();
    assertThat(graph().nodes())
        .filteredOn(node -> node.locked().label().equals("itoa 0.4.8"))
        .singleElement()
        .satisfies(
            node -> {
              assertThat(node.isLocal()).isFalse();
              assertThat(node.pin())
                  .isEqualTo(new Pin.Folder(directory.resolve("vendor/itoa-0.4.8")));
            });
  }

  @Test
  @DisplayName("Packages of a repository are vendored like others, with what they inherit")
  void vendoredRepository() throws Exception {
    TestRepository repository =
        TestRepository.create(parent.resolve("library"))
            .write(
                "Cargo.toml",
                "[workspace]\nmembers = [\"one\", \"two\"]\n[workspace.dependencies]\n"
                    + "cfg-if = \"=1.0.0\"\n")
            .writePackage(
                "one", "one", "[dependencies]\ncfg-if.workspace = true\ntwo.path = \"../two\"\n")
            .writePackage("two", "two", "[features]\ndefault = [\"on\"]\non = []\n");
    repository.commit();
    repository.git("branch", "some/branch");
    Path manifest = directory.resolve("Cargo.toml");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace(
                "[build-dependencies]",
                "one = { git = \"%s\", branch = \"some/branch\" }\n[build-dependencies]"
                    .formatted(repository.url())));
    Cargo.run(directory, environment, List.of("generate-lockfile"));
    vendor("vendor");
    DirectoryTree.delete(repository.directory());
    assertSame();
  }

  @Test
  @DisplayName("A repository stands in for another one, with its commits")
  void repository() throws Exception {
    TestRepository original =
        TestRepository.create(parent.resolve("original")).writePackage("", "one", "");
    original.commit();
    TestRepository.create(parent.resolve("copy")).git("pull", "--quiet", original.url(), "main");
    Path manifest = directory.resolve("Cargo.toml");
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replaceAll("(itoa|semver|cfg-if).*", "")
            .replace("[build-dependencies]", "one.git = \"%s\"\n".formatted(original.url())));
    Cargo.run(directory, environment, List.of("generate-lockfile"));
    withEmptyCaches();
    environment.remove("CARGO_NET_OFFLINE");
    DirectoryTree.delete(original.directory());
    configure(
        """
        [source.original]
        git = "%s"
        replace-with = "copy"
        [source.copy]
        git = "file://%s"
        """
            .formatted(original.url(), parent.resolve("copy")));
    assertSame();
  }

  @Test
  @DisplayName("A vendored folder may be outside of the project, and its folders called anything")
  void vendoredElsewhere() throws Exception {
    vendor("../shared");
    Path shared = parent.resolve("shared");
    Files.move(shared.resolve("semver"), shared.resolve("some version"));
    Files.createDirectory(shared.resolve("semver"));
    assertSame();
  }

  @Test
  @DisplayName("A vendored file that was edited is an error")
  void edited() throws Exception {
    vendor("vendor");
    Files.writeString(directory.resolve("vendor/cfg-if/src/lib.rs"), "pub fn more() {}");
    assertBothRefuse(
        "vendor/cfg-if/src/lib.rs: the file was changed after it was vendored", "checksum");
    CargoProject project = project();
    assertThatThrownBy(project::verifyVendored)
        .hasMessageContaining("was changed after it was vendored");
  }

  @Test
  @DisplayName("A package that is not in the vendored folder is an error at its place in the lock")
  void missing() throws Exception {
    vendor("vendor");
    DirectoryTree.delete(directory.resolve("vendor/cfg-if"));
    assertBothRefuse("cfg-if 1.0.0 is not in the vendored directory", "cfg-if");
  }

  @Test
  @DisplayName("A vendored package with another crate's checksum is an error")
  void otherChecksum() throws Exception {
    vendor("vendor");
    Path file = directory.resolve("vendor/cfg-if/.cargo-checksum.json");
    Files.writeString(
        file, Files.readString(file).replaceAll("\"package\":\"..", "\"package\":\"00"));
    assertBothRefuse("the lock pins cfg-if 1.0.0 with the checksum", "checksum");
  }

  @Test
  @DisplayName("A vendored package without checksums, or with broken ones, is an error")
  void noChecksums() throws Exception {
    vendor("vendor");
    Path file = directory.resolve("vendor/cfg-if/.cargo-checksum.json");
    Files.writeString(
        file,
        Files.readString(file).replaceFirst("\"Cargo.toml\":\"[^\"]+", "\"Cargo.toml\":\"none"));
    assertBothRefuse(
        "cfg-if/.cargo-checksum.json: the digest of `Cargo.toml` is not a SHA-256", "checksum");
    Files.writeString(file, "{");
    assertBothRefuse("cfg-if/.cargo-checksum.json:1:", "failed to decode `.cargo-checksum.json`");
    Files.delete(file);
    assertBothRefuse("cfg-if/.cargo-checksum.json: no such file", "failed to load checksum");
  }

  @Test
  @DisplayName("A vendored folder that does not exist is an error")
  void noFolder() throws Exception {
    withEmptyCaches();
    configure(
        """
        [source.crates-io]
        replace-with = "mine"
        [source.mine]
        directory = "vendor"
        """);
    assertBothRefuse(
        "vendor: this directory does not exist", "failed to read root of directory source");
  }

  @Test
  @DisplayName("A local registry's crate files serve, and stay in our cache")
  void localRegistry() throws Exception {
    Path registry = Files.createDirectories(parent.resolve("registry"));
    for (String crate : List.of("itoa-1.0.14", "itoa-0.4.8", "semver-1.0.23", "cfg-if-1.0.0")) {
      TestRegistry.addCrate(registry, crate);
    }
    withEmptyCaches();
    configure(
        """
        [source.crates-io]
        replace-with = "mine"
        [source.mine]
        local-registry = "../registry"
        """);
    assertSame();

    Files.writeString(registry.resolve("cfg-if-1.0.0.crate"), "something else");
    DirectoryTree.delete(parent.resolve("cache"));
    DirectoryTree.delete(parent.resolve("home"));
    assertBothRefuse("cfg-if-1.0.0.crate does not match the checksum in Cargo.lock", "checksum");
    Files.delete(registry.resolve("cfg-if-1.0.0.crate"));
    assertBothRefuse("crate cfg-if 1.0.0 is not in the local registry", "cfg-if");
  }

  @Test
  @DisplayName("A chain of replacements is followed to its end")
  void chain() throws Exception {
    vendor("vendor");
    configure(
        """
        [source.crates-io]
        replace-with = "one"
        [source.one]
        registry = "https://localhost/one"
        replace-with = "two"
        [source.two]
        directory = "vendor"
        """);
    assertSame();
  }

  @Test
  @DisplayName("Sources that are replaced with each other are an error")
  void cycle() throws Exception {
    configure(
        """
        [source.crates-io]
        replace-with = "one"
        [source.one]
        directory = "vendor"
        replace-with = "crates-io"
        """);
    assertBothRefuse(
        "config.toml:5:1: the sources crates-io, one replace each other in a loop", "cycle");
  }

  @Test
  @DisplayName("A source that is replaced with an unknown one is an error")
  void unknown() throws Exception {
    configure("[source.crates-io]\nreplace-with = \"one\"\n");
    assertBothRefuse(
        "config.toml:2:1: there is no source `one` to replace `crates-io` with",
        "could not find a configured source");
  }

  @Test
  @DisplayName("A source has exactly one location")
  void locations() throws Exception {
    configure("[source.one]\nreplace-with = \"crates-io\"\n");
    assertBothRefuse("config.toml:1:1: source `one` has no location", "no source location");
    configure("[source.one]\ndirectory = \"a\"\nlocal-registry = \"b\"\n");
    assertBothRefuse(
        "config.toml:3:1: source `one` has more than one location", "more than one source");
    configure("[source.one]\ndirectory = \"a\"\ntag = \"b\"\n");
    assertBothRefuse(
        "config.toml:3:1: `tag` needs a `git` key in the same table", "specifies `tag`");
    configure("[source.one]\ndirectory = \"a\"\n[source.two]\ndirectory = \"a\"\n");
    assertBothRefuse("has the same location as source `one`", "already defined by");
  }

  @Test
  @DisplayName("A registry is not replaced with a repository")
  void git() throws Exception {
    configure(
        """
        [source.crates-io]
        replace-with = "one"
        [source.one]
        git = "https://localhost/one"
        branch = "main"
        """);
    assertBothRefuse(
        "the registry `crates-io` cannot be replaced with `one`", "cannot replace `crates-io`");
  }

  @Test
  @DisplayName("A patch in the configuration leads to a folder relative to it")
  void patch() throws Exception {
    TextWorkspace.unlocked(
        parent,
        """
        ## mine/Cargo.toml
        [package]
        name = "cfg-if"
        version = "1.0.0"
        [features]
        default = ["new"]
        new = []
        ## mine/src/lib.rs
        """);
    configure("[patch.crates-io]\ncfg-if = { path = \"../mine\" }\n");
    Cargo.run(directory, environment, List.of("update", "cfg-if"));
    UnitComparison.assertSame(
        "patched",
        CargoCommand.parse(BUILD).plan(project(), online()),
        Cargo.unitGraph(directory, environment, BUILD));
    assertThat(online().nodes())
        .filteredOn(node -> node.locked().label().equals("cfg-if 1.0.0"))
        .singleElement()
        .satisfies(
            node -> assertThat(node.pin()).isEqualTo(new Pin.Folder(parent.resolve("mine"))));
  }

  private PackageGraph online() throws Exception {
    return project()
        .graph(
            new PackageSources(
                new CrateFiles(
                    PublishedCrate.CACHE,
                    Optional.empty(),
                    Optional.empty(),
                    new Downloader(Duration.ofMinutes(2), 8, System.getenv()),
                    false),
                new GitRepositories(
                    PublishedCrate.CACHE, Optional.empty(), false, System.getenv())),
            Progress.NONE);
  }
}
