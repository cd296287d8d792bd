package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.text.TomlTable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The errors that cargo reports in the {@code [profile]} tables of any manifest, used or not (the
 * Cargo Book, "Profiles").
 */
final class ProfileChecks {
  private static final Set<String> RESERVED =
      Set.of(
          "build",
          "check",
          "clean",
          "config",
          "fetch",
          "fix",
          "install",
          "metadata",
          "package",
          "publish",
          "report",
          "root",
          "run",
          "rust",
          "rustc",
          "rustdoc",
          "target",
          "tmp",
          "uninstall",
          "debug",
          "build-override");
  private static final Set<String> LEVELS = Set.of("0", "1", "2", "3", "s", "z");
  private static final Set<String> DEBUG =
      Set.of("none", "limited", "full", "line-tables-only", "line-directives-only", "0", "1", "2");

  /** Stable cargo ignores other keys that it does not know, and these not. */
  private static final List<String> UNSTABLE =
      List.of("codegen-backend", "rustflags", "trim-paths");

  private ProfileChecks() {}

  /**
   * Checks the profiles of a manifest.
   *
   * @throws io.github.nixmaven.generator.text.InputException when cargo would reject one
   */
  static void check(TomlTable manifest) {
    TomlTable profiles = manifest.table("profile");
    for (String name : profiles == null ? List.<String>of() : profiles.keys()) {
      TomlTable profile = profiles == null ? null : profiles.table(name);
      if (profiles != null && profile != null) {
        checkName(profiles, name);
        checkProfile(profile);
      }
    }
  }

  private static void checkName(TomlTable profiles, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!name.matches("[\\p{L}\\p{N}_-]+")
        || RESERVED.contains(lower)
        || lower.startsWith("cargo")) {
      throw profiles.error(
          name,
          "`" + name + "` is not a valid profile name",
          lower.equals("debug")
              ? "The profile of a plain `cargo build` is called `dev`."
              : "Use another name, with letters, digits, `_` and `-` only.");
    }
  }

  /**
   * Checks the settings of a profile from any place.
   *
   * @throws io.github.nixmaven.generator.text.InputException when cargo would reject one
   */
  static void checkProfile(TomlTable profile) {
    checkSettings(profile);
    if (profile.has("dir-name")) {
      throw profile.error("dir-name", "`dir-name` is not allowed in a profile", "Remove the key.");
    }
    if (profile.isString("lto")
        && ("true".equals(profile.string("lto")) || "false".equals(profile.string("lto")))) {
      throw profile.error(
          "lto", "`lto` is a string, but must be true or false", "Remove the quotes.");
    }
    String panic = profile.string("panic");
    if (panic != null && !panic.equals("unwind") && !panic.equals("abort")) {
      throw profile.error(
          "panic", "`" + panic + "` is not a panic strategy", "Use `unwind` or `abort`.");
    }
    checkOverride(profile.table("build-override"));
    TomlTable packages = profile.table("package");
    for (String spec : packages == null ? List.<String>of() : packages.keys()) {
      if (packages != null && !spec.equals("*")) {
        PackageSpec.of(packages, spec);
      }
      checkOverride(packages == null ? null : packages.table(spec));
    }
  }

  private static void checkOverride(@Nullable TomlTable override) {
    if (override == null) {
      return;
    }
    checkSettings(override);
    for (String key : List.of("panic", "lto", "rpath", "package", "build-override")) {
      if (override.has(key)) {
        throw override.error(
            key,
            "`" + key + "` cannot be overridden for some packages only",
            "Set it for the whole profile, or remove it.");
      }
    }
  }

  private static void checkSettings(TomlTable settings) {
    for (String key : UNSTABLE) {
      if (settings.has(key)) {
        throw settings.error(
            key, "`" + key + "` is not stable, so cargo rejects it", "Remove the key.");
      }
    }
    String level = settings.isString("opt-level") ? settings.string("opt-level") : null;
    if (level != null && !LEVELS.contains(level)) {
      throw settings.error(
          "opt-level", "`" + level + "` is not an opt-level", "Use 0, 1, 2, 3, \"s\" or \"z\".");
    }
    if (settings.has("debug") && !settings.isBoolean("debug")) {
      String debug =
          settings.isInteger("debug")
              ? String.valueOf(settings.integer("debug"))
              : settings.requiredString("debug");
      if (!DEBUG.contains(debug) || (settings.isString("debug") && debug.matches("\\d"))) {
        throw settings.error(
            "debug",
            "`" + debug + "` is not a level of debug information",
            "Use true, false, 0, 1, 2, \"none\", \"limited\", \"full\", \"line-tables-only\" or"
                + " \"line-directives-only\".");
      }
    }
  }
}
