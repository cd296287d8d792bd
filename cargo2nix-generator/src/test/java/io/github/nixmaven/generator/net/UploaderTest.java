package io.github.nixmaven.generator.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@DisplayName("An upload")
class UploaderTest {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private HttpServer server;
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    file = Files.writeString(folder.resolve("file"), "content");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  @DisplayName("says what it is and who sends it")
  void put() throws Exception {
    answer(201);
    new Uploader(Duration.ofSeconds(5), new Secret("Bearer t0ken"), Duration.ofMillis(1), Map.of())
        .put(place(), file, "text/x-nix-narinfo");
    assertThat(heard).containsExactly("PUT Bearer t0ken text/x-nix-narinfo content");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503, 507})
  @DisplayName("to a busy server sends the whole file again, five times at most")
  void busy(int status) {
    answer(status);
    assertThatThrownBy(this::upload)
        .isInstanceOf(IOException.class)
        .hasMessage(place() + " answered with status " + status + " (tried 5 times)");
    assertThat(heard).hasSize(5).containsOnly("PUT null text/plain content");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 307, 400, 404, 405, 413})
  @DisplayName("that a server does not want is not tried again, nor sent elsewhere")
  void unwanted(int status) {
    answer(status);
    assertThatThrownBy(this::upload)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(place() + " answered with status " + status);
    assertThat(heard).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  @DisplayName("that a server refuses names the place and not the password")
  void refused(int status) {
    answer(status);
    Uploader uploader =
        new Uploader(
            Duration.ofSeconds(5), new Secret("Bearer t0ken"), Duration.ofMillis(1), Map.of());
    assertThatThrownBy(() -> uploader.put(place(), file, "text/plain"))
        .isInstanceOfSatisfying(
            Downloader.Refused.class, e -> assertThat(e.source()).isEqualTo(place()))
        .message()
        .doesNotContain("t0ken");
    assertThat(heard).hasSize(1);
  }

  @Test
  @DisplayName("to a server that takes nothing ends after the silence that was agreed on")
  void silence() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    handle(
        exchange -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    try {
      assertThatThrownBy(
              () ->
                  new Uploader(Duration.ofMillis(200), null, Duration.ofMillis(1), Map.of())
                      .put(place(), file, "text/plain"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("silent for 0.2 s (tried 5 times)");
    } finally {
      end.countDown();
    }
  }

  private void upload() throws Exception {
    new Uploader(Duration.ofSeconds(5), null, Duration.ofMillis(1), Map.of())
        .put(place(), file, "text/plain");
  }

  private URI place() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/cache/file");
  }

  private void answer(int status) {
    handle(
        exchange -> {
          heard.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          send(exchange, status);
        });
  }

  private static void send(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private void handle(HttpHandler handler) {
    server.createContext("/", handler);
  }
}
