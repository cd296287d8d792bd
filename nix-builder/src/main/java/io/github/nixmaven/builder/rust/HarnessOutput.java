package io.github.nixmaven.builder.rust;

import io.github.nixmaven.builder.language.TestCase;
import io.github.nixmaven.builder.language.TestCase.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what rustc's test harness prints (the rustc book, "Tests"; the formatter {@code pretty} of
 * rust's {@code library/test}). Its JSON is not stable, and this is what people see.
 *
 * <p>A harness prints its tests in one section or, as rustdoc does for some editions, in several:
 *
 * <pre>
 * running 2 tests
 * test tests::good ... ok
 * test tests::bad - should panic ... FAILED
 *
 * failures:
 *
 * ---- tests::bad stdout ----
 * what it printed
 *
 * failures:
 *     tests::bad
 *
 * test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
 * </pre>
 *
 * <p>What tests print past the harness, such as the output of processes they start, may stand
 * between these words, also within a line. Which tests failed is therefore taken from the list at
 * the end, too.
 */
final class HarnessOutput {
  private static final Pattern BEGIN = Pattern.compile("running \\d+ tests?");
  private static final Pattern WHOLE =
      Pattern.compile(
          "test (?<name>.+?) \\.\\.\\. (?<outcome>ok|FAILED|ignored(?:, (?<reason>.*))?|bench: .*)");
  private static final Pattern STARTED = Pattern.compile("test (?<name>.+?) \\.\\.\\. .*");
  private static final Pattern SLOW =
      Pattern.compile("test .* has been running for over \\d+ seconds");
  private static final Pattern ENDED = Pattern.compile(".*(?<outcome>ok|FAILED|ignored)");
  private static final Pattern END =
      Pattern.compile("test result: (?:ok|FAILED)\\. .*finished in (?<seconds>[0-9.]+)s");
  private static final Pattern PRINTED = Pattern.compile("---- (?<name>.+) (?:stdout|stderr) ----");

  /** Suffixes that the harness adds to names. */
  private static final Pattern REMARK =
      Pattern.compile(" - (?:should panic|compile|compile fail)$");

  private static final String FAILURES = "failures:";

  private final Map<String, TestCase> cases = new LinkedHashMap<>();
  private final boolean complete;
  private final double seconds;

  private HarnessOutput(String text) {
    boolean ended = false;
    double total = 0;
    List<String> section = null;
    for (String line : text.lines().toList()) {
      if (section == null) {
        if (BEGIN.matcher(line).matches()) {
          section = new ArrayList<>();
          ended = false;
        }
        continue;
      }
      Matcher end = END.matcher(line);
      if (end.matches()) {
        read(section, true);
        total += Double.parseDouble(end.group("seconds"));
        section = null;
        ended = true;
      } else {
        section.add(line);
      }
    }
    if (section != null) {
      read(section, false);
    }
    complete = ended && section == null;
    seconds = total;
  }

  /** Reads all that a harness printed. */
  static HarnessOutput of(String text) {
    return new HarnessOutput(text);
  }

  /** The tests that ended, in that order. */
  List<TestCase> cases() {
    return List.copyOf(cases.values());
  }

  /** Whether the harness came to its end. */
  boolean isComplete() {
    return complete;
  }

  /** How long it ran. */
  double seconds() {
    return seconds;
  }

  private void read(List<String> section, boolean isEnded) {
    int names = section.lastIndexOf(FAILURES);
    int details = section.indexOf(FAILURES);
    Set<String> failed = new LinkedHashSet<>();
    if (names >= 0) {
      for (String line : section.subList(names + 1, section.size())) {
        if (line.startsWith("    ")) {
          failed.add(line.strip());
        }
      }
    }
    Map<String, String> printed =
        details < names ? printed(section.subList(details + 1, names), failed) : Map.of();
    String open = null;
    for (String line : details >= 0 ? section.subList(0, details) : section) {
      Matcher whole = WHOLE.matcher(line);
      if (whole.matches()) {
        if (open != null) {
          add(open, "ok", "");
        }
        @Nullable String reason = whole.group("reason");
        add(whole.group("name"), whole.group("outcome"), reason == null ? "" : reason);
        open = null;
        continue;
      }
      Matcher started = STARTED.matcher(line);
      if (started.matches() && !SLOW.matcher(line).matches()) {
        if (open != null) {
          add(open, "ok", "");
        }
        open = started.group("name");
      }
      Matcher ended = ENDED.matcher(line);
      if (open != null && ended.matches()) {
        add(open, ended.group("outcome"), "");
        open = null;
      }
    }
    if (open != null && isEnded) {
      add(open, "ok", "");
    }
    failed.forEach(name -> add(name, "FAILED", ""));
    printed.forEach(
        (name, output) ->
            cases.computeIfPresent(
                name, (key, test) -> new TestCase(key, test.outcome(), message(output), output)));
  }

  private void add(String shown, String outcome, String reason) {
    String name = REMARK.matcher(shown).replaceFirst("");
    Outcome meant =
        outcome.startsWith("ignored")
            ? Outcome.IGNORED
            : outcome.equals("FAILED") ? Outcome.FAILED : Outcome.PASSED;
    cases.put(name, new TestCase(name, meant, reason, ""));
  }

  /** The outputs of failing tests, by name. A heading counts only where it names one of them. */
  private static Map<String, String> printed(List<String> lines, Set<String> failed) {
    Map<String, StringBuilder> texts = new HashMap<>();
    StringBuilder current = null;
    for (String line : lines) {
      Matcher heading = PRINTED.matcher(line);
      if (heading.matches() && failed.contains(heading.group("name"))) {
        current = texts.computeIfAbsent(heading.group("name"), name -> new StringBuilder());
      } else if (current != null) {
        current.append(line).append('\n');
      }
    }
    Map<String, String> result = new LinkedHashMap<>();
    texts.forEach((name, text) -> result.put(name, text.toString().strip()));
    return result;
  }

  /** The line that says what went wrong: the one after a panic's place, or the first. */
  private static String message(String output) {
    List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).startsWith("thread '") && lines.get(i).contains(" panicked at ")) {
        return lines.get(i + 1);
      }
    }
    return lines.isEmpty() ? "" : lines.get(0);
  }
}
