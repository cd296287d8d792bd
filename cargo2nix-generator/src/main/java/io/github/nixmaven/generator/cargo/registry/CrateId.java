package io.github.nixmaven.generator.cargo.registry;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A published crate. All three parts become parts of file names and addresses, so only what cargo
 * itself would take passes.
 *
 * @param name the package's name
 * @param version its version, as <a href="https://semver.org/spec/v2.0.0.html">SemVer 2</a> writes
 *     it
 * @param checksum the SHA-256 digest of its .crate file in lower-case hexadecimal, as Cargo.lock
 *     has it
 * @param pin where the lock pins it, for messages: no part of what it is
 */
public record CrateId(String name, String version, String checksum, @Nullable Position pin) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,63}");

  private static final Pattern VERSION =
      Pattern.compile(
          "(?:0|[1-9][0-9]{0,18})(?:\\.(?:0|[1-9][0-9]{0,18})){2}(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?"
              + "(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");

  private static final int LONGEST_VERSION = 128;

  private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws InputException when a part is not what cargo would take
   */
  public CrateId {
    check(pin, NAME.matcher(name).matches(), "crate name", name);
    check(
        pin,
        version.length() <= LONGEST_VERSION && VERSION.matcher(version).matches(),
        "version of crate " + name,
        version);
    check(
        pin,
        CHECKSUM.matcher(checksum).matches(),
        "SHA-256 checksum of crate " + name + " " + version,
        checksum);
  }

  /** A crate that no lock pins. */
  public CrateId(String name, String version, String checksum) {
    this(name, version, checksum, null);
  }

  private static void check(@Nullable Position pin, boolean valid, String what, String value) {
    if (!valid) {
      throw new InputException(
          pin,
          "not a " + what + ": " + printable(value),
          "Restore Cargo.lock from version control, or write it anew with `cargo generate-lockfile`.");
    }
  }

  private static String printable(String value) {
    String start = value.length() > 100 ? value.substring(0, 100) + "…" : value;
    return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
  }

  /** {@code NAME-VERSION}: the folder that the .crate file holds, and the file's name. */
  String folder() {
    return name + "-" + version;
  }

  /** What messages call its manifest. */
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
