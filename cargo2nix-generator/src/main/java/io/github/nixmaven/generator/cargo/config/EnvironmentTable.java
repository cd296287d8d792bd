package io.github.nixmaven.generator.cargo.config;

import io.github.nixmaven.generator.text.InputException;
import io.github.nixmaven.generator.text.Position;
import io.github.nixmaven.generator.text.TomlTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code [env]}: variables that cargo sets for rustc, build scripts, tests and programs
 * that it runs (the Cargo Book, "Configuration", {@code env}).
 */
public final class EnvironmentTable {
  private static final String KEY = "env";

  /** What cargo itself is found by, so that cargo refuses it. */
  private static final Set<String> REFUSED =
      Set.of("CARGO_HOME", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN");

  private EnvironmentTable() {}

  /**
   * A variable.
   *
   * @param name its name
   * @param value its value; with a root, a path as it is written
   * @param root the directory that the path is relative to, or null when the value is not a
   *     relative path
   * @param force whether it replaces what is in the environment already
   * @param position the place of its value
   */
  public record Variable(
      String name, String value, @Nullable Path root, boolean force, Position position) {}

  /**
   * The variables, sorted by name.
   *
   * @param files the files, the nearest first; a nearer one overrides single keys of a variable
   * @throws InputException when cargo would reject a variable
   */
  static List<Variable> read(List<ConfigFile> files) {
    Set<String> names = new TreeSet<>();
    for (ConfigFile file : files) {
      names.addAll(file.table().tableOrEmpty(KEY).keys());
    }
    List<Variable> result = new ArrayList<>();
    for (String name : names) {
      // Programs do not see a variable without a name.
      if (!name.isEmpty()) {
        result.add(variable(name, files));
      }
    }
    return List.copyOf(result);
  }

  private static Variable variable(String name, List<ConfigFile> files) {
    @Nullable ConfigFile nearest = null;
    @Nullable ConfigFile setting = null;
    @Nullable Boolean force = null;
    @Nullable Boolean relative = null;
    for (ConfigFile file : files) {
      TomlTable variables = file.table().tableOrEmpty(KEY);
      if (!variables.has(name)) {
        continue;
      }
      check(name, variables, nearest);
      nearest = nearest == null ? file : nearest;
      if (variables.isString(name)) {
        setting = setting == null ? file : setting;
        continue;
      }
      TomlTable keys = variables.tableOrEmpty(name);
      if (setting == null && keys.string("value") != null) {
        setting = file;
      }
      force = force == null ? keys.bool("force") : force;
      relative = relative == null ? keys.bool("relative") : relative;
    }
    if (setting == null) {
      throw Objects.requireNonNull(nearest)
          .table()
          .tableOrEmpty(KEY)
          .error(name, "`env." + name + "` has no `value`", "Add `value = \"…\"` to it.");
    }
    TomlTable variables = setting.table().tableOrEmpty(KEY);
    boolean isPlain = variables.isString(name);
    String value =
        isPlain
            ? variables.requiredString(name)
            : variables.tableOrEmpty(name).requiredString("value");
    if (value.indexOf('\0') >= 0) {
      throw variables.error(
          name, "`env." + name + "` contains a NUL, which no variable can", "Remove it.");
    }
    boolean isPath = Boolean.TRUE.equals(relative) && !value.startsWith("/");
    return new Variable(
        name,
        value,
        // As with cargo, of the nearest file that says anything of the variable.
        isPath ? Objects.requireNonNull(nearest).resolve("") : null,
        Boolean.TRUE.equals(force),
        variables.position(name));
  }

  private static void check(String name, TomlTable variables, @Nullable ConfigFile nearest) {
    if (REFUSED.contains(name)) {
      throw variables.error(
          name, "cargo does not let `[env]` set `" + name + "`", "Remove the line.");
    }
    if (!variables.isString(name) && !variables.isTable(name)) {
      throw variables.error(
          name,
          "`env." + name + "` must be a string, or a table with `value`",
          "Write `" + name + " = \"…\"`.");
    }
    TomlTable nearer = nearest == null ? variables : nearest.table().tableOrEmpty(KEY);
    if (nearer.isString(name) != variables.isString(name)) {
      throw variables.error(
          name,
          "`env."
              + name
              + "` is not both a string and a table, and "
              + nearer.position(name)
              + " has the other one",
          "Write both as tables with `value`.");
    }
  }
}
