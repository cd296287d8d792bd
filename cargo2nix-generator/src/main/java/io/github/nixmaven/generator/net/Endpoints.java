package io.github.nixmaven.generator.net;

/** The public addresses of Debian that the product knows. */
public final class Endpoints {
  /** Debian's archive: {@code dists/} and {@code pool/} are below it. */
  public static final String DEBIAN_MIRROR = "http://deb.debian.org/debian";

  /** Debian's security archive. */
  public static final String DEBIAN_SECURITY_MIRROR = "http://deb.debian.org/debian-security";

  /** Every file that Debian's archive has ever contained, by time. */
  public static final String DEBIAN_SNAPSHOT = "http://snapshot.debian.org/archive/debian";

  private Endpoints() {}
}
