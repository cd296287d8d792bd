package io.github.nixmaven.generator.net;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends requests to servers that may be busy, silent or unreachable. */
final class Http {
  private static final int ATTEMPTS = 5;

  /** A server that asks for a longer wait counts as unreachable. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final Duration timeout;
  private final Duration firstWait;
  private final Map<String, String> environment;
  private @Nullable HttpClient client;

  /**
   * @param timeout how long a server may stay silent, before its answer or within it
   * @param firstWait how long to wait before the second attempt; doubled with each
   * @param environment the environment variables, for proxies that the JVM does not set
   */
  Http(Duration timeout, Duration firstWait, Map<String, String> environment) {
    this.timeout = timeout;
    this.firstWait = firstWait;
    this.environment = environment;
  }

  /** One attempt to get a response. */
  interface Attempt {
    HttpResponse<?> run() throws IOException, InterruptedException;
  }

  /** A local fault, which no other source and no second attempt can fix. */
  static final class CannotKeep extends IOException {
    CannotKeep(String message, IOException cause) {
      super(message, cause);
    }
  }

  /** A transfer in progress. */
  interface Transfer {
    /** When data was last received or sent, in the time of {@link System#nanoTime}. */
    long lastHeard();

    /** Why we ended it, or null if we did not. */
    @Nullable IOException failure();
  }

  /**
   * Tries a request a few times while the server is busy or cannot be reached.
   *
   * @param good the status codes of success
   * @throws FileNotFoundException when the server does not have it
   * @throws Downloader.Refused when the server needs a token, or rejects the given one
   */
  void retry(URI source, Set<Integer> good, Attempt what) throws IOException, InterruptedException {
    String problem;
    @Nullable IOException cause = null;
    for (int attempt = 1; ; attempt++) {
      Duration wait = firstWait.multipliedBy(1L << (attempt - 1));
      try {
        HttpResponse<?> response = what.run();
        int status = response.statusCode();
        if (good.contains(status)) {
          return;
        }
        problem = source + " answered with status " + status;
        if (status == 404 || status == 410) {
          throw new FileNotFoundException(problem);
        } else if (status == 401 || status == 403) {
          throw new Downloader.Refused(source, problem);
        } else if (status == 407) {
          problem +=
              ": the proxy needs a password. Set https_proxy=http://USER:PASSWORD@HOST:PORT,"
                  + " and let Java send it with -Djdk.http.auth.tunneling.disabledSchemes=";
        }
        if (status != 429 && status < 500) {
          break;
        }
        Duration asked = retryAfter(response);
        if (asked.compareTo(LONGEST_WAIT) > 0) {
          problem += " and asks to come back in " + asked.toSeconds() + " s";
          break;
        }
        wait = asked.compareTo(wait) > 0 ? asked : wait;
      } catch (CannotKeep | Downloader.Refused | FileNotFoundException e) {
        throw e;
      } catch (IOException e) {
        problem = source + ": " + describe(e);
        cause = e;
      }
      if (attempt == ATTEMPTS) {
        problem += " (tried " + ATTEMPTS + " times)";
        break;
      }
      // Spread, so that requests that failed together are not repeated together.
      Thread.sleep(
          wait.toMillis() + ThreadLocalRandom.current().nextLong(firstWait.toMillis() + 1));
    }
    throw new IOException(problem, cause);
  }

  /** {@code Retry-After} of RFC 9110, section 10.2.3: seconds or a date. */
  private static Duration retryAfter(HttpResponse<?> response) {
    String value = response.headers().firstValue("Retry-After").orElse("0").strip();
    if (value.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Duration.between(Instant.now(), date);
    } catch (DateTimeException e) {
      return Duration.ZERO; // neither: use our own interval
    }
  }

  private static String describe(IOException fault) {
    for (Throwable e = fault; e != null; e = e.getCause()) {
      if (e instanceof UnresolvedAddressException) {
        return "this host has no address: is there a network? Behind a proxy, set https_proxy";
      }
    }
    if (fault.getMessage() != null) {
      return fault.getMessage();
    }
    return fault instanceof ConnectException ? "cannot connect" : fault.toString();
  }

  /** A request with our {@code User-Agent}. */
  static HttpRequest.Builder request(URI place, @Nullable Secret authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(place)
            // In clear text, HTTP/2 begins with an Upgrade header that old proxies trip over.
            .version(
                place.getScheme().equals("https")
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1)
            .header("User-Agent", userAgent());
    if (authorization != null) {
      request.header("Authorization", authorization.text());
    }
    return request;
  }

  /**
   * Sends one request and waits for the whole answer.
   *
   * @param transfer the transfer to watch: silence longer than the timeout ends it
   */
  <T> HttpResponse<T> send(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler, Transfer transfer)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = client().sendAsync(request.build(), handler);
    // A request's own timeout covers only the answer's head; the body could stall for ever.
    try {
      while (true) {
        long silence = System.nanoTime() - transfer.lastHeard();
        if (silence >= timeout.toNanos()) {
          throw new HttpTimeoutException("silent for " + timeout.toMillis() / 1000.0 + " s");
        }
        try {
          return answer.get(timeout.toNanos() - silence, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          // Data may have moved meanwhile: look again.
        }
      }
    } catch (ExecutionException e) {
      IOException ours = transfer.failure();
      if (ours != null) {
        throw ours;
      } else if (Workers.cause(e) instanceof IOException fault) {
        throw fault;
      }
      throw new IOException(Workers.cause(e));
    } finally {
      answer.cancel(true);
    }
  }

  private static String userAgent() {
    String version = Http.class.getPackage().getImplementationVersion();
    return "cargo2nix-generator" + (version == null ? "" : "/" + version);
  }

  /** Made when first needed: it costs a tenth of a second, and most runs fetch nothing. */
  private synchronized HttpClient client() {
    if (client == null) {
      EnvironmentProxies proxies = new EnvironmentProxies(environment);
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(timeout)
              .proxy(proxies);
      // With an authenticator, the client would not return a server's 401.
      proxies.authenticator().ifPresent(builder::authenticator);
      client = builder.build();
    }
    return client;
  }
}
