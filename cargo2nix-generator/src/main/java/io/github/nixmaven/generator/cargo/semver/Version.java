package io.github.nixmaven.generator.cargo.semver;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version after <a href="https://semver.org/spec/v2.0.0.html">Semantic Versioning 2.0.0</a>.
 *
 * @param major the first number
 * @param minor the second number
 * @param patch the third number
 * @param pre the pre-release identifiers after the hyphen, or the empty string
 * @param build the build metadata after the plus sign, or the empty string
 */
public record Version(long major, long minor, long patch, String pre, String build)
    implements Comparable<Version> {
  private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
  private static final String IDENTIFIER = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
  static final String PRE = IDENTIFIER + "(?:\\." + IDENTIFIER + ")*";
  static final String BUILD = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
  private static final Pattern SYNTAX =
      Pattern.compile(
          NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-(" + PRE + "))?(?:\\+(" + BUILD + "))?");

  /**
   * Reads a version.
   *
   * @throws IllegalArgumentException when the text is not a version
   */
  public static Version parse(String text) {
    Version plain = plain(text);
    if (plain != null) {
      return plain;
    }
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("`" + text + "` is not a version");
    }
    return new Version(
        Long.parseLong(matcher.group(1)),
        Long.parseLong(matcher.group(2)),
        Long.parseLong(matcher.group(3)),
        matcher.group(4) == null ? "" : matcher.group(4),
        matcher.group(5) == null ? "" : matcher.group(5));
  }

  /**
   * Reads a version of three numbers, as most are, in a fraction of the time; null for other
   * versions.
   */
  private static @Nullable Version plain(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    if (first < 0 || second < 0) {
      return null;
    }
    int major = number(text, 0, first);
    int minor = number(text, first + 1, second);
    int patch = number(text, second + 1, text.length());
    return major < 0 || minor < 0 || patch < 0 ? null : new Version(major, minor, patch, "", "");
  }

  /** A number of up to nine digits without leading zeros, or -1. */
  static int number(String text, int from, int to) {
    if (to <= from || to - from > 9 || (text.charAt(from) == '0' && to - from > 1)) {
      return -1;
    }
    int result = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      result = 10 * result + digit;
    }
    return result;
  }

  /** Whether this is a pre-release. */
  public boolean isPrerelease() {
    return !pre.isEmpty();
  }

  // A record's own hash is slow before the JIT compiles it.
  @Override
  public int hashCode() {
    return (int) (31 * (31 * major + minor) + patch) + pre.hashCode();
  }

  /** Precedence; build metadata breaks ties, so that the order is total. */
  @Override
  public int compareTo(Version other) {
    int order = Long.compare(major, other.major);
    order = order != 0 ? order : Long.compare(minor, other.minor);
    order = order != 0 ? order : Long.compare(patch, other.patch);
    order = order != 0 ? order : comparePre(pre, other.pre);
    return order != 0 ? order : build.compareTo(other.build);
  }

  /** Orders pre-releases; a release comes after all of its pre-releases. */
  static int comparePre(String left, String right) {
    if (left.isEmpty() || right.isEmpty()) {
      return Boolean.compare(left.isEmpty(), right.isEmpty());
    }
    String[] lefts = left.split("\\.");
    String[] rights = right.split("\\.");
    for (int i = 0; i < Math.min(lefts.length, rights.length); i++) {
      int order = compareIdentifiers(lefts[i], rights[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(lefts.length, rights.length);
  }

  private static int compareIdentifiers(String left, String right) {
    boolean leftNumeric = left.chars().allMatch(Character::isDigit);
    boolean rightNumeric = right.chars().allMatch(Character::isDigit);
    if (leftNumeric && rightNumeric) {
      int order = Integer.compare(left.length(), right.length());
      return order != 0 ? order : left.compareTo(right);
    }
    if (leftNumeric != rightNumeric) {
      return leftNumeric ? -1 : 1;
    }
    return left.compareTo(right);
  }

  @Override
  public String toString() {
    return major
        + "."
        + minor
        + "."
        + patch
        + (pre.isEmpty() ? "" : "-" + pre)
        + (build.isEmpty() ? "" : "+" + build);
  }
}
