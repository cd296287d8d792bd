package io.github.nixmaven.generator.cargo.lock;

/** The public addresses of crates.io. No other file names its hosts. */
public final class CratesIo {
  /** The address of crates.io's crate files: {@code /NAME/NAME-VERSION.crate} below it. */
  public static final String FILES = "https://static.crates.io/crates";

  /** The source string for crates.io in locks, for all protocols. */
  public static final String INDEX = "https://github.com/rust-lang/crates.io-index";

  /** The sparse index of crates.io. */
  public static final String SPARSE_INDEX = "https://index.crates.io/";

  private CratesIo() {}
}
