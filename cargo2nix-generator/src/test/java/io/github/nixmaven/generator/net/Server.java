package io.github.nixmaven.generator.net;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on the loopback interface that answers as a test tells it to. */
public final class Server implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Queue<HttpExchange> requests = new ConcurrentLinkedQueue<>();

  public Server() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  /** Answers all requests whose path begins like this; gives the address. */
  public URI on(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          requests.add(exchange);
          try (exchange) {
            handler.handle(exchange);
          }
        });
    return URI.create("http://" + address() + path);
  }

  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** The requests so far. */
  public List<HttpExchange> requests() {
    return List.copyOf(requests);
  }

  public static HttpHandler bytes(byte[] body) {
    return exchange -> {
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    };
  }

  public static HttpHandler status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  /** The first answers in order, and then the last one for ever. */
  public static HttpHandler inTurn(HttpHandler... answers) {
    Queue<HttpHandler> queue = new ConcurrentLinkedQueue<>(List.of(answers));
    return exchange -> {
      HttpHandler next;
      synchronized (queue) {
        next = queue.size() > 1 ? queue.remove() : queue.element();
      }
      next.handle(exchange);
    };
  }

  /** Falls silent after these bytes, until the server is closed. */
  public HttpHandler silentAfter(byte[] start) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(start);
      exchange.getResponseBody().flush();
      awaitEnd();
    };
  }

  /** Says nothing at all, until the server is closed. */
  public HttpHandler silent() {
    return exchange -> awaitEnd();
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
