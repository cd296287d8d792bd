package io.github.nixmaven.generator.net;

import static io.github.nixmaven.generator.net.Server.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.net.Downloader.Download;
import io.github.nixmaven.generator.text.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EnvironmentProxiesTest {
  private static final byte[] CONTENT = "what was pinned".getBytes(UTF_8);

  @TempDir Path folder;
  private Server proxy;

  @BeforeEach
  void start() throws IOException {
    proxy = new Server();
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  @Test
  @DisplayName("A request for another host goes to the proxy that http_proxy names")
  void http() throws Exception {
    proxy.on("/", bytes(CONTENT));

    fetch(Map.of("http_proxy", "http://" + proxy.address()));

    assertThat(proxy.requests()).singleElement().satisfies(EnvironmentProxiesTest::isForElsewhere);
  }

  @Test
  @DisplayName("A proxy that asks for a password gets the one that its variable holds")
  void password() throws Exception {
    String expected = "Basic " + Base64.getEncoder().encodeToString("me:p@ss:word".getBytes(UTF_8));
    HttpHandler guarded =
        exchange -> {
          if (expected.equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"))) {
            bytes(CONTENT).handle(exchange);
          } else {
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"x\"");
            exchange.sendResponseHeaders(407, -1);
          }
        };
    proxy.on("/", guarded);

    fetch(Map.of("http_proxy", "http://me:p%40ss%3Aword@" + proxy.address()));

    assertThat(proxy.requests()).hasSize(2);
    assertThatThrownBy(() -> fetch(Map.of("http_proxy", proxy.address()), "other"))
        .hasMessageContaining("answered with status 407: the proxy needs a password");
  }

  @Test
  @DisplayName("A request by TLS goes through a tunnel of the proxy that https_proxy names")
  void https() throws Exception {
    try (ServerSocket tunnel = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> asked =
          CompletableFuture.supplyAsync(
              () -> {
                try (Socket socket = tunnel.accept();
                    BufferedReader reader =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
                  String line = reader.readLine();
                  while (!reader.readLine().isEmpty()) {
                    // the request's headers
                  }
                  socket
                      .getOutputStream()
                      .write(
                          ("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                                  + "Content-Length: 0\r\n\r\n")
                              .getBytes(UTF_8));
                  return line;
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      Downloader downloader =
          new Downloader(
              Duration.ofSeconds(5),
              1,
              Duration.ofMillis(1),
              Map.of("https_proxy", "127.0.0.1:" + tunnel.getLocalPort()));

      assertThatThrownBy(
              () ->
                  downloader.fetch(
                      List.of(download("it", URI.create("https://elsewhere.invalid/it"))),
                      Progress.NONE))
          .hasMessageContaining(
              "https://elsewhere.invalid/it answered with status 407: the proxy needs a password");

      assertThat(asked.get()).isEqualTo("CONNECT elsewhere.invalid:443 HTTP/1.1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          http  | http_proxy=http://p:1                          | p:1
          http  | http_proxy=p:1                                 | p:1
          http  | http_proxy=http://p                            | p:1080
          http  | HTTP_PROXY=http://p:1                          | -
          http  | https_proxy=http://p:1                         | -
          http  | all_proxy=http://p:1                           | p:1
          http  | ALL_PROXY=http://p:1                           | p:1
          http  | http_proxy=                                    | -
          http  | http_proxy= all_proxy=http://p:1               | -
          https | https_proxy=http://p:1/                        | p:1
          https | HTTPS_PROXY=http://p:1                         | p:1
          https | HTTPS_PROXY=http://q:1 https_proxy=http://p:1  | p:1
          https | https_proxy=http://p:1 no_proxy=*              | -
          https | https_proxy=http://p:1 no_proxy=a.test         | -
          https | https_proxy=http://p:1 no_proxy=.a.test        | -
          https | https_proxy=http://p:1 no_proxy=x,A.TEST,y     | -
          https | https_proxy=http://p:1 NO_PROXY=test           | -
          https | https_proxy=http://p:1 no_proxy=b.test         | p:1
          https | https_proxy=http://p:1 no_proxy=best           | p:1
          https | https_proxy=http://p:1 no_proxy=               | p:1
          """)
  @DisplayName("The variables mean what they mean to curl")
  void variables(String scheme, String variables, String expected) {
    Map<String, String> environment = new HashMap<>();
    for (String variable : variables.split(" ")) {
      environment.put(
          variable.substring(0, variable.indexOf('=')),
          variable.substring(variable.indexOf('=') + 1));
    }

    List<Proxy> selected =
        new EnvironmentProxies(environment).select(URI.create(scheme + "://crates.a.test/it"));

    if (expected == null) {
      assertThat(selected).containsExactly(Proxy.NO_PROXY);
    } else {
      String[] parts = expected.split(":");
      assertThat(selected)
          .containsExactly(
              new Proxy(
                  Proxy.Type.HTTP,
                  InetSocketAddress.createUnresolved(parts[0], Integer.parseInt(parts[1]))));
    }
  }

  @Test
  @DisplayName("The JVM's own setting outranks the environment")
  void jvm() {
    String before = System.setProperty("http.proxyHost", "jvm.test");
    try {
      List<Proxy> selected =
          new EnvironmentProxies(Map.of("http_proxy", "http://environment.test:1"))
              .select(URI.create("http://a.test/it"));

      assertThat(selected)
          .singleElement()
          .satisfies(
              one ->
                  assertThat(((InetSocketAddress) one.address()).getHostString())
                      .isEqualTo("jvm.test"));
    } finally {
      if (before == null) {
        System.clearProperty("http.proxyHost");
      } else {
        System.setProperty("http.proxyHost", before);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://secret:secret@p:1", "https://p:1", "http://", "http://a b"})
  @DisplayName("A variable that names no HTTP proxy is the user's mistake, told without its value")
  void unsupported(String value) {
    assertThatThrownBy(() -> new EnvironmentProxies(Map.of("https_proxy", value)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the environment variable https_proxy does not name an HTTP proxy")
        .hasMessageNotContaining("secret");
  }

  private static void isForElsewhere(HttpExchange request) {
    assertThat(request.getRequestHeaders().getFirst("Host")).isEqualTo("elsewhere.invalid");
  }

  private void fetch(Map<String, String> environment) throws Exception {
    fetch(environment, "it");
  }

  private void fetch(Map<String, String> environment, String name) throws Exception {
    new Downloader(Duration.ofSeconds(5), 1, Duration.ofMillis(1), environment)
        .fetch(List.of(download(name, URI.create("http://elsewhere.invalid/it"))), Progress.NONE);
  }

  private Download download(String name, URI source) {
    return new Download(
        name,
        List.of(source),
        folder.resolve(name),
        Hash.digest(Hash.Algorithm.SHA256, CONTENT),
        -1);
  }
}
