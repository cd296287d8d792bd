package io.github.nixmaven.generator.net;

import static io.github.nixmaven.generator.net.Server.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.hash.Hash.Algorithm;
import io.github.nixmaven.generator.net.Downloader.Download;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The digests below are what {@code openssl dgst} prints. */
@Timeout(60)
@DisplayName("A download is verified by whatever algorithm a lock pins it with")
class DownloadedHashTest {
  private static final byte[] CONTENT = "what was pinned".getBytes(UTF_8);
  private static final byte[] OTHER = "something else".getBytes(UTF_8);

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

  static Stream<Arguments> pins() {
    return Stream.of(
        Arguments.of(
            Hash.parse(Algorithm.SHA1, "1804203c21b5199a67cf4e01c0a75873304336e9"),
            "SHA-1 1804203c21b5199a67cf4e01c0a75873304336e9",
            "637828c03aae38af639cc721200f2584864e8797"),
        Arguments.of(
            Hash.parse(
                Algorithm.SHA256,
                "d3d4167c99134fcdb82d20cd672944bbf6f261136122e9235b57d4eba3d33327"),
            "SHA-256 d3d4167c99134fcdb82d20cd672944bbf6f261136122e9235b57d4eba3d33327",
            "f41f3fa625ff120ddca7ef456bf66371ecea23c129f4e4c32367101edb516cf8"),
        // As it is in package-lock.json, and the same in the form in which a message shows it.
        Arguments.of(
            Hash.parseSri(
                "sha512-rcQY20KN8bREgL+uYLEtMI+fBG6d7Q1HcOOUpGKremAiCiuBNNtSrs/PiHpYcP7PldvF63aZ"
                    + "PBaGhE76J6ZquA=="),
            "SHA-512 sha512-rcQY20KN8bREgL+uYLEtMI+fBG6d7Q1HcOOUpGKremAiCiuBNNtSrs/PiHpYcP7PldvF"
                + "63aZPBaGhE76J6ZquA==",
            "sha512-NFJPgMVW1OXAHj7S0GASZTwC1DbKo++ACCVQFfne/x8A6KcK42g9BtGbXcn7TBMPqkVZ+wrRygXG"
                + "PpLmFuJJ+A=="));
  }

  @ParameterizedTest
  @MethodSource("pins")
  void right(Hash hash) throws Exception {
    fetch(download(hash, bytes(CONTENT)));

    assertThat(directory.resolve("it")).hasBinaryContent(CONTENT);
    assertThat(Downloader.isThere(directory.resolve("it"), hash)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("pins")
  @DisplayName("A file that is there already is not fetched again")
  void there(Hash hash) throws Exception {
    Files.write(directory.resolve("it"), CONTENT);

    fetch(download(hash, bytes(OTHER)));

    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pins")
  void wrong(Hash hash, String expected, String got) {
    Download download = download(hash, bytes(OTHER));

    assertThatThrownBy(() -> fetch(download))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "lock:7:3: it: expected "
                + expected
                + " but got "
                + got
                + " from "
                + download.sources().get(0)
                + "\n  Either the pinned digest was edited, or the server's file has changed since it"
                + " was pinned: compare the pin with its history before you trust either.");
    assertThat(directory).isEmptyDirectory();
  }

  private Download download(Hash hash, HttpHandler handler) {
    URI source = server.on("/it", handler);
    return new Download(
        "it", List.of(source), directory.resolve("it"), hash, -1, new Position("lock", 7, 3));
  }

  private static void fetch(Download download) throws IOException, InterruptedException {
    new Downloader(Duration.ofSeconds(10), 1, System.getenv())
        .fetch(List.of(download), Progress.NONE);
  }
}
