package io.github.nixmaven.generator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a user watches. The JDK only knows this for input and output together. */
final class Terminal {
  private static final int FILE_TYPE = 0170000;
  private static final int CHARACTER_DEVICE = 0020000;

  private Terminal() {}

  /** Whether the standard output is a terminal that can show colours. */
  static boolean isOutput() {
    return is(1);
  }

  /** Whether the standard error is a terminal that can show colours and rewrite a line. */
  static boolean isError() {
    return is(2);
  }

  private static boolean is(int descriptor) {
    Path file = Path.of("/dev/fd/" + descriptor);
    try {
      int mode = (int) Files.getAttribute(file, "unix:mode");
      return (mode & FILE_TYPE) == CHARACTER_DEVICE
          && !Files.isSameFile(file, Path.of("/dev/null"))
          && !"dumb".equals(System.getenv("TERM"));
    } catch (IOException | UnsupportedOperationException e) {
      return false; // closed, or not Unix
    }
  }

  /** Whether to use colours on a terminal: not if {@code NO_COLOR} is set. */
  static boolean coloursWelcome() {
    String choice = System.getenv("NO_COLOR");
    return choice == null || choice.isEmpty();
  }
}
