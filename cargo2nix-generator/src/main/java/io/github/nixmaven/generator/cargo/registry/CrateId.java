package io.github.nixmaven.generator.cargo.registry;

import io.github.nixmaven.generator.hash.Hash;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A published crate. All three parts become parts of file names and addresses, so only values that
 * cargo accepts are allowed.
 *
 * @param name the package's name
 * @param version its version, as <a href="https://semver.org/spec/v2.0.0.html">SemVer 2</a> writes
 *     it
 * @param checksum the SHA-256 digest of its .crate file in lower-case hexadecimal, as in Cargo.lock
 * @param pin where the lock pins it, for messages; not part of its identity
 */
public record CrateId(String name, String version, String checksum, @Nullable Position pin) {
  private static final int LONGEST_NAME = 64;

  private static final Pattern VERSION =
      Pattern.compile(
          "(?:0|[1-9][0-9]{0,18})(?:\\.(?:0|[1-9][0-9]{0,18})){2}(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?"
              + "(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");

  private static final int LONGEST_VERSION = 128;

  private static final int CHECKSUM_LENGTH = 64;

  /**
   * @throws InputException when cargo would reject a part
   */
  public CrateId {
    check(pin, isName(name), "crate name", name);
    check(
        pin,
        version.length() <= LONGEST_VERSION && VERSION.matcher(version).matches(),
        "version of crate " + name,
        version);
    check(pin, isChecksum(checksum), "SHA-256 checksum of crate " + name + " " + version, checksum);
  }

  private static boolean isName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.charAt(0) == '-') {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!(isIn(c, 'a', 'z') || isIn(c, 'A', 'Z') || isIn(c, '0', '9') || c == '_' || c == '-')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isChecksum(String checksum) {
    for (int i = 0; i < checksum.length(); i++) {
      char c = checksum.charAt(i);
      if (!(isIn(c, '0', '9') || isIn(c, 'a', 'f'))) {
        return false;
      }
    }
    return checksum.length() == CHECKSUM_LENGTH;
  }

  private static boolean isIn(char c, char first, char last) {
    return c >= first && c <= last;
  }

  /** A crate that is not from a lock. */
  public CrateId(String name, String version, String checksum) {
    this(name, version, checksum, null);
  }

  private static void check(@Nullable Position pin, boolean valid, String what, String value) {
    if (!valid) {
      throw new InputException(
          pin,
          "not a " + what + ": " + printable(value),
          "Restore Cargo.lock from version control, or write it again with `cargo update`.");
    }
  }

  private static String printable(String value) {
    String start = value.length() > 100 ? value.substring(0, 100) + "…" : value;
    return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
  }

  /** The digest of its .crate file. */
  Hash hash() {
    return Hash.parse(Hash.Algorithm.SHA256, checksum);
  }

  /** {@code NAME-VERSION}: the directory in the .crate file, and the file's name. */
  String folder() {
    return name + "-" + version;
  }

  /** The name of its manifest in messages. */
  String manifest() {
    return name + " " + version + "/Cargo.toml";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CrateId id
        && name.equals(id.name)
        && version.equals(id.version)
        && checksum.equals(id.checksum);
  }

  @Override
  public int hashCode() {
    return checksum.hashCode();
  }

  @Override
  public String toString() {
    return "crate " + name + " " + version;
  }
}
