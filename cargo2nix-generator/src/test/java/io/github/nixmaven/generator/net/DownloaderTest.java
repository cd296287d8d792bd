package io.github.nixmaven.generator.net;

import static io.github.nixmaven.generator.net.Server.bytes;
import static io.github.nixmaven.generator.net.Server.inTurn;
import static io.github.nixmaven.generator.net.Server.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.nixmaven.generator.cargo.lock.CratesIo;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.net.Downloader.Download;
import io.github.nixmaven.generator.text.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DownloaderTest extends DownloaderFixture {
  @Test
  @DisplayName("A file is fetched, into folders that did not exist, and nothing lies beside it")
  void fetches() throws Exception {
    Path target = folder.resolve("a/b/file");

    fetch(
        new Download("it", List.of(server.on("/it", bytes(CONTENT))), target, sha256(CONTENT), 15));

    assertThat(target).hasBinaryContent(CONTENT);
    assertThat(files()).containsExactly(target);
  }

  @Test
  @DisplayName("A server learns the program's name and nothing about the machine")
  void userAgent() throws Exception {
    fetch(download("it", server.on("/it", bytes(CONTENT))));

    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0).getRequestHeaders().get("User-Agent"))
        .singleElement()
        .asString()
        .matches("cargo2nix-generator(/[0-9A-Z.-]+)?");
  }

  @Test
  @DisplayName("A file that is there with the right digest is not asked for again")
  void present() throws Exception {
    Download download = download("it", server.on("/it", bytes(CONTENT)));
    List<String> steps = new ArrayList<>();

    fetch(download);
    downloader().fetch(List.of(download), (what, done, total) -> steps.add(what + done + total));

    assertThat(server.requests()).hasSize(1);
    assertThat(steps).containsExactly("it11");
  }

  @Test
  @DisplayName("A file that is there with another digest is fetched again")
  void damaged() throws Exception {
    Download download = download("it", server.on("/it", bytes(CONTENT)));
    Files.write(download.target(), OTHER);

    fetch(download);

    assertThat(download.target()).hasBinaryContent(CONTENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410, 403, 401})
  @DisplayName("A source that refuses is not asked twice, and the next one is")
  void nextSource(int status) throws Exception {
    Download download =
        download("it", server.on("/first", status(status)), server.on("/second", bytes(CONTENT)));

    fetch(download);

    assertThat(download.target()).hasBinaryContent(CONTENT);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  @DisplayName("A file that no source has is told apart from one that cannot be reached")
  void nowhere() {
    Download download =
        download("it", server.on("/first", status(404)), server.on("/second", status(410)));

    assertThatThrownBy(() -> fetch(download))
        .isInstanceOfSatisfying(
            Downloader.Absent.class, e -> assertThat(e.download()).isEqualTo(download))
        .hasMessage(
            "cannot fetch it\n  http://%s/first answered with status 404\n"
                + "  http://%s/second answered with status 410",
            server.address(), server.address());
    assertThat(files()).isEmpty();

    Download refused =
        download("it", server.on("/third", status(404)), server.on("/fourth", status(403)));
    assertThatThrownBy(() -> fetch(refused))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("answered with status 403");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  @DisplayName("A server in trouble is asked again")
  void retries(int status) throws Exception {
    Download download =
        download("it", server.on("/it", inTurn(status(status), status(status), bytes(CONTENT))));

    fetch(download);

    assertThat(download.target()).hasBinaryContent(CONTENT);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  @DisplayName("A server that stays in trouble is given up after five attempts")
  void givesUp() {
    Download download = download("it", server.on("/it", status(503)));

    assertThatThrownBy(() -> fetch(download))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(
            "cannot fetch it\n  http://%s/it answered with status 503 (tried 5 times)",
            server.address());
    assertThat(server.requests()).hasSize(5);
    assertThat(files()).isEmpty();
  }

  @Test
  @DisplayName("A server's wish to be left alone for some seconds is granted")
  void retryAfterSeconds() throws Exception {
    assertThat(timeWithRetryAfter("1")).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("A server's wish to be left alone until a date is granted")
  void retryAfterDate() throws Exception {
    ZonedDateTime date = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2);

    assertThat(timeWithRetryAfter(DateTimeFormatter.RFC_1123_DATE_TIME.format(date)))
        .isGreaterThanOrEqualTo(Duration.ofMillis(900));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "", "Thu, 01 Jan 1970 00:00:00 GMT"})
  @DisplayName("A wish that means nothing does not hold us up")
  void retryAfterNonsense(String value) throws Exception {
    assertThat(timeWithRetryAfter(value)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  @DisplayName("A server that wants more patience than a minute is given up at once")
  void retryAfterTooLong() {
    assertThatThrownBy(() -> timeWithRetryAfter("3600"))
        .hasMessageContaining("answered with status 429 and asks to come back in 3600 s");
    assertThat(server.requests()).hasSize(1);
  }

  private Duration timeWithRetryAfter(String value) throws Exception {
    HttpHandler busy =
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", value);
          exchange.sendResponseHeaders(429, -1);
        };
    long start = System.nanoTime();
    fetch(download("it", server.on("/it", inTurn(busy, bytes(CONTENT)))));
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  @DisplayName("Wrong bytes are an error that says what was expected, what came and from where")
  void wrongDigest() {
    Download download = download("crate a 1.0.0", server.on("/a", bytes(OTHER)));

    assertThatThrownBy(() -> fetch(download))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "crate a 1.0.0: expected SHA-256 %s but got %s from http://%s/a\n",
            sha256(CONTENT).hex(), sha256(OTHER).hex(), server.address());
    assertThat(files()).isEmpty();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  @DisplayName("Wrong bytes do not replace what was there")
  void wrongDigestKeeps() throws Exception {
    Download download = download("it", server.on("/it", bytes(OTHER)));
    Files.writeString(download.target(), "old");

    assertThatThrownBy(() -> fetch(download)).isInstanceOf(InputException.class);

    assertThat(download.target()).hasContent("old");
    assertThat(files()).containsExactly(download.target());
  }

  @Test
  @DisplayName("Where one source has wrong bytes, another may still have the right ones")
  void wrongDigestThenRight() throws Exception {
    Download download =
        download("it", server.on("/first", bytes(OTHER)), server.on("/second", bytes(CONTENT)));

    fetch(download);

    assertThat(download.target()).hasBinaryContent(CONTENT);
  }

  @Test
  @DisplayName("Wrong bytes are reported rather than the sources that have none")
  void wrongDigestWins() {
    Download download =
        download("it", server.on("/first", bytes(OTHER)), server.on("/second", status(404)));

    assertThatThrownBy(() -> fetch(download)).isInstanceOf(InputException.class);
  }

  @Test
  @DisplayName("A body longer than the pinned size is cut off, however long it would have been")
  void tooLong() {
    HttpHandler endless =
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (true) {
            exchange.getResponseBody().write(new byte[1 << 16]);
          }
        };
    Download download =
        new Download(
            "it",
            List.of(server.on("/it", endless)),
            folder.resolve("it"),
            sha256(CONTENT),
            CONTENT.length);

    assertThatThrownBy(() -> fetch(download))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "it: expected 15 bytes but got more from http://%s/it\n", server.address());
    assertThat(files()).isEmpty();
  }

  @Test
  @DisplayName("A redirect is followed, and one that leads in a circle is an error")
  void redirects() throws Exception {
    server.on("/there", bytes(CONTENT));
    Download download = download("it", server.on("/here", redirect("/there")));

    fetch(download);

    assertThat(download.target()).hasBinaryContent(CONTENT);
    Download circle = download("circle", server.on("/circle", redirect("/circle")));
    assertThatThrownBy(() -> fetch(circle)).isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("No more files are fetched at once than allowed, and no fewer")
  void parallel() throws Exception {
    CyclicBarrier four = new CyclicBarrier(4);
    Set<HttpExchange> running = ConcurrentHashMap.newKeySet();
    List<Integer> seen = new ArrayList<>();
    List<Download> downloads = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      downloads.add(
          download(
              "it" + i,
              server.on(
                  "/" + i + "/",
                  exchange -> {
                    running.add(exchange);
                    await(four);
                    synchronized (seen) {
                      seen.add(running.size());
                    }
                    await(four);
                    running.remove(exchange);
                    bytes(CONTENT).handle(exchange);
                  })));
    }

    downloader().fetch(downloads, Progress.NONE);

    assertThat(seen).hasSize(16).containsOnly(4);
  }

  @Test
  @DisplayName("Several at a time may fetch the same files into the same folder")
  void shared() throws Exception {
    byte[] large = new byte[1 << 20];
    new Random(1).nextBytes(large);
    URI source = server.on("/it", bytes(large));
    List<Download> downloads = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      downloads.add(
          new Download("it" + i, List.of(source), folder.resolve("it" + i), sha256(large), -1));
    }
    ExecutorService users = Executors.newFixedThreadPool(4);
    Callable<Void> user =
        () -> {
          downloader().fetch(downloads, Progress.NONE);
          return null;
        };
    for (Future<Void> result : users.invokeAll(List.of(user, user, user, user))) {
      result.get();
    }
    users.shutdown();

    assertThat(files()).hasSize(10).allSatisfy(file -> assertThat(file).hasBinaryContent(large));
  }

  @Test
  @DisplayName("A download that nobody could carry out is a bug of the caller")
  void invalid() {
    Path target = folder.resolve("it");

    assertThatThrownBy(() -> new Download("it", List.of(), target, sha256(CONTENT), -1))
        .isInstanceOf(IllegalArgumentException.class);
    for (String address : List.of("file:///etc/passwd", "it", "http:it", "ftp://localhost/it")) {
      List<URI> sources = List.of(URI.create(address));
      assertThatThrownBy(() -> new Download("it", sources, target, sha256(CONTENT), -1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** The digests are those that sha1sum, sha256sum and openssl print. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha1-m0FdlLbCqE7TG5CeNUuprIkJIXQ=",
        "sha256-uvHeQzl2FYi8Bhnjy8ASDuWC67dLU7Tvv3kRe9LaQP0=",
        "sha512-D7FqiIL9MOhrYsUUOxyxirVk6E51vR8o/RLyT/3EpC4NLgEqmau2BsEu/jwRBh/1v44kqwU+VQrgg/fZD2V2/w=="
      })
  @DisplayName("A real crate comes from the real registry, whatever algorithm pins it")
  void real(String sri) throws Exception {
    Path target = folder.resolve("it");
    Download download =
        new Download(
            "crate cfg-if 1.0.0",
            List.of(URI.create(CratesIo.FILES + "/cfg-if/cfg-if-1.0.0.crate")),
            target,
            Hash.parseSri(sri),
            -1);

    new Downloader(Duration.ofSeconds(30), 1, System.getenv())
        .fetch(List.of(download), Progress.NONE);

    assertThat(target).hasSize(7934);
  }

  private static HttpHandler redirect(String to) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", to);
      exchange.sendResponseHeaders(302, -1);
    };
  }

  @Test
  @DisplayName("A file that nothing pins is read whole, after a server was busy or broke off")
  void unpinned() throws Exception {
    URI source =
        server.on(
            "/index",
            inTurn(
                status(503),
                exchange -> {
                  exchange.sendResponseHeaders(200, 100);
                  exchange.getResponseBody().write("half".getBytes(UTF_8));
                  exchange.getResponseBody().flush();
                  throw new IOException("broken off");
                },
                bytes("whole".getBytes(UTF_8))));

    assertThat(downloader().read(source, 5)).asString(UTF_8).isEqualTo("whole");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  @DisplayName("A file that nothing pins may be no larger than it should, and must be there")
  void unpinnedFaults() throws Exception {
    URI large = server.on("/large", bytes("too long".getBytes(UTF_8)));
    URI absent = server.on("/absent", status(404));

    assertThatThrownBy(() -> downloader().read(large, 7))
        .isInstanceOf(IOException.class)
        .hasMessage(large + " is larger than 7 bytes");
    assertThatThrownBy(() -> downloader().read(absent, 7))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining(absent.toString());
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  @DisplayName("A file that nothing pins comes through the environment's proxy")
  void unpinnedThroughProxy() throws Exception {
    server.on("/", bytes("from the proxy".getBytes(UTF_8)));
    Downloader downloader =
        new Downloader(
            Duration.ofSeconds(10),
            1,
            Duration.ofMillis(1),
            Map.of("http_proxy", "http://" + server.address()));

    assertThat(downloader.read(URI.create("http://mirror.invalid/InRelease"), 100))
        .asString(UTF_8)
        .isEqualTo("from the proxy");
  }
}
