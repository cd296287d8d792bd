package io.github.nixmaven.generator.cargo.registry;

import static io.github.nixmaven.generator.net.Server.bytes;
import static io.github.nixmaven.generator.net.Server.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.net.Server;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.RecordFile;
import io.github.nixmaven.generator.text.TomlFile;
import io.github.nixmaven.generator.text.TomlTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CrateFilesTest {
  private static final byte[] BYTES = TestCrate.decent("a-1.0.0").crate();
  private static final CrateId ID = new CrateId("a", "1.0.0", TestCrate.sha256(BYTES));

  /** Crates of several shapes, with the checksums that the registry's index has. */
  private static final List<CrateId> REAL =
      List.of(
          new CrateId(
              "bstr", "1.10.0", "40723b8fb387abc38f4f4a37c09073622e41dd12327033091ef8950659e6dc0c"),
          new CrateId(
              "jemalloc-sys",
              "0.5.4+5.3.0-patched",
              "ac6c1946e1cea1788cbfde01c993b52a10e2da07f4bac608228d1bed20bfebf2"),
          new CrateId(
              "cc", "1.1.18", "b62ac837cdb5cb22e10a256099b4fc502b1dfe560cb282963a974d7abd80e476"),
          new CrateId(
              "windows-sys",
              "0.59.0",
              "1e38bc4d79ed67fd075bcc251a1c39b32a1776bbe92e5bef1f0bf1f8c531853b"));

  @TempDir Path folder;
  private Path cache;
  private Path cargoHome;
  private Path store;
  private Server registry;

  @BeforeEach
  void start() throws IOException {
    cache = folder.resolve("cache");
    cargoHome = folder.resolve("cargo");
    store = Files.createDirectory(folder.resolve("store"));
    registry = new Server();
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  @DisplayName("A crate that is nowhere else comes from the registry, and then from the cache")
  void fromRegistry() throws Exception {
    registry.on("/a/a-1.0.0.crate", bytes(BYTES));

    assertDecent(files(false).contents(List.of(ID), new Told(), Progress.NONE));
    assertDecent(files(true).contents(List.of(ID), new Told(), Progress.NONE));

    assertThat(registry.requests()).hasSize(1);
  }

  @Test
  @DisplayName("What is known of a crate is enough: the file may be gone")
  void fromFacts() throws Exception {
    registry.on("/a/a-1.0.0.crate", bytes(BYTES));
    Path file = files(false).files(List.of(ID), Progress.NONE).get(ID);
    files(false).contents(List.of(ID), new Told(), Progress.NONE);
    Files.delete(file);

    assertDecent(files(true).contents(List.of(ID), new Told(), Progress.NONE));
  }

  @Test
  @DisplayName("Cargo's own cache is used, whichever registry's folder the crate lies in")
  void fromCargo() throws Exception {
    Files.createDirectories(cargoHome.resolve("registry/cache/another-0123456789abcdef"));
    Path file = inCargo(BYTES);

    assertDecent(files(true).contents(List.of(ID), new Told(), Progress.NONE));
    assertThat(files(true).files(List.of(ID), Progress.NONE)).containsExactly(Map.entry(ID, file));
  }

  @Test
  @DisplayName("A crate that Nix has fetched is found at the path that Nix gave it")
  void fromNix() throws Exception {
    Path named = Files.write(folder.resolve("crate-a-1.0.0.tar.gz"), BYTES);
    Path inStore =
        Path.of(
            run(
                    "nix-store",
                    "--option",
                    "build-users-group",
                    "",
                    "--add-fixed",
                    "sha256",
                    named.toString())
                .strip());
    CrateFiles files =
        new CrateFiles(
            cache, Optional.empty(), Optional.of(inStore.getParent()), downloader(), true);

    assertDecent(files.contents(List.of(ID), new Told(), Progress.NONE));
    assertThat(files.files(List.of(ID), Progress.NONE)).containsExactly(Map.entry(ID, inStore));
  }

  @Test
  @DisplayName("Wrong bytes in one place send us to the next, and are never taken")
  void wrongInCaches() throws Exception {
    registry.on("/a/a-1.0.0.crate", bytes(BYTES));
    byte[] other = TestCrate.decent("a-1.0.0").file("a-1.0.0/evil.rs", "").crate();
    inCargo(other);
    Files.createDirectories(cache.resolve("crates"));
    Files.write(cache.resolve("crates").resolve(ID.checksum() + ".crate"), other);

    assertDecent(files(false).contents(List.of(ID), new Told(), Progress.NONE));

    assertThat(registry.requests()).hasSize(1);
  }

  @Test
  @DisplayName(
      "What is known of a crate counts for nothing when it is damaged, and is written anew")
  void damagedFacts() throws Exception {
    inCargo(BYTES);
    files(true).contents(List.of(ID), new Told(), Progress.NONE);
    Path facts = cache.resolve("told");
    byte[] good = Files.readAllBytes(facts);
    List<byte[]> damaged =
        new ArrayList<>(List.of(new byte[0], new byte[3], new byte[4], new byte[500]));
    for (int at = 0; at < good.length; at += 7) {
      byte[] flipped = good.clone();
      flipped[at] ^= 0x10;
      damaged.add(flipped);
    }

    for (byte[] entry : damaged) {
      Files.write(facts, entry);
      assertDecent(files(true).contents(List.of(ID), new Told(), Progress.NONE));
      assertThat(facts).hasBinaryContent(good);
    }
  }

  @Test
  @DisplayName("A checksum under another crate's name is found out, though the facts are known")
  void renamed() throws Exception {
    registry.on("/", bytes(BYTES));
    files(false).contents(List.of(ID), new Told(), Progress.NONE);
    CrateId renamed = new CrateId("b", "1.0.0", ID.checksum());

    assertThatThrownBy(() -> files(false).contents(List.of(renamed), new Told(), Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("crate b 1.0.0 (")
        .hasMessageContaining(") is not a crate that cargo would unpack")
        .hasMessageContaining("'a-1.0.0/Cargo.toml' is outside of b-1.0.0/");
    assertDecent(files(true).contents(List.of(ID), new Told(), Progress.NONE));
  }

  @Test
  @DisplayName("Wrong bytes from the registry are an error with the pin's place and both digests")
  void wrongInRegistry() {
    byte[] other = "other".getBytes(UTF_8);
    registry.on("/a/a-1.0.0.crate", bytes(other));
    CrateId pinned = new CrateId("a", "1.0.0", ID.checksum(), new Position("Cargo.lock", 7, 1));

    assertThatThrownBy(() -> files(false).contents(List.of(pinned), new Told(), Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "Cargo.lock:7:1: crate a 1.0.0: expected SHA-256 %s but got %s from http://%s/a/",
            ID.checksum(), TestCrate.sha256(other), registry.address());
    assertThat(regularFiles(cache)).isEmpty();
  }

  @Test
  @DisplayName("A crate that the registry does not have is the user's mistake")
  void notInRegistry() {
    registry.on("/", status(404));

    assertThatThrownBy(() -> files(false).contents(List.of(ID), new Told(), Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "crate a 1.0.0 does not exist: there is nothing at http://%s/a/a-1.0.0.crate\n",
            registry.address());
  }

  @Test
  @DisplayName(
      "Offline, one error says how many crates are not at hand, names three, and how to get them")
  void offline() throws Exception {
    inCargo(BYTES);
    List<CrateId> wanted = new ArrayList<>(REAL);
    wanted.add(1, ID);

    assertThatThrownBy(() -> files(true).contents(wanted, new Told(), Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "4 files (bstr 1.10.0, jemalloc-sys 0.5.4+5.3.0-patched, cc 1.1.18 and 1 more)"
                + " are not in any cache, and this run is offline\n"
                + "  Run `cargo fetch` in the directory of Cargo.lock, or run once online.");
    assertThat(registry.requests()).isEmpty();
  }

  @Test
  @DisplayName("The order is that of the question, each crate once, and so is the progress")
  void order() throws Exception {
    List<CrateId> wanted = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      byte[] crate = TestCrate.decent("c" + i + "-1.0.0").crate();
      CrateId id = new CrateId("c" + i, "1.0.0", TestCrate.sha256(crate));
      registry.on("/c" + i + "/", bytes(crate));
      wanted.add(id);
    }
    List<CrateId> known = wanted.subList(10, 20);
    files(false).contents(known, new Told(), Progress.NONE);
    List<CrateId> twice = new ArrayList<>(wanted);
    twice.addAll(wanted);
    List<String> steps = Collections.synchronizedList(new ArrayList<>());
    List<Integer> counts = Collections.synchronizedList(new ArrayList<>());

    Map<CrateId, String> contents =
        files(false)
            .contents(
                twice,
                new Told(),
                (what, done, total) -> {
                  assertThat(total).isEqualTo(30);
                  steps.add(what);
                  counts.add(done);
                });

    assertThat(contents.keySet()).containsExactlyElementsOf(wanted);
    assertThat(steps)
        .containsExactlyInAnyOrderElementsOf(wanted.stream().map(CrateId::toString).toList());
    assertThat(counts).isSorted().doesNotHaveDuplicates().startsWith(1).endsWith(30);
  }

  @Test
  @DisplayName("Nothing is asked for nothing")
  void nothing() throws Exception {
    assertThat(files(true).contents(List.of(), new Told(), Progress.NONE)).isEmpty();
    assertThat(cache).doesNotExist();
  }

  @Test
  @DisplayName("Several at a time may share a cache")
  void shared() throws Exception {
    List<CrateId> wanted = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      byte[] crate = TestCrate.decent("c" + i + "-1.0.0").crate();
      wanted.add(new CrateId("c" + i, "1.0.0", TestCrate.sha256(crate)));
      registry.on("/c" + i + "/", bytes(crate));
    }
    ExecutorService users = Executors.newFixedThreadPool(4);
    Callable<Map<CrateId, String>> user =
        () -> files(false).contents(wanted, new Told(), Progress.NONE);
    for (Future<Map<CrateId, String>> result : users.invokeAll(List.of(user, user, user, user))) {
      assertThat(result.get().keySet()).containsExactlyElementsOf(wanted);
    }
    users.shutdown();

    assertThat(regularFiles(cache)).hasSize(31);
  }

  @Test
  @DisplayName("Real crates are read as tar reads them")
  void real() throws Exception {
    CrateFiles files =
        new CrateFiles(cache, Optional.empty(), Optional.empty(), downloader(), false);

    Map<CrateId, String> contents = files.contents(REAL, new Told(), Progress.NONE);

    assertThat(contents.keySet()).containsExactlyElementsOf(REAL);
    Map<CrateId, Path> paths = files.files(REAL, Progress.NONE);
    for (CrateId id : REAL) {
      String file = paths.get(id).toString();
      String manifest = run("tar", "-xzOf", file, id.folder() + "/Cargo.toml");
      List<String> inferred =
          run("tar", "-tzf", file)
              .lines()
              .map(name -> name.substring(id.folder().length() + 1))
              .filter(
                  name ->
                      name.matches(
                          "README(\\.md|\\.txt)?|[^/]+\\.rs|src/[^/]+\\.rs"
                              + "|(src/bin|examples|tests|benches)/([^/]+\\.rs|[^/]+/main\\.rs)"))
              .sorted()
              .toList();
      assertThat(inferred).contains("src/lib.rs");
      assertThat(contents.get(id))
          .isEqualTo(told(TomlFile.parse("Cargo.toml", manifest.getBytes(UTF_8)), inferred));
    }
  }

  private void assertDecent(Map<CrateId, String> contents) {
    assertThat(contents).containsOnly(Map.entry(ID, "{package={name=a-1.0.0}} [src/lib.rs]"));
  }

  private static String told(TomlTable manifest, List<String> files) {
    return manifest.plain() + " " + files;
  }

  /** Keeps all that is read of a crate. */
  private static final class Told implements Facts<String> {
    @Override
    public String fileName() {
      return "told";
    }

    @Override
    public String of(CrateContents contents) {
      return told(contents.manifest(), contents.files());
    }

    @Override
    public void write(String told, RecordFile.Writer out) {
      out.string(told);
    }

    @Override
    public String read(RecordFile.Reader in) {
      return in.string();
    }
  }

  private Path inCargo(byte[] crate) throws IOException {
    Path registryFolder =
        Files.createDirectories(cargoHome.resolve("registry/cache/index-1949cf8c6b5b557f"));
    return Files.write(registryFolder.resolve("a-1.0.0.crate"), crate);
  }

  private CrateFiles files(boolean offline) {
    return new CrateFiles(
        cache,
        Optional.of(cargoHome),
        Optional.of(store),
        downloader(),
        offline,
        Registry.ofFiles(
            "test", "http://" + registry.address() + "/{crate}/{crate}-{version}.crate"));
  }

  private static Downloader downloader() {
    return new Downloader(Duration.ofSeconds(30), 8, System.getenv());
  }

  private static List<Path> regularFiles(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }
}
