package io.github.nixmaven.generator.net;

/**
 * The public endpoints of the registries that the product knows by name. No other file names a
 * host.
 */
public final class Endpoints {
  /** Where crates.io serves crate files: {@code /NAME/NAME-VERSION.crate} below it. */
  public static final String CRATES_IO_FILES = "https://static.crates.io/crates";

  /** The source string that locks use for crates.io, whichever protocol cargo spoke. */
  public static final String CRATES_IO_INDEX = "https://github.com/rust-lang/crates.io-index";

  /** The sparse index of crates.io. */
  public static final String CRATES_IO_SPARSE_INDEX = "https://index.crates.io/";

  /** Debian's archive: {@code dists/} and {@code pool/} stand below it. */
  public static final String DEBIAN_MIRROR = "http://deb.debian.org/debian";

  /** Debian's security archive. */
  public static final String DEBIAN_SECURITY_MIRROR = "http://deb.debian.org/debian-security";

  /** Every file Debian's archive ever held, by time. */
  public static final String DEBIAN_SNAPSHOT = "http://snapshot.debian.org/archive/debian";

  private Endpoints() {}
}
