package io.github.nixmaven.generator.net;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Puts files on a server by HTTP PUT (RFC 9110, section 9.3.4), with the patience and the proxies
 * of {@link Downloader}. Redirects are not followed but reported, so that the user can correct the
 * address.
 */
public final class Uploader {
  /** RFC 9110, section 9.3.4: replaced, created, and either without a response body. */
  private static final Set<Integer> TAKEN = Set.of(200, 201, 204);

  private final Http http;
  private final @Nullable Secret authorization;

  /**
   * @param timeout how long a server may stay silent while nothing goes out
   * @param authorization the value of the header {@code Authorization}, or null
   * @param environment the environment variables, which may name proxies
   */
  public Uploader(
      Duration timeout, @Nullable Secret authorization, Map<String, String> environment) {
    this(timeout, authorization, Duration.ofMillis(500), environment);
  }

  Uploader(
      Duration timeout,
      @Nullable Secret authorization,
      Duration firstWait,
      Map<String, String> environment) {
    this.http = new Http(timeout, firstWait, environment);
    this.authorization = authorization;
  }

  /**
   * Puts a file.
   *
   * @param contentType the value of the header {@code Content-Type}
   * @throws Downloader.Refused when the server needs a password, or rejects the given one
   * @throws IOException when the server cannot be reached or does not take it
   */
  public void put(URI target, Path file, String contentType)
      throws IOException, InterruptedException {
    try {
      http.retry(
          target,
          TAKEN,
          () -> {
            Sending body = new Sending(BodyPublishers.ofFile(file));
            return http.send(
                Http.request(target, authorization).header("Content-Type", contentType).PUT(body),
                BodyHandlers.discarding(),
                body);
          });
    } catch (FileNotFoundException e) {
      throw new IOException("PUT " + e.getMessage(), e);
    }
  }

  /** A request's body that knows when data was last sent. */
  private static final class Sending implements BodyPublisher, Http.Transfer {
    private final BodyPublisher content;
    private volatile long lastHeard = System.nanoTime();

    Sending(BodyPublisher content) {
      this.content = content;
    }

    @Override
    public long lastHeard() {
      return lastHeard;
    }

    @Override
    public @Nullable IOException failure() {
      return null;
    }

    @Override
    public long contentLength() {
      return content.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
      content.subscribe(
          new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
              subscriber.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer bytes) {
              lastHeard = System.nanoTime();
              subscriber.onNext(bytes);
            }

            @Override
            public void onError(Throwable fault) {
              subscriber.onError(fault);
            }

            @Override
            public void onComplete() {
              subscriber.onComplete();
            }
          });
    }
  }
}
