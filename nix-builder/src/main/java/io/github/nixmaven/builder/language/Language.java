package io.github.nixmaven.builder.language;

import com.github.packageurl.PackageURLBuilder;
import io.github.nixmaven.generator.pin.Ecosystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How the packages of an ecosystem are built, and the words for that. */
public interface Language {
  /**
   * A file in the jar.
   *
   * @param path its path for {@link Class#getResourceAsStream}
   * @param name its name in messages
   */
  record Resource(String path, String name) {}

  /** The ecosystem that its packages belong to. */
  Ecosystem ecosystem();

  /**
   * The word for a package, in the singular. It is also the key of tables and entries that are
   * about a package, in {@code nix-overrides.toml} and {@code reproducibility.toml}.
   */
  String packageNoun();

  /** What it takes of the toolchain. */
  Tools tools();

  /**
   * A package URL without version and qualifiers (ECMA-427).
   *
   * @param name the package's name
   */
  PackageURLBuilder packageUrl(String name);

  /** The rows of the override table that the plugin ships, as TOML; its name is for messages. */
  Optional<Resource> overrides();

  /**
   * The keys of a row that hold arguments for the ecosystem's own tools, each a list of strings.
   */
  List<String> overrideArguments();

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

  /**
   * The name under which the tests of a program are reported.
   *
   * @param packageName the package's name
   * @param kind what the program was compiled from, in the ecosystem's words
   * @param name the name of its target
   */
  String testSuite(String packageName, String kind, String name);

  /**
   * The name of a program of tests in messages.
   *
   * @param path its source file, relative to the package; the rest as in {@link #testSuite}
   */
  String testLabel(String packageName, String kind, String path);

  /** What a line of a build's log is. */
  LogLine logLine(String line);

  /** The directory that compiled code names instead of the project's; absent if it names none. */
  Optional<String> sourceRoot();

  /**
   * A line of a compiler's message with other paths.
   *
   * @param shown what to show for a path relative to the project
   */
  String withPaths(String line, UnaryOperator<String> shown);

  /** What there is to say about the files of a member's output, a line each. */
  List<String> describe(Path output) throws IOException;

  /** The kind of work that a unit is. */
  Role roleOf(Unit unit);

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
