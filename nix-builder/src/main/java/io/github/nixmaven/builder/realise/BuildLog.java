package io.github.nixmaven.builder.realise;

import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.language.LogLine;
import io.github.nixmaven.builder.overrides.MissingPart;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The important part of a failed build's log: the first error with what follows it, the end, and
 * what was missing. Takes lines as they come, and keeps few of them.
 */
final class BuildLog {
  private static final int LINES = 20;

  /** Linkers are called with more arguments than anybody reads. */
  private static final int WIDTH = 300;

  /** How make gives up. */
  private static final Pattern GAVE_UP = Pattern.compile("\\*\\*\\* .*Error \\d");

  /** What compilers of C, linkers, CMake and Nix say. */
  private static final Pattern ERROR =
      Pattern.compile(
          "^ *error: |:\\d+: (?:fatal )?error: |^CMake Error"
              + "|undefined reference to|ld: cannot find|cannot execute");

  private static final Pattern NETWORK =
      Pattern.compile(
          "Could not resolve host|Temporary failure in name resolution|Network is unreachable"
              + "|failed to lookup address|dns error|unable to resolve host",
          Pattern.CASE_INSENSITIVE);

  private final Language language;
  private final Deque<String> end = new ArrayDeque<>();
  private final Excerpt specific = new Excerpt();
  private final Excerpt gaveUp = new Excerpt();
  private @Nullable MissingPart missing;
  private boolean network;

  /** The lines from one on. */
  private static final class Excerpt {
    private final List<String> lines = new ArrayList<>();

    void add(String line, boolean begins) {
      if ((begins || !lines.isEmpty()) && lines.size() < LINES) {
        lines.add(line);
      }
    }
  }

  /**
   * An empty log.
   *
   * @param language of what is built
   */
  BuildLog(Language language) {
    this.language = language;
  }

  /** Whether the builder announces a command: a line of a screenful, which hides what it led to. */
  static boolean isCommand(String line) {
    return line.startsWith("Running `");
  }

  /** Takes the next line. */
  void add(String line) {
    LogLine kind = language.logLine(line);
    if (isCommand(line) || kind == LogLine.DIRECTIVE) {
      return;
    }
    Optional<MissingPart> part = MissingPart.in(line, language);
    boolean wantsNetwork = NETWORK.matcher(line).find();
    if (missing == null) {
      missing = part.orElse(null);
    }
    network |= wantsNetwork;
    String shown = line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    gaveUp.add(shown, kind == LogLine.GAVE_UP || GAVE_UP.matcher(line).find());
    specific.add(
        shown,
        part.isPresent()
            || wantsNetwork
            || kind == LogLine.ERROR
            || (kind != LogLine.SUMMARY && ERROR.matcher(line).find()));
    if (end.size() == LINES) {
      end.removeFirst();
    }
    end.addLast(shown);
  }

  /**
   * The lines to show to the user, each after a line feed.
   *
   * @param name the name of the package that was built, or null where it was none
   * @param target the platform it was built for, or null for this one
   */
  String describe(@Nullable String name, @Nullable String target) throws IOException {
    if (end.isEmpty()) {
      return "";
    }
    Excerpt error = specific.lines.isEmpty() ? gaveUp : specific;
    boolean whole = error.lines.isEmpty() || end.size() < LINES;
    StringBuilder text = new StringBuilder();
    text.append(whole ? "\nThe end of its log:\n" : "\nThe first error in its log:\n");
    (whole ? end : error.lines).forEach(line -> text.append("\n    ").append(line));
    if (name != null && missing != null) {
      Optional<String> advice =
          target == null
              ? Optional.empty()
              : language.tools().adviceOnMissing(target, missing.file());
      text.append("\n\n")
          .append(advice.isPresent() ? advice.get() : missing.remedy(name, language));
    } else if (name != null && network) {
      text.append("\n\n")
          .append(name)
          .append(
              " needs the network while it is built, but a hermetic build has none. Look for a"
                  + " feature or an environment variable that makes it use installed files. A row in"
                  + " nix-overrides.toml can add packages and set variables.");
    }
    return text.toString();
  }
}
