package io.github.nixmaven.generator.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.net.Downloader.Download;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server on loopback, and a folder to fetch into. */
abstract class DownloaderFixture {
  static final byte[] CONTENT = "what was pinned".getBytes(UTF_8);
  static final byte[] OTHER = "something else".getBytes(UTF_8);

  @TempDir Path folder;
  Server server;

  @BeforeEach
  void start() throws IOException {
    server = new Server();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  Download download(String name, URI... sources) {
    return new Download(name, List.of(sources), folder.resolve(name), sha256(CONTENT), -1);
  }

  static Downloader downloader() {
    return new Downloader(Duration.ofSeconds(10), 4, Duration.ofMillis(1), Map.of());
  }

  static void fetch(Download download) throws Exception {
    downloader().fetch(List.of(download), Progress.NONE);
  }

  List<Path> files() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static Hash sha256(byte[] content) {
    return Hash.digest(Hash.Algorithm.SHA256, content);
  }

  static void await(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new IOException("nobody came");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
