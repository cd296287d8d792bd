package io.github.nixmaven.builder.toolchain;

import io.github.nixmaven.generator.net.Endpoints;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Where Debian's files are had from.
 *
 * @param archive holds {@code dists/} and {@code pool/} of every suite but the security ones
 * @param security holds them for the suites named {@code …-security}
 * @param snapshot holds the archive by time, as {@code /YYYYMMDDTHHMMSSZ/pool/…}; the security
 *     archive is beside it under the same name with {@code -security}
 */
public record Mirrors(URI archive, URI security, URI snapshot) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Debian's own. */
  public static final Mirrors DEBIAN =
      new Mirrors(
          URI.create(Endpoints.DEBIAN_MIRROR),
          URI.create(Endpoints.DEBIAN_SECURITY_MIRROR),
          URI.create(Endpoints.DEBIAN_SNAPSHOT));

  /** A file of a suite's archive, such as {@code pool/main/b/bash/bash_5.2.37-2_amd64.deb}. */
  URI file(String suite, String path) {
    return URI.create((isSecurity(suite) ? security : archive) + "/" + escaped(path));
  }

  /** The same file as the archive held it at a time. */
  URI fileAt(String suite, Instant time, String path) {
    return URI.create(
        snapshot
            + (isSecurity(suite) ? "-security" : "")
            + "/"
            + TIME.format(time)
            + "/"
            + escaped(path));
  }

  private static boolean isSecurity(String suite) {
    return suite.endsWith("-security");
  }

  /** Debian's file names hold {@code ~} and {@code +}, and nothing else beyond letters and dots. */
  private static String escaped(String path) {
    return path.replace("+", "%2B");
  }
}
