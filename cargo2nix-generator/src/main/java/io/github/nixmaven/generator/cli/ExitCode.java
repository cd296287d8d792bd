package io.github.nixmaven.generator.cli;

/** What the process ends with. */
final class ExitCode {
  /** All is as it should be. */
  static final int OK = 0;

  /** The answer is no: {@code check} found the file stale, or {@code why} nothing. */
  static final int NO = 1;

  /** A mistake in the arguments, the lock or a manifest. */
  static final int MISTAKE = 2;

  /** A fault of the disk or the network, or of this program. */
  static final int FAULT = 3;

  private ExitCode() {}
}
