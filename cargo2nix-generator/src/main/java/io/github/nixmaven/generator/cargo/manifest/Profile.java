package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.text.TomlTable;
import org.jspecify.annotations.Nullable;

/**
 * The settings one unit is compiled with (the Cargo Book, "Profiles").
 *
 * @param name the profile the user asked for
 * @param optLevel {@code 0} to {@code 3}, {@code s} or {@code z}
 * @param lto {@code false}, {@code true}, {@code off}, {@code thin} or {@code fat}
 * @param codegenUnits null for rustc's own choice
 * @param debuginfo {@code 0}, {@code 1}, {@code 2}, {@code line-tables-only} or {@code
 *     line-directives-only}
 * @param debuginfoDeferred whether the level may still be weakened, as that of build dependencies
 *     is until it is known whether the target needs them too
 * @param splitDebuginfo null for the target's default
 * @param debugAssertions whether debug assertions are compiled in
 * @param overflowChecks whether arithmetic is checked
 * @param rpath whether an rpath is set
 * @param incremental whether compilation is incremental
 * @param panic {@code unwind} or {@code abort}
 * @param strip {@code none}, {@code debuginfo} or {@code symbols}
 * @param stripDeferred whether nobody asked for {@code strip}
 */
public record Profile(
    String name,
    String optLevel,
    String lto,
    @Nullable Long codegenUnits,
    String debuginfo,
    boolean debuginfoDeferred,
    @Nullable String splitDebuginfo,
    boolean debugAssertions,
    boolean overflowChecks,
    boolean rpath,
    boolean incremental,
    String panic,
    String strip,
    boolean stripDeferred) {

  private static final Profile DEFAULT =
      new Profile(
          "", "0", "false", null, "0", false, null, false, false, false, false, "unwind", "none",
          true);

  static Profile dev() {
    return new Profile(
        "dev", "0", "false", null, "2", false, null, true, true, false, true, "unwind", "none",
        true);
  }

  static Profile release() {
    return new Profile(
        "release", "3", "false", null, "0", false, null, false, false, false, false, "unwind",
        "none", true);
  }

  /** Whether there is any debug information. */
  public boolean hasDebuginfo() {
    return !debuginfo.equals("0");
  }

  /** As it is for running a build script on behalf of a unit with this profile. */
  public Profile forRunningBuildScript() {
    return new Profile(
        name,
        optLevel,
        DEFAULT.lto,
        DEFAULT.codegenUnits,
        debuginfo,
        debuginfoDeferred,
        DEFAULT.splitDebuginfo,
        debugAssertions,
        DEFAULT.overflowChecks,
        DEFAULT.rpath,
        DEFAULT.incremental,
        DEFAULT.panic,
        DEFAULT.strip,
        DEFAULT.stripDeferred);
  }

  /** With another level of debug information, final or not. */
  public Profile withDebuginfo(String level, boolean deferred) {
    return new Profile(
        name,
        optLevel,
        lto,
        codegenUnits,
        level,
        deferred,
        splitDebuginfo,
        debugAssertions,
        overflowChecks,
        rpath,
        incremental,
        panic,
        strip,
        stripDeferred);
  }

  /** With the debug information of the standard library stripped, where nobody chose otherwise. */
  public Profile withDebuginfoStripped() {
    return new Profile(
        name,
        optLevel,
        lto,
        codegenUnits,
        debuginfo,
        debuginfoDeferred,
        splitDebuginfo,
        debugAssertions,
        overflowChecks,
        rpath,
        incremental,
        panic,
        "debuginfo",
        false);
  }

  /** As build scripts, procedural macros and their dependencies start out: quick to compile. */
  Profile forHost() {
    return new Profile(
        name,
        "0",
        lto,
        null,
        debuginfo,
        true,
        splitDebuginfo,
        debugAssertions,
        overflowChecks,
        rpath,
        incremental,
        panic,
        strip,
        stripDeferred);
  }

  Profile withPanic(String strategy) {
    return new Profile(
        name,
        optLevel,
        lto,
        codegenUnits,
        debuginfo,
        debuginfoDeferred,
        splitDebuginfo,
        debugAssertions,
        overflowChecks,
        rpath,
        incremental,
        strategy,
        strip,
        stripDeferred);
  }

  Profile named(String requested, boolean local, boolean apple) {
    return new Profile(
        requested,
        optLevel,
        lto,
        codegenUnits,
        debuginfo,
        debuginfoDeferred,
        splitDebuginfo == null && apple && hasDebuginfo() ? "unpacked" : splitDebuginfo,
        debugAssertions,
        overflowChecks,
        rpath,
        incremental && local,
        panic,
        strip,
        stripDeferred);
  }

  /**
   * With the settings of a profile table laid over. A table without {@code strip} takes back what
   * an earlier one said, as it does in cargo.
   */
  Profile merge(TomlTable table) {
    Long units = table.integer("codegen-units");
    String split = table.string("split-debuginfo");
    String panicking = table.string("panic");
    boolean levelGiven = table.has("debug");
    return new Profile(
        name,
        table.has("opt-level") ? scalar(table, "opt-level") : optLevel,
        table.has("lto") ? lto(table) : lto,
        units == null ? codegenUnits : units,
        levelGiven ? debuginfo(table) : debuginfo,
        !levelGiven && debuginfoDeferred,
        split == null ? splitDebuginfo : split,
        table.bool("debug-assertions", debugAssertions),
        table.bool("overflow-checks", overflowChecks),
        table.bool("rpath", rpath),
        table.bool("incremental", incremental),
        panicking == null ? panic : panicking,
        table.has("strip") ? strip(table) : "none",
        !table.has("strip"));
  }

  private static String scalar(TomlTable table, String key) {
    return table.isInteger(key) ? String.valueOf(table.integer(key)) : table.requiredString(key);
  }

  private static String lto(TomlTable table) {
    if (table.isBoolean("lto")) {
      return String.valueOf(table.bool("lto"));
    }
    String value = table.requiredString("lto");
    return switch (value) {
      case "off", "n", "no", "none" -> "off";
      default -> value;
    };
  }

  private static String debuginfo(TomlTable table) {
    if (table.isBoolean("debug")) {
      return table.bool("debug", false) ? "2" : "0";
    }
    String value = scalar(table, "debug");
    return switch (value) {
      case "none" -> "0";
      case "limited" -> "1";
      case "full" -> "2";
      default -> value;
    };
  }

  private static String strip(TomlTable table) {
    if (table.isBoolean("strip")) {
      return table.bool("strip", false) ? "symbols" : "none";
    }
    return table.requiredString("strip");
  }
}
