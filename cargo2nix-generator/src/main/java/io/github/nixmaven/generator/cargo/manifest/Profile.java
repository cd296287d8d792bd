package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.text.TomlTable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings for the compilation of a unit (the Cargo Book, "Profiles").
 *
 * @param name the profile that the user requested
 * @param optLevel {@code 0} to {@code 3}, {@code s} or {@code z}
 * @param lto {@code false}, {@code true}, {@code off}, {@code thin} or {@code fat}
 * @param codegenUnits null for rustc's own choice
 * @param debuginfo {@code 0}, {@code 1}, {@code 2}, {@code line-tables-only} or {@code
 *     line-directives-only}
 * @param debuginfoDeferred whether the level may still be lowered; for build dependencies this is
 *     open until it is known whether the target needs them too
 * @param splitDebuginfo null for the target's default
 * @param debugAssertions whether debug assertions are compiled in
 * @param overflowChecks whether arithmetic is checked
 * @param rpath whether an rpath is set
 * @param incremental whether compilation is incremental
 * @param panic {@code unwind} or {@code abort}
 * @param strip {@code none}, {@code debuginfo} or {@code symbols}
 * @param stripDeferred whether {@code strip} is not set
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

  // A record's own methods are slow before the JIT compiles them, and these are called often.

  @Override
  public boolean equals(@Nullable Object other) {
    return other == this
        || (other instanceof Profile profile
            && name.equals(profile.name)
            && optLevel.equals(profile.optLevel)
            && lto.equals(profile.lto)
            && Objects.equals(codegenUnits, profile.codegenUnits)
            && debuginfo.equals(profile.debuginfo)
            && debuginfoDeferred == profile.debuginfoDeferred
            && Objects.equals(splitDebuginfo, profile.splitDebuginfo)
            && debugAssertions == profile.debugAssertions
            && overflowChecks == profile.overflowChecks
            && rpath == profile.rpath
            && incremental == profile.incremental
            && panic.equals(profile.panic)
            && strip.equals(profile.strip)
            && stripDeferred == profile.stripDeferred);
  }

  @Override
  public int hashCode() {
    return 31 * optLevel.hashCode() + debuginfo.hashCode();
  }

  /** Whether there is any debug information. */
  public boolean hasDebuginfo() {
    return !debuginfo.equals("0");
  }

  /** The profile for running a build script for a unit with this profile. */
  public Profile forRunningBuildScript() {
    Copy copy = new Copy(DEFAULT);
    copy.name = name;
    copy.optLevel = optLevel;
    copy.debuginfo = debuginfo;
    copy.debuginfoDeferred = debuginfoDeferred;
    copy.debugAssertions = debugAssertions;
    return copy.profile();
  }

  /** This profile with a final level of debug information. */
  public Profile withDebuginfo(String level) {
    Copy copy = new Copy(this);
    copy.debuginfo = level;
    copy.debuginfoDeferred = false;
    return copy.profile();
  }

  /**
   * This profile with its open settings decided. Two profiles that differ only in open settings are
   * equal.
   */
  public Profile settled() {
    if (!debuginfoDeferred && !stripDeferred) {
      return this;
    }
    Copy copy = new Copy(this);
    copy.debuginfoDeferred = false;
    copy.stripDeferred = false;
    return copy.profile();
  }

  /**
   * This profile with the standard library's debug information stripped, unless {@code strip} is
   * set.
   */
  public Profile withDebuginfoStripped() {
    Copy copy = new Copy(this);
    copy.strip = "debuginfo";
    copy.stripDeferred = false;
    return copy.profile();
  }

  /**
   * The initial profile of build scripts, procedural macros and their dependencies: quick to
   * compile.
   */
  Profile forHost() {
    Copy copy = new Copy(this);
    copy.optLevel = "0";
    copy.codegenUnits = null;
    copy.debuginfoDeferred = true;
    return copy.profile();
  }

  Profile withPanic(String strategy) {
    Copy copy = new Copy(this);
    copy.panic = strategy;
    return copy.profile();
  }

  Profile withIncremental(boolean incremental) {
    Copy copy = new Copy(this);
    copy.incremental = incremental;
    return copy.profile();
  }

  Profile named(String requested, boolean local, boolean apple) {
    Copy copy = new Copy(this);
    copy.name = requested;
    copy.splitDebuginfo =
        splitDebuginfo == null && apple && hasDebuginfo() ? "unpacked" : splitDebuginfo;
    copy.incremental = incremental && local;
    return copy.profile();
  }

  /**
   * This profile, overridden by the settings of another one and of those it inherits from. As in
   * cargo, a profile without {@code strip} resets the value of an earlier one.
   *
   * @param tables from the root profile down
   */
  Profile merge(List<TomlTable> tables) {
    if (tables.isEmpty()) {
      return this;
    }
    Copy copy = new Copy(this);
    copy.strip = "none";
    copy.stripDeferred = true;
    tables.forEach(copy::merge);
    return copy.profile();
  }

  /** A profile whose settings can be changed by name. */
  private static final class Copy {
    String name;
    String optLevel;
    String lto;
    @Nullable Long codegenUnits;
    String debuginfo;
    boolean debuginfoDeferred;
    @Nullable String splitDebuginfo;
    boolean debugAssertions;
    boolean overflowChecks;
    boolean rpath;
    boolean incremental;
    String panic;
    String strip;
    boolean stripDeferred;

    Copy(Profile profile) {
      name = profile.name;
      optLevel = profile.optLevel;
      lto = profile.lto;
      codegenUnits = profile.codegenUnits;
      debuginfo = profile.debuginfo;
      debuginfoDeferred = profile.debuginfoDeferred;
      splitDebuginfo = profile.splitDebuginfo;
      debugAssertions = profile.debugAssertions;
      overflowChecks = profile.overflowChecks;
      rpath = profile.rpath;
      incremental = profile.incremental;
      panic = profile.panic;
      strip = profile.strip;
      stripDeferred = profile.stripDeferred;
    }

    void merge(TomlTable table) {
      Long units = table.integer("codegen-units");
      String split = table.string("split-debuginfo");
      String panicking = table.string("panic");
      optLevel = table.has("opt-level") ? scalar(table, "opt-level") : optLevel;
      lto = table.has("lto") ? ltoOf(table) : lto;
      codegenUnits = units == null ? codegenUnits : units;
      debuginfo = table.has("debug") ? debuginfoOf(table) : debuginfo;
      debuginfoDeferred = !table.has("debug") && debuginfoDeferred;
      splitDebuginfo = split == null ? splitDebuginfo : split;
      debugAssertions = table.bool("debug-assertions", debugAssertions);
      overflowChecks = table.bool("overflow-checks", overflowChecks);
      rpath = table.bool("rpath", rpath);
      incremental = table.bool("incremental", incremental);
      panic = panicking == null ? panic : panicking;
      strip = table.has("strip") ? stripOf(table) : strip;
      stripDeferred = !table.has("strip") && stripDeferred;
    }

    Profile profile() {
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
          strip,
          stripDeferred);
    }
  }

  private static String scalar(TomlTable table, String key) {
    return table.isInteger(key) ? String.valueOf(table.integer(key)) : table.requiredString(key);
  }

  private static String ltoOf(TomlTable table) {
    if (table.isBoolean("lto")) {
      return String.valueOf(table.bool("lto"));
    }
    String value = table.requiredString("lto");
    return switch (value) {
      case "off", "n", "no", "none" -> "off";
      default -> value;
    };
  }

  private static String debuginfoOf(TomlTable table) {
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

  private static String stripOf(TomlTable table) {
    if (table.isBoolean("strip")) {
      return table.bool("strip", false) ? "symbols" : "none";
    }
    return table.requiredString("strip");
  }
}
