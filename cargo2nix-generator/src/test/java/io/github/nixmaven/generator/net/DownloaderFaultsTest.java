package io.github.nixmaven.generator.net;

import static io.github.nixmaven.generator.net.Server.bytes;
import static io.github.nixmaven.generator.net.Server.inTurn;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import io.github.nixmaven.generator.cargo.lock.CratesIo;
import io.github.nixmaven.generator.net.Downloader.Download;
import io.github.nixmaven.generator.text.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@DisplayName("A download meets a fault:")
class DownloaderFaultsTest extends DownloaderFixture {
  @Test
  @DisplayName("A body that breaks off is fetched again")
  void truncated() throws Exception {
    HttpHandler half =
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, 7);
        };
    Download download = download("it", server.on("/it", inTurn(half, half, bytes(CONTENT))));

    fetch(download);

    assertThat(download.target()).hasBinaryContent(CONTENT);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  @DisplayName("A server that falls silent, before its answer or within it, is given up in time")
  void silent() throws Exception {
    Download download =
        download(
            "it",
            server.on(
                "/it",
                inTurn(
                    server.silent(),
                    server.silentAfter(Arrays.copyOf(CONTENT, 5)),
                    bytes(CONTENT))));

    new Downloader(Duration.ofMillis(300), 1, Duration.ofMillis(1), Map.of())
        .fetch(List.of(download), Progress.NONE);

    assertThat(download.target()).hasBinaryContent(CONTENT);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  @DisplayName(
      "A slow server that keeps sending is waited for, beyond the time allowed for silence")
  void slow() throws Exception {
    HttpHandler slow =
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          for (byte b : CONTENT) {
            sleep(100);
            exchange.getResponseBody().write(b);
            exchange.getResponseBody().flush();
          }
        };
    Download download = download("it", server.on("/it", slow));

    new Downloader(Duration.ofSeconds(1), 1, Duration.ofMillis(1), Map.of())
        .fetch(List.of(download), Progress.NONE);

    assertThat(server.requests()).hasSize(1);
  }

  @Test
  @DisplayName("A server that cannot be reached is named, with what to look at")
  void unreachable() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    Download refused = download("it", URI.create("http://127.0.0.1:" + port + "/it"));
    Download unknown = download("it", URI.create("http://no-such-host.invalid/it"));

    assertThatThrownBy(() -> fetch(refused))
        .hasMessage(
            "cannot fetch it\n  http://127.0.0.1:%s/it: cannot connect (tried 5 times)", port);
    assertThatThrownBy(() -> fetch(unknown))
        .hasMessageContaining("http://no-such-host.invalid/it: this host has no address");
  }

  @Test
  @DisplayName("An interrupt stops everything at once and leaves no partial file")
  void interrupt() throws Exception {
    List<Download> downloads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      URI source =
          server.on("/" + i + "/", i % 2 == 0 ? server.silentAfter(OTHER) : server.silent());
      downloads.add(download("it" + i, source));
    }
    List<Throwable> outcome = new ArrayList<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                downloader().fetch(downloads, Progress.NONE);
              } catch (Throwable e) {
                outcome.add(e);
              }
            });
    caller.start();
    while (server.requests().size() < 4) {
      sleep(10);
    }
    assertThat(files()).hasSize(4);

    caller.interrupt();
    caller.join(5000);

    assertThat(outcome).singleElement().isInstanceOf(InterruptedException.class);
    assertThat(files()).isEmpty();
    assertThat(server.requests()).hasSize(4);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("download")) {
        thread.join(1000); // one that has done its work may still be on its way out
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  @Test
  @DisplayName("One file that cannot be had stops the others")
  void firstFailure() throws Exception {
    CountDownLatch others = new CountDownLatch(3);
    HttpHandler last =
        exchange -> {
          await(others);
          bytes(OTHER).handle(exchange);
        };
    HttpHandler silent = server.silentAfter(OTHER);
    HttpHandler other =
        exchange -> {
          others.countDown();
          silent.handle(exchange);
        };
    List<Download> downloads = new ArrayList<>();
    downloads.add(download("wrong", server.on("/wrong", last)));
    for (int i = 0; i < 10; i++) {
      downloads.add(download("it" + i, server.on("/" + i + "/", other)));
    }

    assertThatThrownBy(() -> downloader().fetch(downloads, Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("wrong: expected SHA-256");

    assertThat(server.requests()).hasSizeLessThan(11);
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName(
      "A file that cannot be written whole is one clear error, not tried again, and removed")
  void diskFull(boolean http2) throws Exception {
    // The JDK's server does not speak HTTP/2; the registry does.
    URI source =
        http2
            ? URI.create(CratesIo.FILES + "/libc/libc-0.2.158.crate")
            : server.on("/it", bytes(new byte[1 << 20]));

    // A limit on the size of files stands in for a full disk: the write fails in the same place.
    Process process = child(source, "ulimit -f 64; exec \"$@\"");
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(output).isEqualTo(1);
    assertThat(output)
        .contains(
            "java.io.IOException", "cannot write " + folder.resolve("it") + ": File too large (")
        .contains(" MB free there)");
    assertThat(server.requests()).hasSize(http2 ? 0 : 1);
    assertThat(files()).isEmpty();
  }

  @Test
  @DisplayName("A body longer than the pinned size is told as such over HTTP/2 too")
  void tooLongOverHttp2() {
    URI source = URI.create(CratesIo.FILES + "/libc/libc-0.2.158.crate");
    Download download =
        new Download("it", List.of(source), folder.resolve("it"), sha256(CONTENT), 10);

    assertThatThrownBy(() -> fetch(download))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("it: expected 10 bytes but got more from " + source + "\n");
    assertThat(files()).isEmpty();
  }

  @Test
  @DisplayName("Ending the program in the middle leaves no partial file")
  void killed() throws Exception {
    URI source = server.on("/it", server.silentAfter(OTHER));
    Process process = child(source, "exec \"$@\"");
    while (server.requests().isEmpty() || files().isEmpty()) {
      assertThat(process.isAlive()).isTrue();
      sleep(10);
    }

    process.destroy();

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(files()).isEmpty();
  }

  private Process child(URI source, String script) throws IOException {
    return new ProcessBuilder(
            "sh",
            "-c",
            script,
            "sh",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            source.toString(),
            folder.resolve("it").toString())
        .redirectErrorStream(true)
        .start();
  }

  /** Fetches one file in a process of its own. */
  static final class Child {
    public static void main(String[] arguments) throws Exception {
      Download download =
          new Download(
              "it",
              List.of(URI.create(arguments[0])),
              Path.of(arguments[1]),
              sha256(new byte[1 << 20]),
              -1);
      new Downloader(Duration.ofSeconds(30), 1, System.getenv())
          .fetch(List.of(download), Progress.NONE);
    }
  }
}
