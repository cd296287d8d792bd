package io.github.nixmaven.builder.nix;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the errors that Nix words differently from version to version. */
public final class NixErrors {
  private static final Pattern DERIVATION =
      Pattern.compile("/[^\\s':]+/[a-z0-9]{32}-[^\\s':]+\\.drv");

  private NixErrors() {}

  /** How Nix sums up after the errors themselves: it names all that it was to build. */
  private static final Pattern SUMMARY = Pattern.compile("^(?:error: )?build of .* failed$");

  /** The derivation an error is about: the first one it names, or null. */
  public static @Nullable String derivation(String error) {
    if (SUMMARY.matcher(error.strip()).matches()) {
      return null;
    }
    Matcher matcher = DERIVATION.matcher(error);
    return matcher.find() ? matcher.group() : null;
  }

  /**
   * An error message in one line: without the part of the log that it repeats, and with names in
   * place of store paths of derivations.
   */
  public static String reason(String error) {
    String text =
        error
            .lines()
            .map(String::strip)
            .takeWhile(
                line ->
                    !line.matches("[Ll]ast \\d+ log lines:") && !line.startsWith("Output paths:"))
            .collect(Collectors.joining(" "));
    return DERIVATION
        .matcher(text.replaceFirst("^error: ", "").replaceFirst("[;.]$", ""))
        .replaceAll(match -> Matcher.quoteReplacement(Derivation.nameOf(match.group())));
  }
}
