package io.github.nixmaven.builder.realise;

import io.github.nixmaven.builder.nix.Derivation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a derivation of the builder makes, told from its name: {@code rust-NAME-VERSION}, followed
 * by {@code -lib}, {@code -build-script}, {@code -build} (its run) or {@code -bin-BINARY} for a
 * part of a crate, by {@code -post} or {@code -component} for a step after it; for its tests by
 * {@code -KIND-NAME}, with {@code -test} behind it where that is no test by itself and {@code -run}
 * where it is run, {@code -doc-run} and {@code -test-results}. {@code rust-std-TARGET} is Rust's
 * standard library, where a target's has to be built.
 *
 * @param name the crate's name, or null for a derivation that belongs to no single crate
 * @param version the crate's version, or null likewise
 * @param label what to call the derivation towards a user
 */
public record Unit(@Nullable String name, @Nullable String version, String label) {
  // The shortest pre-release that fits, so that `-lib` is a part and not a pre-release.
  private static final Pattern NAME =
      Pattern.compile(
          "rust-(?<name>[A-Za-z0-9_-]+?)"
              + "-(?<version>\\d+\\.\\d+\\.\\d+(?:-[0-9A-Za-z.-]+?)??(?:\\+[0-9A-Za-z.-]+?)??)"
              + "(?<part>-lib|-build-script|-build|-doc-run|-test-results"
              + "|-(?:lib|bin|test|bench|example)-.+|(?:-post)?-component|-post)?");

  private static final String STANDARD_LIBRARY = "rust-std-";

  /** What a derivation makes. */
  public static Unit of(Derivation derivation) {
    return ofName(derivation.name());
  }

  /** Whether a derivation makes Rust's standard library. */
  static boolean isStandardLibrary(Derivation derivation) {
    Unit unit = of(derivation);
    return unit.name == null && derivation.name().startsWith(STANDARD_LIBRARY);
  }

  /** What a derivation with this name makes. */
  static Unit ofName(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      boolean isLibrary = name.startsWith(STANDARD_LIBRARY);
      return new Unit(
          null,
          null,
          isLibrary
              ? "Rust's standard library for " + name.substring(STANDARD_LIBRARY.length())
              : name);
    }
    String crate = matcher.group("name");
    String version = matcher.group("version");
    String label = crate + " " + version;
    String part = matcher.group("part");
    if (part != null && part.equals("-build-script")) {
      label += " (build script)";
    } else if (part != null && part.equals("-build")) {
      label += " (build script's run)";
    } else if (part != null && part.equals("-post")) {
      label += " (post-steps)";
    } else if (part != null && part.endsWith("-component")) {
      label += " (component)";
    } else if (part != null && part.equals("-test-results")) {
      label += " (what tests said)";
    } else if (part != null && part.equals("-doc-run")) {
      label += " (documentation tests)";
    } else if (part != null && part.endsWith("-run")) {
      label += " (running " + target(part.substring(0, part.length() - "-run".length())) + ")";
    } else if (part != null && part.indexOf('-', 1) > 0) {
      label += " (" + target(part) + ")";
    }
    return new Unit(crate, version, label);
  }

  /** What {@code -KIND-NAME} is, and {@code -KIND-NAME-test}. */
  private static String target(String part) {
    String kind = part.substring(1, part.indexOf('-', 1));
    String name = part.substring(kind.length() + 2);
    if (!kind.equals("test") && name.endsWith("-test")) {
      name = name.substring(0, name.length() - "-test".length());
      return kind.equals("lib") ? "unit tests" : "unit tests of " + kind + " " + name;
    }
    return (kind.equals("bin") ? "binary" : kind.equals("bench") ? "benchmark" : kind) + " " + name;
  }

  /** The crate's name and version with a space between, or null. */
  public @Nullable String crate() {
    return name == null ? null : name + " " + version;
  }
}
