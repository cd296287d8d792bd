package io.github.nixmaven.generator.cargo.emit;

import io.github.nixmaven.generator.cargo.config.EnvironmentTable.Variable;
import io.github.nixmaven.generator.nix.Attributes;
import io.github.nixmaven.generator.nix.NixWriter;
import io.github.nixmaven.generator.nix.NixWriter.Expression;
import io.github.nixmaven.generator.text.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The environment of Cargo.nix: the variables that cargo's configuration sets. */
final class Variables {
  private Variables() {}

  /**
   * The variables, or what is absent when there are none.
   *
   * @param directory the directory of Cargo.nix, absolute: paths are relative to it
   * @throws InputException when a path leads out of the directory
   */
  static Expression expression(List<Variable> variables, Path directory) {
    SortedMap<String, Expression> result = new TreeMap<>();
    for (Variable variable : variables) {
      Attributes attributes = new Attributes();
      if (variable.root() == null) {
        attributes.add("value", NixWriter.string(variable.value()));
      } else {
        attributes.add("path", NixWriter.string(path(variable, directory)));
      }
      if (variable.force()) {
        attributes.add("force", NixWriter.bool(true));
      }
      result.put(variable.name(), attributes.build());
    }
    return result.isEmpty() ? NodeTable.ABSENT : Attributes.of(result, Function.identity());
  }

  /** A path as cargo joins it: what is written stays as it is, so that programs see the same. */
  private static String path(Variable variable, Path directory) {
    Path root = Objects.requireNonNull(variable.root());
    Path path = root.resolve(variable.value()).normalize();
    if (!path.startsWith(directory)) {
      throw new InputException(
          variable.position(),
          "`env." + variable.name() + "` is " + path + ", which is outside of " + directory,
          "The builder can only use files beside or below Cargo.nix. Write Cargo.nix into a"
              + " directory that contains the path, or leave out `relative`.");
    }
    return root.equals(directory)
        ? variable.value()
        : directory.relativize(path).toString() + (variable.value().endsWith("/") ? "/" : "");
  }
}
