package io.github.nixmaven.generator.net;

/** The public addresses of Debian that the product knows by name. */
public final class Endpoints {
  /** Debian's archive: {@code dists/} and {@code pool/} stand below it. */
  public static final String DEBIAN_MIRROR = "http://deb.debian.org/debian";

  /** Debian's security archive. */
  public static final String DEBIAN_SECURITY_MIRROR = "http://deb.debian.org/debian-security";

  /** Every file Debian's archive ever held, by time. */
  public static final String DEBIAN_SNAPSHOT = "http://snapshot.debian.org/archive/debian";

  private Endpoints() {}
}
