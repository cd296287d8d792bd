package io.github.nixmaven.builder.realise;

import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.LockRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A generated file, and how its ecosystem builds what it pins. A front end makes it. */
public interface Build {
  /** The language of its packages. */
  Language language();

  /** What the generated file is made from, for the targets that are built. */
  LockRequest request();

  /** The platforms to build for, in the ecosystem's words. */
  List<String> targets();

  /** The same for the machine that builds, with nothing done after the build. */
  Build natively();

  /**
   * The file of the expression that builds. It is a function of {@code file}, {@code toolchain},
   * {@code target}, {@code selectedMembers} (null for all), {@code overrides}, {@code testFlags}
   * and {@link #arguments}, and gives the attribute sets of {@link Project.Output}, by member.
   * Others than the selected members are named there but not evaluated.
   *
   * @param library the directory of the expressions that the plugin ships
   */
  Path expression(Path library) throws IOException;

  /**
   * The expression's own arguments, as JSON has them. Fetches what they need.
   *
   * @param work a directory that keeps what they are about
   */
  Map<String, Object> arguments(Path work, Context context)
      throws IOException, InterruptedException;

  /**
   * Makes sure that a sysroot has the programs that the project's own configuration asks for.
   *
   * @throws io.github.nixmaven.generator.text.InputException naming the setting and the remedy when
   *     one is missing
   */
  default void requirePrograms(Path sysroot, Context context) throws IOException {}

  /** What the user decided besides, for a statement of how it was built: names and JSON values. */
  Map<String, Object> parameters();

  /** The generated file. */
  default Path file() {
    return request().output();
  }
}
