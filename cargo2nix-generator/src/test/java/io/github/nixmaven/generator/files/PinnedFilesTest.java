package io.github.nixmaven.generator.files;

import static io.github.nixmaven.generator.net.Server.bytes;
import static io.github.nixmaven.generator.net.Server.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.hash.Hash.Algorithm;
import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Progress;
import io.github.nixmaven.generator.net.Secret;
import io.github.nixmaven.generator.net.Server;
import io.github.nixmaven.generator.nix.StorePath;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@DisplayName("A file that a lock pins, by whatever algorithm,")
class PinnedFilesTest {
  private static final byte[] BYTES = "a package".getBytes(UTF_8);

  @TempDir Path directory;
  private Server server;

  @BeforeEach
  void start() throws IOException {
    server = new Server();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private PinnedFiles files(boolean offline) {
    return new PinnedFiles(
        directory.resolve("cache"),
        ".tgz",
        Optional.of(directory.resolve("store")),
        new Downloader(Duration.ofSeconds(30), 2, System.getenv()),
        offline,
        new PinnedFiles.Remedies("if offline", "if absent"));
  }

  private PinnedFile pinned(Algorithm algorithm) {
    return new PinnedFile(
        "package",
        "left-pad 1.3.0",
        Hash.digest(algorithm, BYTES),
        "left-pad-1.3.0.tgz",
        List.of(directory.resolve("other/none"), directory.resolve("other/it")),
        new Position("package-lock.json", 7, 3));
  }

  private Map<String, Path> read(PinnedFiles files, PinnedFile file) throws Exception {
    PinnedFiles.Server<String> origin =
        new PinnedFiles.Server<>() {
          @Override
          public URI location(String key) {
            return URI.create("http://" + server.address() + "/" + key);
          }

          @Override
          public @Nullable Secret authorization() {
            return null;
          }
        };
    return files.read(
        Map.of("it", file),
        (key, path) -> path,
        (absent, progress) -> files.download(absent, origin, progress),
        Progress.NONE);
  }

  private static Path write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("comes from a server, and then from our cache")
  void server(Algorithm algorithm) throws Exception {
    server.on("/it", bytes(BYTES));
    PinnedFile file = pinned(algorithm);

    Path own = files(true).own(file.hash());
    assertThat(read(files(false), file)).containsExactly(Map.entry("it", own));
    assertThat(read(files(true), file)).containsExactly(Map.entry("it", own));

    assertThat(own).hasBinaryContent(BYTES);
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("is found where another program keeps it, unless it is another file there")
  void elsewhere(Algorithm algorithm) throws Exception {
    PinnedFile file = pinned(algorithm);
    Path other = write(directory.resolve("other/it"), BYTES);

    assertThat(read(files(true), file)).containsExactly(Map.entry("it", other));

    Files.writeString(other, "another");
    assertThat(files(true).find(file)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("is found where Nix fetches it to")
  void nix(Algorithm algorithm) throws Exception {
    PinnedFile file = pinned(algorithm);
    String path = StorePath.flat("left-pad-1.3.0.tgz", file.hash());
    Path inStore = directory.resolve("store").resolve(path.substring("/nix/store/".length()));
    write(inStore, BYTES);

    assertThat(files(true).find(file)).contains(inStore);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("is refused with other bytes")
  void otherBytes(Algorithm algorithm) {
    server.on("/it", bytes("another".getBytes(UTF_8)));

    assertThatThrownBy(() -> read(files(false), pinned(algorithm)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "package-lock.json:7:3: package left-pad 1.3.0: expected "
                + algorithm.standardName()
                + " ");
  }

  @Test
  @DisplayName("that is nowhere is an error in the package manager's words")
  void absent() {
    server.on("/it", status(404));

    assertThatThrownBy(() -> read(files(false), pinned(Algorithm.SHA512)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "package-lock.json:7:3: package left-pad 1.3.0 does not exist: there is nothing at http://%s/it"
                + "\n  if absent",
            server.address());
    assertThatThrownBy(() -> read(files(true), pinned(Algorithm.SHA512)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "package-lock.json:7:3: left-pad 1.3.0 is not in any cache, and this run is offline\n  if offline");
  }

  @Test
  @DisplayName("is kept in our cache if it is the right one")
  void keep() throws Exception {
    PinnedFile file = pinned(Algorithm.SHA512);
    Path right = write(directory.resolve("right"), BYTES);
    Path wrong = write(directory.resolve("wrong"), new byte[1]);

    assertThat(files(true).keep(file, wrong)).isFalse();
    assertThat(files(true).find(file)).isEmpty();
    assertThat(files(true).keep(file, right)).isTrue();
    assertThat(files(true).find(file)).contains(files(true).own(file.hash()));
  }
}
