package io.github.nixmaven.generator.net;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Fetches files whose digest is known in advance.
 *
 * <p>A file appears under its name only when it is complete and its digest is right, so several
 * processes may fetch into one directory. The JVM's proxies are used ({@code https.proxyHost} and
 * so on); if it has none, those of the environment ({@code https_proxy}, {@code http_proxy}, {@code
 * all_proxy}, {@code no_proxy}).
 */
public final class Downloader {
  private static final int MOST_REDIRECTS = 10;
  private static final Set<Integer> GOOD = Set.of(200);
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final int parallel;
  private final Http http;

  /**
   * One file.
   *
   * @param name its name in messages, such as {@code package left-pad 1.3.0}
   * @param sources its addresses, tried in order; http and https
   * @param target where to put it; missing directories are created
   * @param hash its digest
   * @param size its size in bytes, or -1 when unknown
   * @param pin where the digest is pinned, for messages
   * @param authorization the value of the header {@code Authorization}, or null; it is not sent to
   *     another server that a source redirects to
   */
  public record Download(
      String name,
      List<URI> sources,
      Path target,
      Hash hash,
      long size,
      @Nullable Position pin,
      @Nullable Secret authorization) {
    public Download {
      sources = List.copyOf(sources);
      if (sources.isEmpty() || !sources.stream().allMatch(Downloader::isHttp)) {
        throw new IllegalArgumentException(name + ": not HTTP sources: " + sources);
      }
    }

    /** A file that needs no authorization. */
    public Download(
        String name, List<URI> sources, Path target, Hash hash, long size, @Nullable Position pin) {
      this(name, sources, target, hash, size, pin, null);
    }

    /** A file whose pin has no place in a file. */
    public Download(String name, List<URI> sources, Path target, Hash hash, long size) {
      this(name, sources, target, hash, size, null);
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

    /** The file that no source has. */
    public Download download() {
      return download;
    }
  }

  /** A server needs a token, or rejects the given one: status 401 or 403. */
  public static final class Refused extends IOException {
    private final URI source;

    Refused(URI source, String message) {
      super(message);
      this.source = source;
    }

    /** The address that was refused. */
    public URI source() {
      return source;
    }
  }

  /**
   * @param timeout how long a server may stay silent, before its answer or within it
   * @param parallel how many files to fetch at once
   * @param environment the environment variables, which may name proxies
   */
  public Downloader(Duration timeout, int parallel, Map<String, String> environment) {
    this(timeout, parallel, Duration.ofMillis(500), environment);
  }

  Downloader(Duration timeout, int parallel, Duration firstWait, Map<String, String> environment) {
    if (parallel < 1) {
      throw new IllegalArgumentException("parallel: " + parallel);
    }
    this.parallel = parallel;
    this.http = new Http(timeout, firstWait, environment);
  }

  /**
   * Fetches the files that are not already there with the right digest.
   *
   * <p>If a source does not have the file, the next one is tried. Requests to a server that is busy
   * or cannot be reached are repeated a few times. The first file that cannot be fetched ends the
   * work; other failures are suppressed in its exception. Complete files stay.
   *
   * @param progress is told of each file that is there, fetched or not
   * @throws InputException when a file's digest or size is not the expected one
   * @throws Absent when each of a file's sources says that it does not have it
   * @throws Refused when a file's only source needs a token, or rejects the given one
   * @throws IOException when a source cannot be reached or the file cannot be written
   * @throws InterruptedException when the calling thread is interrupted; all work has then stopped
   *     and no partial file is left
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
    if (isThere(download.target(), download.hash())) {
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
      } catch (Http.CannotKeep e) {
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
   * @throws IOException when something is there but cannot be read
   * @throws InterruptedException when the calling thread is interrupted
   */
  public static boolean isThere(Path file, Hash hash) throws IOException, InterruptedException {
    MessageDigest digest = hash.algorithm().newDigest();
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
    return Hash.of(hash.algorithm(), digest.digest()).equals(hash);
  }

  /**
   * Wrong bytes are worse than no bytes; an unreachable source is worse than one without the file.
   */
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

  /** Reads a small unpinned file without authorization, such as a signed index. */
  public byte[] read(URI source, int limit) throws IOException, InterruptedException {
    return read(source, limit, null);
  }

  /**
   * Reads a small unpinned file.
   *
   * @param limit its maximum size in bytes
   * @param authorization the value of the header {@code Authorization}, or null, as for {@link
   *     Download}
   * @throws FileNotFoundException when the server does not have it
   * @throws Refused when the server needs a token, or rejects the given one
   * @throws IOException when the server cannot be reached, or the file is larger
   */
  public byte[] read(URI source, int limit, @Nullable Secret authorization)
      throws IOException, InterruptedException {
    if (!isHttp(source)) {
      throw new IllegalArgumentException("not an HTTP source: " + source);
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    http.retry(
        source,
        GOOD,
        () -> {
          content.reset(); // a failed attempt may have left something
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
            throw new Http.CannotKeep(source + " is larger than " + limit + " bytes", e);
          }
        });
    return content.toByteArray();
  }

  private void fetch(Download download, URI source, Path folder)
      throws IOException, InterruptedException {
    http.retry(source, GOOD, () -> attempt(download, source, folder));
  }

  private HttpResponse<?> attempt(Download download, URI source, Path folder)
      throws IOException, InterruptedException {
    Path partial =
        folder.resolve("." + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".part");
    try (PinnedBody body = new PinnedBody(partial, download.size(), download.hash().algorithm())) {
      HttpResponse<?> response = send(source, body, download.authorization());
      if (GOOD.contains(response.statusCode())) {
        Hash got = body.finish();
        if (!got.equals(download.hash())) {
          throw new InputException(
              download.pin(),
              download.name()
                  + ": expected "
                  + got.algorithm().standardName()
                  + " "
                  + text(download.hash())
                  + " but got "
                  + text(got)
                  + " from "
                  + source,
              "Either the pinned digest was edited, or the server's file has changed since it was"
                  + " pinned: compare the pin with its history before you trust either.");
        }
        body.moveTo(download.target());
      }
      return response;
    } catch (Body.TooLong e) {
      throw new InputException(
          download.pin(),
          download.name() + ": expected " + download.size() + " bytes but got more from " + source,
          "Either the pinned size was edited, or the server's file has changed since it was pinned:"
              + " compare the pin with its history before you trust either.",
          e);
    } catch (PinnedBody.NotWritten e) {
      throw new Http.CannotKeep(
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

  /** A digest as locks write it, so that users can search for it. */
  private static String text(Hash hash) {
    return hash.algorithm() == Hash.Algorithm.SHA512 ? hash.sri() : hash.hex();
  }

  /**
   * Sends a request and follows redirects. The JDK's client would send the token to every server
   * that it is redirected to.
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
        throw new IOException("redirected to something that is not an address", e);
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
    return http.send(
        Http.request(source, authorization),
        head ->
            head.statusCode() == 200
                ? BodySubscribers.fromSubscriber(body)
                : BodySubscribers.discarding(),
        body);
  }
}
