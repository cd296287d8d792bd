package io.github.nixmaven.builder.language;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the packages of an ecosystem are built, and the words for that. */
public interface Language {
  /** The ecosystem's name, as units say it: {@code cargo}. */
  String ecosystem();

  /** The word for a package, in the singular: {@code crate}. */
  String packageNoun();

  /**
   * The name of a unit in messages.
   *
   * @param packageId the package's name and version, or null for what belongs to no single package
   * @param part as in {@link Unit}, and so are the others
   */
  String label(
      @Nullable String packageId,
      String part,
      @Nullable String kind,
      @Nullable String name,
      @Nullable String target);

  /**
   * Reads what a program of tests printed.
   *
   * @param printed all of its standard output
   */
  TestOutput tests(String printed);

  /** What a line of a build's log is. */
  LogLine logLine(String line);

  /**
   * What to do where a build missed something that no package of the system brings for a target.
   *
   * @param target the platform that it was built for
   * @param file what was missing: a library such as {@code libssl.so}, a header, or a program
   */
  Optional<String> adviceOnMissing(String target, String file);

  /** Whether a unit is a library that the compiler itself runs while it compiles others. */
  boolean isMacro(Unit unit);

  /**
   * The likely reason why outputs differ, and the fix; empty if none is known.
   *
   * @param cause what they depend on
   * @param byScript whether a package's build script made what differs
   */
  String advice(Cause cause, boolean byScript);

  /**
   * The advice for units that differ at random because they all expand one macro.
   *
   * @param packageId the package whose unit differs
   * @param macro the package of the macro
   * @param users how many units expand it
   */
  String adviceOnMacro(String packageId, String macro, long users);
}
