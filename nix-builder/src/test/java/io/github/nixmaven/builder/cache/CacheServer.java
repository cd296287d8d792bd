package io.github.nixmaven.builder.cache;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A loopback server that keeps what is put and shows it to whoever asks. */
public final class CacheServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final List<String> puts = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private volatile Fault fault = (exchange, name) -> false;

  /** Something that goes wrong. */
  public interface Fault {
    /** Answers in place of the server, or returns false. */
    boolean answer(HttpExchange exchange, String name) throws IOException;
  }

  public CacheServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/cache/", this::handle);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/cache");
  }

  public void breakWith(Fault what) {
    fault = what;
  }

  public Map<String, byte[]> files() {
    return files;
  }

  /** The names of what was put, in the order in which it was whole. */
  List<String> puts() {
    return puts;
  }

  /** What clients said in the header {@code Authorization}. */
  public List<String> authorizations() {
    return authorizations;
  }

  /** How many PUT requests were under way at once. */
  int mostAtOnce() {
    return mostAtOnce.get();
  }

  public static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring("/cache/".length());
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization != null) {
      authorizations.add(authorization);
    }
    if (fault.answer(exchange, name)) {
      return;
    }
    if (exchange.getRequestMethod().equals("PUT")) {
      mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
      byte[] content = exchange.getRequestBody().readAllBytes();
      files.put(name, content);
      puts.add(name);
      atOnce.decrementAndGet();
      answer(exchange, 201);
      return;
    }
    byte[] content = files.get(name);
    if (content == null) {
      answer(exchange, 404);
      return;
    }
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head ? -1 : content.length);
    if (!head) {
      exchange.getResponseBody().write(content);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
