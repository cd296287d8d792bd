package io.github.nixmaven.generator.net;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches files whose SHA-256 digest is known beforehand.
 *
 * <p>A file appears under its name only when it is complete and its digest is right, so several
 * processes may fetch into one folder. Proxies are those of the JVM ({@code https.proxyHost} and so
 * on); where it has none, those of the environment ({@code https_proxy}, {@code http_proxy}, {@code
 * all_proxy}, {@code no_proxy}).
 */
public final class Downloader {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int ATTEMPTS = 5;
  private static final int MOST_REDIRECTS = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** A server that asks for more patience than this is as good as down. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final Duration timeout;
  private final int parallel;
  private final Duration firstWait;
  private final Map<String, String> environment;
  private @Nullable HttpClient client;

  /**
   * One file.
   *
   * @param name what to call it in messages, such as {@code crate serde 1.0.210}
   * @param sources where it may be had, tried in order; http and https
   * @param target where to put it; missing folders are created
   * @param sha256Hex its SHA-256 digest, 64 lower-case hexadecimal digits
   * @param size its size in bytes, or -1 when unknown
   * @param pin where the digest is pinned, for messages
   * @param authorization what the header {@code Authorization} says, or null; no other server that
   *     a source redirects to sees it
   */
  public record Download(
      String name,
      List<URI> sources,
      Path target,
      String sha256Hex,
      long size,
      @Nullable Position pin,
      @Nullable Secret authorization) {
    public Download {
      sources = List.copyOf(sources);
      if (sources.isEmpty() || !sources.stream().allMatch(Downloader::isHttp)) {
        throw new IllegalArgumentException(name + ": not HTTP sources: " + sources);
      }
      if (!SHA256.matcher(sha256Hex).matches()) {
        throw new IllegalArgumentException(name + ": not a SHA-256 digest: " + sha256Hex);
      }
    }

    /** A file that anybody may have. */
    public Download(
        String name,
        List<URI> sources,
        Path target,
        String sha256Hex,
        long size,
        @Nullable Position pin) {
      this(name, sources, target, sha256Hex, size, pin, null);
    }

    /** A file whose pin has no place that a user could look at. */
    public Download(String name, List<URI> sources, Path target, String sha256Hex, long size) {
      this(name, sources, target, sha256Hex, size, null);
    }
  }

  private static boolean isHttp(URI source) {
    return source.getHost() != null
        && ("https".equals(source.getScheme()) || "http".equals(source.getScheme()));
  }

  /** Each of a file's sources says that it does not have it. */
  public static final class Absent extends FileNotFoundException {
    private final transient Download download;

    private Absent(Download download, String message) {
      super(message);
      this.download = download;
    }

    /** The file that is nowhere. */
    public Download download() {
      return download;
    }
  }

  /** A server wants to see a token, or another one: status 401 or 403. */
  public static final class Refused extends IOException {
    private final URI source;

    private Refused(URI source, String message) {
      super(message);
      this.source = source;
    }

    /** What it refuses to show. */
    public URI source() {
      return source;
    }
  }

  /** A fault on our side of the wire, which no other source and no second attempt can mend. */
  private static final class CannotKeep extends IOException {
    CannotKeep(String message, IOException cause) {
      super(message, cause);
    }
  }

  /**
   * @param timeout how long a server may stay silent, before its answer or within it
   * @param parallel how many files to fetch at once
   */
  public Downloader(Duration timeout, int parallel) {
    this(timeout, parallel, Duration.ofMillis(500), System.getenv());
  }

