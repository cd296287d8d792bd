package io.github.nixmaven.builder.overrides;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.generator.pin.ListedPackage;
import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.NearNames;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.TomlTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of the override table: which packages it is about, and what they need. {@code
 * docs/overrides.md} describes the format; {@code nix/overrides/default.nix} reads the same files.
 *
 * @param position its place
 * @param own whether it is the user's, and not one that the plugin ships
 * @param name the package's name
 * @param version a version requirement
 * @param source {@code registry}, {@code git} or {@code path}, or null for any
 * @param features features that must be on
 * @param notFeatures features that must be off
 * @param why why the package needs it, or why it needs nothing
 * @param debian what it needs on the debian platform
 * @param nixpkgs what it needs in nixpkgs
 */
public record OverrideRow(
    Position position,
    boolean own,
    String name,
    String version,
    @Nullable String source,
    List<String> features,
    List<String> notFeatures,
    String why,
    Needs debian,
    Needs nixpkgs) {

  private static final String FORMAT = "See docs/overrides.md for the format of rows.";
  private static final List<String> KEYS =
      List.of("name", "version", "source", "features", "not-features", "why", "debian", "nixpkgs");
  private static final List<String> SOURCES = List.of("registry", "git", "path");

  /**
   * Requirements that both readers of rows support: no wildcard except a lone one, no pre-releases.
   */
  private static final Pattern REQUIREMENT;

  static {
    String comparator = "\\s*(=|>=|>|<=|<|~|\\^)?\\s*\\d{1,9}(\\.\\d{1,9}(\\.\\d{1,9})?)?\\s*";
    REQUIREMENT = Pattern.compile("\\*|" + comparator + "(," + comparator + ")*");
  }

  /** With an architecture where it is linked with for another machine: {@code libssl-dev:arm64}. */
  private static final Pattern DEBIAN_PACKAGE =
      Pattern.compile("[a-z0-9][a-z0-9+.-]+(:[a-z0-9][a-z0-9-]+)?");

  private static final Pattern ATTRIBUTE_PATH =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_'-]*(\\.[A-Za-z_][A-Za-z0-9_'-]*)*");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /**
   * The needs of a package on a platform.
   *
   * @param packages Debian's packages, or attribute paths in nixpkgs
   * @param tools attribute paths in nixpkgs of programs that run while it is built
   * @param environment variables that its build sees
   * @param arguments arguments for the ecosystem's own tools, by the keys of {@link
   *     Language#overrideArguments}
   * @param patches files beside the table, applied with {@code patch -p1} in the package's
   *     directory
   */
  public record Needs(
      List<String> packages,
      List<String> tools,
      Map<String, String> environment,
      @JsonAnyGetter Map<String, List<String>> arguments,
      List<String> patches) {}

  /**
   * Reads a row.
   *
   * @param folder where its patches lie, or null for rows of the plugin, whose patches it ships
   * @param language of the packages that it is about
   * @throws InputException when it is not one
   */
  static OverrideRow read(TomlTable table, @Nullable Path folder, Language language) {
    requireKnown(table, KEYS, "a row");
    String version = table.string("version");
    if (version != null && !REQUIREMENT.matcher(version).matches()) {
      throw table.error(
          "version",
          "`" + version + "` is not a version requirement",
          "Write one such as `>=0.9, <0.11`.");
    }
    String source = table.string("source");
    if (source != null && !SOURCES.contains(source)) {
      throw table.error(
          "source",
          "`" + source + "` is not a source of packages",
          "Use one of: " + String.join(", ", SOURCES) + ".");
    }
    String why = table.string("why");
    return new OverrideRow(
        table.position("name"),
        folder != null,
        table.requiredString("name"),
        version == null ? "*" : version,
        source,
        table.strings("features"),
        table.strings("not-features"),
        why == null ? "" : why,
        needs(table, "debian", DEBIAN_PACKAGE, folder, language),
        needs(table, "nixpkgs", ATTRIBUTE_PATH, folder, language));
  }

  private static Needs needs(
      TomlTable row,
      String platform,
      Pattern packageName,
      @Nullable Path folder,
      Language language) {
    TomlTable table = row.tableOrEmpty(platform);
    boolean debian = platform.equals("debian");
    List<String> keys = new ArrayList<>(List.of("packages"));
    if (!debian) {
      keys.add("tools");
    }
    keys.add("environment");
    keys.addAll(language.overrideArguments());
    keys.add("patches");
    requireKnown(table, keys, "`" + platform + "`");
    for (String key : List.of("packages", "tools")) {
      for (String name : table.strings(key)) {
        if (!packageName.matcher(name).matches()) {
          throw table.error(
              key,
              "`" + name + "` is not " + (debian ? "the name of a Debian package" : "an attribute"),
              debian
                  ? "Name packages as Debian does, such as `libssl-dev`."
                  : "Name attributes of nixpkgs, such as `openssl` or `gst_all_1.gstreamer`.");
        }
      }
    }
    TomlTable variables = table.tableOrEmpty("environment");
    Map<String, String> environment = new LinkedHashMap<>();
    for (String name : variables.keys()) {
      if (!VARIABLE.matcher(name).matches()) {
        throw variables.error(
            name,
            "`" + name + "` is not the name of an environment variable",
            "Use letters, digits and underscores.");
      }
      environment.put(name, variables.requiredString(name));
    }
    Map<String, List<String>> arguments = new LinkedHashMap<>();
    for (String key : language.overrideArguments()) {
      arguments.put(key, table.strings(key));
    }
    List<String> patches = table.strings("patches");
    for (String patch : patches) {
      if (folder != null && !Files.isRegularFile(folder.resolve(patch))) {
        throw table.error(
            "patches",
            "there is no file " + folder.resolve(patch),
            "Write the patch's path relative to this file's directory.");
      }
    }
    return new Needs(
        table.strings("packages"), table.strings("tools"), environment, arguments, patches);
  }

  static void requireKnown(TomlTable table, List<String> known, String what) {
    for (String key : table.keys()) {
      if (!known.contains(key)) {
        throw table.error(
            key,
            "`" + key + "` is not a key of " + what,
            NearNames.question(
                key, known, "The keys are: " + String.join(", ", known) + ". " + FORMAT));
      }
    }
  }

  /** Whether the row is about a package as it is built with some set of features. */
  boolean appliesTo(ListedPackage pinned, Set<String> on) {
    return pinned.name().equals(name)
        && pinned.satisfies(version)
        && (source == null || source.equals(pinned.source()))
        && on.containsAll(features)
        && notFeatures.stream().noneMatch(on::contains);
  }

  /** The row's name in messages. */
  public String label() {
    return own ? position.toString() : "shipped";
  }
}
