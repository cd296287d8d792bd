package io.github.nixmaven.builder.toolchain;

import java.util.Comparator;

/**
 * The order of Debian's version numbers: {@code [epoch:]upstream[-revision]}.
 *
 * <p>Debian Policy, section 5.6.12, and deb-version(7).
 */
final class DebianVersion {
  /** Oldest first. */
  static final Comparator<String> ORDER = DebianVersion::compare;

  private DebianVersion() {}

  private static int compare(String a, String b) {
    int byEpoch = compareNumbers(epoch(a), epoch(b));
    if (byEpoch != 0) {
      return byEpoch;
    }
    int byUpstream = comparePart(upstream(a), upstream(b));
    return byUpstream != 0 ? byUpstream : comparePart(revision(a), revision(b));
  }

  private static String epoch(String version) {
    return version.substring(0, Math.max(0, version.indexOf(':')));
  }

  private static String upstream(String version) {
    int dash = version.lastIndexOf('-');
    return version.substring(version.indexOf(':') + 1, dash < 0 ? version.length() : dash);
  }

  private static String revision(String version) {
    int dash = version.lastIndexOf('-');
    return dash < 0 ? "" : version.substring(dash + 1);
  }

  /** Alternately a run of non-digits, by rank of its characters, and a number. */
  private static int comparePart(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() || j < b.length()) {
      while (isText(a, i) || isText(b, j)) {
        int order = Integer.compare(rank(a, i), rank(b, j));
        if (order != 0) {
          return order;
        }
        i++;
        j++;
      }
      int endOfA = endOfNumber(a, i);
      int endOfB = endOfNumber(b, j);
      int order = compareNumbers(a.substring(i, endOfA), b.substring(j, endOfB));
      if (order != 0) {
        return order;
      }
      i = endOfA;
      j = endOfB;
    }
    return 0;
  }

  private static boolean isText(String text, int index) {
    return index < text.length() && !isDigit(text.charAt(index));
  }

  /**
   * A tilde comes before the end, the end (or a number) before letters, letters before the rest.
   */
  private static int rank(String text, int index) {
    if (!isText(text, index)) {
      return 0;
    }
    char c = text.charAt(index);
    if (c == '~') {
      return -1;
    }
    return Character.isLetter(c) ? c : c + 256;
  }

  private static int endOfNumber(String text, int start) {
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Numbers of any length; none at all is zero. */
  private static int compareNumbers(String a, String b) {
    String left = withoutZeros(a);
    String right = withoutZeros(b);
    int byLength = Integer.compare(left.length(), right.length());
    return byLength != 0 ? byLength : left.compareTo(right);
  }

  private static String withoutZeros(String number) {
    int start = 0;
    while (start < number.length() && number.charAt(start) == '0') {
      start++;
    }
    return number.substring(start);
  }
}
