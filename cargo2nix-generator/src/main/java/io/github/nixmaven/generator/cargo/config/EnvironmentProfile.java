package io.github.nixmaven.generator.cargo.config;

import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.TomlTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The settings of a profile in the environment: {@code CARGO_PROFILE_NAME_SETTING}, {@code
 * CARGO_PROFILE_NAME_BUILD_OVERRIDE_SETTING} and, for a package that a configuration file names,
 * {@code CARGO_PROFILE_NAME_PACKAGE_SPEC_SETTING}.
 */
final class EnvironmentProfile {
  private static final List<String> SETTINGS =
      List.of(
          "opt-level",
          "lto",
          "codegen-units",
          "debug",
          "split-debuginfo",
          "debug-assertions",
          "rpath",
          "panic",
          "overflow-checks",
          "incremental",
          "inherits",
          "strip");

  private final Map<String, String> environment;

  private EnvironmentProfile(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The profile's table.
   *
   * @param files the profile's table from the files
   */
  static TomlTable read(Map<String, String> environment, String name, List<TomlTable> files) {
    EnvironmentProfile reader = new EnvironmentProfile(environment);
    String prefix = "CARGO_PROFILE_" + variable(name) + "_";
    Map<String, Object> table = reader.settings(prefix);
    Map<String, Object> buildOverride = reader.settings(prefix + "BUILD_OVERRIDE_");
    if (!buildOverride.isEmpty()) {
      table.put("build-override", buildOverride);
    }
    Map<String, Object> packages = new LinkedHashMap<>();
    Set<String> specs = new TreeSet<>();
    files.forEach(file -> specs.addAll(file.tableOrEmpty("package").keys()));
    for (String spec : specs) {
      Map<String, Object> settings = reader.settings(prefix + "PACKAGE_" + spec + "_");
      if (!settings.isEmpty()) {
        packages.put(spec, settings);
      }
    }
    if (!packages.isEmpty()) {
      table.put("package", packages);
    }
    return TomlTable.of(new Position("environment variables " + prefix + "*", 0, 0), table);
  }

  private Map<String, Object> settings(String prefix) {
    Map<String, Object> result = new LinkedHashMap<>();
    for (String setting : SETTINGS) {
      String value = environment.get(prefix + variable(setting));
      if (value != null) {
        result.put(setting, scalar(value));
      }
    }
    return result;
  }

  private static Object scalar(String value) {
    if (value.equals("true") || value.equals("false")) {
      return Boolean.valueOf(value);
    }
    return value.matches("[+-]?[0-9]{1,18}") ? (Object) Long.valueOf(value) : value;
  }

  private static String variable(String key) {
    return key.replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
