package io.github.nixmaven.generator.cli;

/** The exit codes of the process. */
final class ExitCode {
  /** Success. */
  static final int OK = 0;

  /** The answer is no: {@code check} found the file stale, or {@code why} found nothing. */
  static final int NO = 1;

  /** A mistake in the arguments, the lock or a manifest. */
  static final int MISTAKE = 2;

  /** An error of the disk, the network or this program. */
  static final int FAULT = 3;

  private ExitCode() {}
}
