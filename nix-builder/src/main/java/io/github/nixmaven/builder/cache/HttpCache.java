package io.github.nixmaven.builder.cache;

import io.github.nixmaven.generator.net.Downloader;
import io.github.nixmaven.generator.net.Secret;
import io.github.nixmaven.generator.net.Uploader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cache on a server that takes files by PUT and gives them by GET. */
final class HttpCache implements BinaryCache {
  /** A server may need a while to store what it got. */
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** A narinfo names what a path refers to, which is a few hundred paths at most. */
  private static final int LARGEST = 1 << 20;

  private final URI address;
  private final Path staging;
  private final @Nullable Secret authorization;
  private final Downloader downloader;
  private final Uploader uploader;

  /**
   * @param address the cache's address
   * @param staging a directory for files that are being written
   * @param authorization what the header {@code Authorization} says, or null
   * @param parallel how many requests are made at once
   * @param environment the environment variables, which may name proxies
   */
  HttpCache(
      URI address,
      Path staging,
      @Nullable Secret authorization,
      int parallel,
      Map<String, String> environment) {
    this.address = URI.create(address.toString().replaceFirst("/*$", "/"));
    this.staging = staging;
    this.authorization = authorization;
    this.downloader = new Downloader(TIMEOUT, parallel, environment);
    this.uploader = new Uploader(TIMEOUT, authorization, environment);
  }

  @Override
  public Path staging() {
    return staging;
  }

  @Override
  public @Nullable String read(String name) throws IOException, InterruptedException {
    try {
      return new String(
          downloader.read(address.resolve(name), LARGEST, authorization), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  @Override
  public void put(Path file, String name) throws IOException, InterruptedException {
    uploader.put(address.resolve(name), file, contentType(name));
  }

  /** The content type that Nix itself sends. */
  private static String contentType(String name) {
    return name.endsWith(".narinfo")
        ? "text/x-nix-narinfo"
        : name.endsWith("-info") ? "text/x-nix-cache-info" : "application/x-nix-nar";
  }
}
