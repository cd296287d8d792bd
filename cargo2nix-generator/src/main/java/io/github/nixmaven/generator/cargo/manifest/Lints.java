package io.github.nixmaven.generator.cargo.manifest;

import io.github.nixmaven.generator.text.TomlTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table {@code [lints]} or {@code [workspace.lints]} (the Cargo Book, "The [lints] section"). */
final class Lints {
  private static final List<String> LEVELS = List.of("forbid", "deny", "warn", "allow");
  private static final List<String> TOOLS = List.of("cargo", "clippy", "rust", "rustdoc");

  private final TomlTable table;

  private Lints(TomlTable table) {
    this.table = table;
  }

  /**
   * One lint.
   *
   * @param details its value if that is a table, else null
   */
  private record Lint(
      String tool, String name, String level, long priority, @Nullable TomlTable details) {
    String option() {
      return "--" + level + "=" + (tool.equals("rust") ? name : tool + "::" + name);
    }

    boolean isUnexpectedCfgs() {
      return tool.equals("rust") && name.equals("unexpected_cfgs");
    }
  }

  /**
   * Rustc's arguments for a table, in cargo's order.
   *
   * @throws io.github.nixmaven.generator.text.InputException when cargo would reject the table
   */
  static List<String> flags(TomlTable table) {
    return new Lints(table).flags();
  }

  /**
   * Rustc's arguments for the lints of a package on this disk, in cargo's order.
   *
   * @param root the manifest's tables
   * @param inheritance the package's workspace, or null when it has none
   * @throws io.github.nixmaven.generator.text.InputException when cargo would reject them
   */
  static List<String> ofPackage(TomlTable root, @Nullable Inheritance inheritance) {
    TomlTable lints = root.table("lints");
    if (lints == null) {
      return List.of();
    }
    if (!lints.isBoolean("workspace")) {
      return flags(lints);
    }
    if (!lints.bool("workspace", false)) {
      throw lints.error(
          "workspace", "`workspace` cannot be false", "Remove the key to set lints here.");
    }
    if (lints.keys().size() > 1) {
      throw lints.error(
          "workspace",
          "lints are inherited, so they cannot be set here",
          "Remove the lints, or remove `workspace = true`.");
    }
    lints = Inheritance.of(inheritance, root, "lints").table("lints");
    if (lints == null) {
      throw root.error(
          "lints",
          "lints are inherited, but the workspace does not define any",
          "Add `[workspace.lints]` to the root manifest.");
    }
    return flags(lints);
  }

  private List<String> flags() {
    List<Lint> lints = new ArrayList<>();
    for (String tool : table.keys()) {
      TomlTable lintsOfTool = table.table(tool);
      if (lintsOfTool != null) {
        for (String name : lintsOfTool.keys()) {
          lints.add(lint(tool, lintsOfTool, name));
        }
      }
    }
    lints.removeIf(lint -> lint.tool().equals("cargo")); // unstable, and not rustc's
    lints.sort(
        Comparator.comparingLong(Lint::priority)
            .thenComparing(Lint::name, Comparator.reverseOrder())
            .thenComparing(Lint::option));
    List<String> result = new ArrayList<>(lints.stream().map(Lint::option).toList());
    for (Lint lint : lints) {
      if (lint.isUnexpectedCfgs() && lint.details() != null) {
        for (String expression : lint.details().strings("check-cfg")) {
          result.add("--check-cfg");
          result.add(expression);
        }
      }
    }
    return List.copyOf(result);
  }

  private static Lint lint(String tool, TomlTable lints, String name) {
    TomlTable details = lints.isTable(name) ? lints.table(name) : null;
    String level = details == null ? lints.requiredString(name) : details.requiredString("level");
    if (!LEVELS.contains(level)) {
      throw lints.error(
          name,
          "`" + level + "` is not a lint level",
          "Use one of `forbid`, `deny`, `warn` and `allow`.");
    }
    Long priority = details == null ? null : details.integer("priority");
    if (priority != null && (priority < Byte.MIN_VALUE || priority > Byte.MAX_VALUE)) {
      throw lints.error(
          name,
          priority + " is not a priority",
          "Use a number from " + Byte.MIN_VALUE + " to " + Byte.MAX_VALUE + ".");
    }
    int colons = name.indexOf("::");
    if (colons >= 0 && TOOLS.contains(tool)) {
      String prefix = name.substring(0, colons);
      boolean misplaced = prefix.equals(tool) || (tool.equals("rust") && TOOLS.contains(prefix));
      throw lints.error(
          name,
          "`" + name + "` is not a lint of `" + tool + "`",
          misplaced
              ? "Write `" + name.substring(colons + 2) + "` under `lints." + prefix + "`."
              : "Write the lint's name without `::`.");
    }
    return new Lint(tool, name, level, priority == null ? 0 : priority, details);
  }
}
