package io.github.nixmaven.generator.cargo.semver;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version requirement: comparators joined by commas, all of which must be satisfied (the Cargo
 * Book, "Specifying Dependencies").
 */
public final class VersionReq {
  /** The requirement that every released version satisfies. */
  public static final VersionReq ANY = new VersionReq("*", List.of());

  private static final String PART = "(0|[1-9][0-9]{0,17}|[*xX])";
  private static final Pattern COMPARATOR =
      Pattern.compile(
          "\\s*(=|>=|>|<=|<|~|\\^)?\\s*"
              + PART
              + "(?:\\."
              + PART
              + "(?:\\."
              + PART
              + "(?:-("
              + Version.PRE
              + "))?(?:\\+"
              + Version.BUILD
              + ")?)?)?\\s*");

  private final String text;
  private final List<Comparator> comparators;

  private VersionReq(String text, List<Comparator> comparators) {
    this.text = text;
    this.comparators = comparators;
  }

  /**
   * Reads a requirement.
   *
   * @throws IllegalArgumentException when the text is not a requirement
   */
  public static VersionReq parse(String text) {
    Comparator plain = plain(text);
    if (plain != null) {
      return new VersionReq(text, List.of(plain));
    }
    if (text.isBlank() || text.strip().matches("[*xX]")) {
      return ANY;
    }
    List<Comparator> comparators = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (part.isBlank() && !comparators.isEmpty()) {
        continue; // cargo accepts a trailing comma
      }
      Matcher matcher = COMPARATOR.matcher(part);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("`" + text + "` is not a version requirement");
      }
      comparators.add(comparator(matcher));
    }
    return new VersionReq(text, List.copyOf(comparators));
  }

  /**
   * Reads a requirement of one to three numbers after an optional {@code ^} or {@code =}, as most
   * are, in a fraction of the time; null for other requirements.
   */
  private static @Nullable Comparator plain(String text) {
    char mark = text.isEmpty() ? ' ' : text.charAt(0);
    int start = mark == '^' || mark == '=' ? 1 : 0;
    int first = text.indexOf('.', start);
    int second = first < 0 ? -1 : text.indexOf('.', first + 1);
    int major = Version.number(text, start, first < 0 ? text.length() : first);
    int minor =
        first < 0 ? 0 : Version.number(text, first + 1, second < 0 ? text.length() : second);
    int patch = second < 0 ? 0 : Version.number(text, second + 1, text.length());
    return major < 0 || minor < 0 || patch < 0
        ? null
        : new Comparator(
            mark == '=' ? "=" : "^",
            major,
            first < 0 ? null : Long.valueOf(minor),
            second < 0 ? null : Long.valueOf(patch),
            "");
  }

  private static Comparator comparator(Matcher matcher) {
    Long major = number(matcher.group(2));
    Long minor = number(matcher.group(3));
    Long patch = number(matcher.group(4));
    boolean wildcard = isWildcard(matcher.group(3)) || isWildcard(matcher.group(4));
    String operator = matcher.group(1);
    if (operator == null) {
      operator = wildcard ? "=" : "^";
    }
    return new Comparator(
        operator,
        major == null ? 0 : major,
        minor,
        minor == null ? null : patch,
        matcher.group(5) == null ? "" : matcher.group(5));
  }

  private static boolean isWildcard(@Nullable String part) {
    return part != null && number(part) == null;
  }

  private static @Nullable Long number(@Nullable String part) {
    return part == null || part.matches("[*xX]") ? null : Long.valueOf(part);
  }

  /**
   * Whether a version satisfies the requirement. A pre-release satisfies it only when a comparator
   * names a pre-release of the same three numbers.
   */
  public boolean matches(Version version) {
    for (Comparator comparator : comparators) {
      if (!comparator.matches(version)) {
        return false;
      }
    }
    return !version.isPrerelease()
        || comparators.stream().anyMatch(c -> c.allowsPrerelease(version));
  }

  @Override
  public String toString() {
    return text;
  }

  private record Comparator(
      String operator, long major, @Nullable Long minor, @Nullable Long patch, String pre) {

    boolean matches(Version v) {
      return switch (operator) {
        case "=" -> exact(v);
        case ">" -> greater(v);
        case ">=" -> exact(v) || greater(v);
        case "<" -> !exact(v) && !greater(v);
        case "<=" -> !greater(v);
        case "~" -> tilde(v);
        default -> caret(v);
      };
    }

    boolean allowsPrerelease(Version v) {
      return !pre.isEmpty()
          && major == v.major()
          && minor != null
          && minor == v.minor()
          && patch != null
          && patch == v.patch();
    }

    private boolean exact(Version v) {
      return v.major() == major
          && (minor == null || v.minor() == minor)
          && (patch == null || (v.patch() == patch && v.pre().equals(pre)));
    }

    private boolean greater(Version v) {
      if (v.major() != major) {
        return v.major() > major;
      }
      if (minor == null) {
        return false;
      }
      if (v.minor() != minor) {
        return v.minor() > minor;
      }
      if (patch == null) {
        return false;
      }
      return v.patch() != patch ? v.patch() > patch : Version.comparePre(v.pre(), pre) > 0;
    }

    private boolean tilde(Version v) {
      if (v.major() != major || (minor != null && v.minor() != minor)) {
        return false;
      }
      return patch == null
          || v.patch() > patch
          || (v.patch() == patch && Version.comparePre(v.pre(), pre) >= 0);
    }

    private boolean caret(Version v) {
      if (v.major() != major) {
        return false;
      }
      if (minor == null) {
        return true;
      }
      if (patch == null) {
        return major > 0 ? v.minor() >= minor : v.minor() == minor;
      }
      boolean notBelow =
          v.patch() > patch || (v.patch() == patch && Version.comparePre(v.pre(), pre) >= 0);
      if (major > 0) {
        return v.minor() > minor || (v.minor() == minor && notBelow);
      }
      if (minor > 0) {
        return v.minor() == minor && notBelow;
      }
      return v.minor() == minor && v.patch() == patch && Version.comparePre(v.pre(), pre) >= 0;
    }
  }
}
