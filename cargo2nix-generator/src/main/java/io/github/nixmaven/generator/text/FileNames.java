package io.github.nixmaven.generator.text;

import java.nio.file.InvalidPathException;
import org.jspecify.annotations.Nullable;

/**
 * Names of files with letters beyond ASCII. Locks and manifests are UTF-8; the JVM encodes names as
 * the locale says ({@code sun.jnu.encoding}, see JEP 400), and no switch changes that. Without
 * UTF-8, such as with {@code LC_ALL=C}, it refuses such a name or reads another.
 */
public final class FileNames {
  private static final boolean READABLE =
      "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));

  private FileNames() {}

  /**
   * Does nothing for a name that is read as it is.
   *
   * @param name a file's name or path, as the JVM has read it
   * @throws InputException when it is another in this locale
   */
  public static void requireReadable(String name) {
    if (!READABLE && !isRead(name)) {
      throw mistake(name, "in this locale, Java reads ASCII only", null);
    }
  }

  /** The mistake of a name that the JVM refuses. */
  public static InputException mistake(InvalidPathException e) {
    return mistake(e.getInput(), e.getReason(), e);
  }

  private static InputException mistake(String name, String reason, @Nullable Throwable cause) {
    return new InputException(
        null,
        "`" + name + "` cannot be read as the name of a file: " + reason,
        "For letters beyond ASCII, set a locale with UTF-8: `export LC_ALL=C.UTF-8`.",
        cause);
  }

  /** Whether all of a name is ASCII. The JVM makes `?` of a byte that is not. */
  private static boolean isRead(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) > 0x7f || name.charAt(i) == '?') {
        return false;
      }
    }
    return true;
  }
}