  Downloader(Duration timeout, int parallel, Duration firstWait, Map<String, String> environment) {
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel: " + parallel);
    }
    this.timeout = timeout;
    this.parallel = parallel;
    this.firstWait = firstWait;
    this.environment = environment;
  }

  /**
   * Fetches the files that are not already there with the right digest.
   *
   * <p>A source that does not have the file is passed over for the next; a server that is busy or
   * cannot be reached is asked again a few times. The first file that cannot be had ends the work;
   * what had failed beside it is suppressed in its exception. Files that were complete stay.
   *
   * @param progress hears of each file that is there, fetched or not
   * @throws InputException when a file's digest or size is not the expected one
   * @throws Absent when each of a file's sources says that it does not have it
   * @throws Refused when a file's only source wants a token, or another one
   * @throws IOException when a source cannot be reached or the file cannot be written
   * @throws InterruptedException when the calling thread is interrupted; everything has stopped
   *     then and no partial file is left
   */
  public void fetch(List<Download> downloads, Progress progress)
      throws IOException, InterruptedException {
    List<Callable<Download>> tasks = new ArrayList<>();
    for (Download download : downloads) {
      tasks.add(
          () -> {
            ensure(download);
            return download;
          });
    }
    AtomicInteger done = new AtomicInteger();
    Workers.run(
        "download",
        parallel,
        tasks,
        download -> progress.step(download.name(), done.incrementAndGet(), downloads.size()));
  }

  private void ensure(Download download) throws IOException, InterruptedException {
    if (isThere(download.target(), download.sha256Hex())) {
      return;
    }
    Path folder = download.target().toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(download.target() + " is not a place for a file");
    }
    Files.createDirectories(folder);
    List<Exception> failures = new ArrayList<>();
    for (URI source : download.sources()) {
      try {
        fetch(download, source, folder);
        return;
      } catch (CannotKeep e) {
        throw e;
      } catch (IOException | InputException e) {
        failures.add(e);
      }
    }
    throw summary(download, failures);
  }

  /**
   * Whether there is a file with this digest.
   *
   * @param sha256Hex 64 lower-case hexadecimal digits
   * @throws IOException when something is there but cannot be read
   * @throws InterruptedException when the calling thread is interrupted
   */
  public static boolean isThere(Path file, String sha256Hex)
      throws IOException, InterruptedException {
    MessageDigest digest = PinnedBody.sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream bytes = Files.newInputStream(file)) {
      for (int length = bytes.read(buffer); length >= 0; length = bytes.read(buffer)) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        digest.update(buffer, 0, length);
      }
    } catch (NoSuchFileException e) {
      return false;
    }
    return HexFormat.of().formatHex(digest.digest()).equals(sha256Hex);
  }

  /** Wrong bytes are worse news than no bytes; no source at all is worse than one that lacks it. */
  private static IOException summary(Download download, List<Exception> failures) {
    StringBuilder message = new StringBuilder("cannot fetch ").append(download.name());
    boolean absent = true;
    for (Exception failure : failures) {
      if (failure instanceof InputException wrong) {
        throw wrong;
      }
      absent &= failure instanceof FileNotFoundException;
      message.append("\n  ").append(failure.getMessage());
    }
    IOException summary;
    if (absent) {
      summary = new Absent(download, message.toString());
    } else if (failures.size() == 1 && failures.get(0) instanceof Refused refused) {
      summary = new Refused(refused.source(), message.toString());
    } else {
      summary = new IOException(message.toString());
    }
    failures.forEach(summary::addSuppressed);
    return summary;
  }

  /** One try to have something from a server. */
  private interface Attempt {
    HttpResponse<?> run() throws IOException, InterruptedException;
  }

  /** Reads a small file that nothing pins and anybody may have, such as a signed index. */
  public byte[] read(URI source, int limit) throws IOException, InterruptedException {
    return read(source, limit, null);
  }

  /**
   * Reads a small file that nothing pins.
   *
   * @param limit how many bytes it may have
   * @param authorization what the header {@code Authorization} says, or null, as for {@link
   *     Download}
   * @throws FileNotFoundException when the server does not have it
   * @throws Refused when the server wants a token, or another one
   * @throws IOException when the server cannot be reached, or the file is larger
   */
  public byte[] read(URI source, int limit, @Nullable Secret authorization)
      throws IOException, InterruptedException {
    if (!isHttp(source)) {
      throw new IllegalArgumentException("not an HTTP source: " + source);
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    retry(
        source,
        () -> {
          content.reset(); // of what an attempt that failed had brought
          Body body =
              new Body(limit) {
                @Override
                void take(ByteBuffer buffer) {
                  byte[] chunk = new byte[buffer.remaining()];
                  buffer.get(chunk);
                  content.writeBytes(chunk);
                }
              };
          try {
            return send(source, body, authorization);
          } catch (Body.TooLong e) {
            throw new CannotKeep(source + " is larger than " + limit + " bytes", e);
          }
        });
    return content.toByteArray();
  }

  private void fetch(Download download, URI source, Path folder)
      throws IOException, InterruptedException {
    retry(source, () -> attempt(download, source, folder));
  }

  private void retry(URI source, Attempt what) throws IOException, InterruptedException {
    String problem;
    @Nullable IOException cause = null;
    for (int attempt = 1; ; attempt++) {
      Duration wait = firstWait.multipliedBy(1L << (attempt - 1));
      try {
        HttpResponse<?> response = what.run();
        int status = response.statusCode();
        if (status == 200) {
          return;
        }
        problem = source + " answered with status " + status;
        if (status == 404 || status == 410) {
          throw new FileNotFoundException(problem);
        } else if (status == 401 || status == 403) {
          throw new Refused(source, problem);
        } else if (status == 407) {
          problem +=
              ": the proxy wants a password. Give it as https_proxy=http://USER:PASSWORD@HOST:PORT,"
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
      } catch (CannotKeep | Refused | FileNotFoundException e) {
        throw e;
      } catch (IOException e) {
        problem = source + ": " + describe(e);
        cause = e;
      }
      if (attempt == ATTEMPTS) {
        problem += " (tried " + ATTEMPTS + " times)";
        break;
      }
      // Spread, so that files that failed together do not come back together.
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
      return Duration.ZERO; // neither: our own pace will do
    }
  }

  private static String describe(IOException fault) {
    for (Throwable e = fault; e != null; e = e.getCause()) {
      if (e instanceof UnresolvedAddressException) {
        return "no address for this host: without a network, or behind a proxy that https_proxy should"
            + " name";
      }
    }
    if (fault.getMessage() != null) {
      return fault.getMessage();
    }
    return fault instanceof ConnectException ? "cannot connect" : fault.toString();
  }

  private HttpResponse<?> attempt(Download download, URI source, Path folder)
      throws IOException, InterruptedException {
    Path partial =
        folder.resolve("." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part");
    try (PinnedBody body = new PinnedBody(partial, download.size())) {
      HttpResponse<?> response = send(source, body, download.authorization());
      if (response.statusCode() == 200) {
        String got = body.finish();
        if (!got.equals(download.sha256Hex())) {
          throw new InputException(
              download.pin(),
              download.name()
                  + ": expected SHA-256 "
                  + download.sha256Hex()
                  + " but got "
                  + got
                  + " from "
                  + source,
              "Either the pinned digest was edited or the server has other bytes than when it was"
                  + " pinned: compare the pin with its history before you trust either.");
        }
        body.moveTo(download.target());
      }
      return response;
    } catch (Body.TooLong e) {
      throw new InputException(
          download.pin(),
          download.name() + ": expected " + download.size() + " bytes but got more from " + source,
          "Either the pinned size was edited or the server has other bytes than when it was pinned:"
              + " compare the pin with its history before you trust either.",
          e);
    } catch (PinnedBody.NotWritten e) {
      throw new CannotKeep(
          "cannot write "
              + download.target()
              + ": "
              + e.getMessage()
              + " ("
              + folder.toFile().getUsableSpace() / 1_000_000
              + " MB free there)",
          e);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /**
   * Sends a request and follows where it is redirected to. Done here, as the JDK's client hands a
   * token on to whatever server it is sent to.
   */
  private HttpResponse<?> send(URI source, Body body, @Nullable Secret authorization)
      throws IOException, InterruptedException {
    URI place = source;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpResponse<?> response =
          sendOnce(place, body, isSameServer(source, place) ? authorization : null);
      String location = response.headers().firstValue("Location").orElse(null);
      if (!REDIRECTS.contains(response.statusCode()) || location == null) {
        return response;
      }
      URI next;
      try {
        next = place.resolve(location);
      } catch (IllegalArgumentException e) {
        throw new IOException("redirected to what is no address", e);
      }
      if (!isHttp(next) || (place.getScheme().equals("https") && next.getScheme().equals("http"))) {
        throw new IOException("redirected to " + next + ", which is not safe to follow");
      }
      place = next;
    }
    throw new IOException("redirected more than " + MOST_REDIRECTS + " times");
  }

  private static boolean isSameServer(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && one.getPort() == other.getPort();
  }

  private HttpResponse<?> sendOnce(URI source, Body body, @Nullable Secret authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(source)
            // In clear text, HTTP/2 begins with an Upgrade header that old proxies trip over.
            .version(
                source.getScheme().equals("https")
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1)
            .header("User-Agent", userAgent());
    if (authorization != null) {
      request.header("Authorization", authorization.text());
    }
    CompletableFuture<? extends HttpResponse<?>> answer =
        client()
            .sendAsync(
                request.build(),
                head ->
                    head.statusCode() == 200
                        ? BodySubscribers.fromSubscriber(body)
                        : BodySubscribers.discarding());
    // A request's own timeout ends with the answer's head; a body may stall for ever.
    try {
      while (true) {
        long silence = System.nanoTime() - body.lastHeard();
        if (silence >= timeout.toNanos()) {
          throw new HttpTimeoutException("silent for " + timeout.toMillis() / 1000.0 + " s");
        }
        try {
          return answer.get(timeout.toNanos() - silence, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          // Perhaps something came in meanwhile: look again.
        }
      }
    } catch (ExecutionException e) {
      IOException ours = body.failure();
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
    String version = Downloader.class.getPackage().getImplementationVersion();
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
      // With one, the client would not hand us a server's 401.
      proxies.authenticator().ifPresent(builder::authenticator);
      client = builder.build();
    }
    return client;
  }
}
