package io.github.nixmaven.generator.cargo.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.nixmaven.generator.net.Server;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Serves repositories below a folder as git's own {@code http-backend} does. */
public final class GitServer implements AutoCloseable {
  private final Server server = new Server();
  private final Path root;
  private final @Nullable String credentials;
  private final AtomicInteger busy = new AtomicInteger();

  /**
   * @param credentials {@code USER:PASSWORD} that everybody has to show, or null
   */
  public GitServer(Path root, @Nullable String credentials) throws IOException {
    this.root = root;
    this.credentials = credentials;
    server.on("/", this::serve);
  }

  /** The address of a repository, with user and password in it if asked for. */
  public String url(String name, @Nullable String userInfo) {
    return "http://" + (userInfo == null ? "" : userInfo + "@") + server.address() + "/" + name;
  }

  /** How often somebody asked for objects. */
  long fetches() {
    return server.requests().stream().filter(r -> r.getRequestMethod().equals("POST")).count();
  }

  /** Answers the next requests with 503. */
  void busy(int requests) {
    busy.set(requests);
  }

  /** Answers all requests for a name in another way. */
  void on(String name, HttpHandler handler) {
    server.on("/" + name, handler);
  }

  private void serve(HttpExchange exchange) throws IOException {
    if (busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      exchange.sendResponseHeaders(503, -1);
      return;
    }
    if (credentials != null) {
      String wanted =
          "Basic "
              + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
      if (!wanted.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
        return;
      }
    }
    ProcessBuilder backend =
        new ProcessBuilder("git", "http-backend")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .directory(new File("/"));
    Map<String, String> environment = backend.environment();
    environment.put("GIT_PROJECT_ROOT", root.toString());
    environment.put("GIT_HTTP_EXPORT_ALL", "1");
    environment.put("PATH_INFO", exchange.getRequestURI().getPath());
    environment.put("REQUEST_METHOD", exchange.getRequestMethod());
    String query = exchange.getRequestURI().getRawQuery();
    environment.put("QUERY_STRING", query == null ? "" : query);
    put(environment, "CONTENT_TYPE", exchange, "Content-Type");
    put(environment, "HTTP_CONTENT_ENCODING", exchange, "Content-Encoding");
    put(environment, "HTTP_GIT_PROTOCOL", exchange, "Git-Protocol");
    byte[] body = exchange.getRequestBody().readAllBytes();
    environment.put("CONTENT_LENGTH", String.valueOf(body.length));
    Process process = backend.start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(body);
    }
    try (InputStream out = process.getInputStream()) {
      int status = 200;
      for (String line = line(out); !line.isEmpty(); line = line(out)) {
        String[] header = line.split(": *", 2);
        if (header[0].equals("Status")) {
          status = Integer.parseInt(header[1].substring(0, 3));
        } else {
          exchange.getResponseHeaders().set(header[0], header[1]);
        }
      }
      exchange.sendResponseHeaders(status, 0);
      out.transferTo(exchange.getResponseBody());
    }
  }

  private static void put(
      Map<String, String> environment, String variable, HttpExchange exchange, String header) {
    List<String> values = exchange.getRequestHeaders().get(header);
    if (values != null) {
      environment.put(variable, values.get(0));
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  @Override
  public void close() {
    server.close();
  }
}
