package io.github.nixmaven.plugin.mojo;

import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.realise.Build;
import io.github.nixmaven.generator.pin.LockRequest;
import java.nio.file.Path;
import java.util.List;

/** A lock file of one ecosystem. Each ecosystem has a class of its own: {@link Cargo}. */
abstract class LockFile extends Lock {
  /**
   * Refuses what does not name a lock.
   *
   * @throws io.github.nixmaven.generator.text.InputException saying what is missing
   */
  abstract void check();

  /** The lock in messages. */
  abstract String label();

  /** What the generated file is made from, in messages. */
  abstract String inputs();

  /** The generated file. */
  abstract Path output();

  /** The language of its packages. */
  abstract Language language();

  /** The members to build, by name; empty for all. */
  abstract List<String> members();

  /** The targets that are configured; empty where none is. */
  abstract List<String> configuredTargets();

  /**
   * What to generate.
   *
   * @throws io.github.nixmaven.generator.text.InputException when what it is made from is missing
   */
  abstract LockRequest request();

  /**
   * How it is built.
   *
   * @param baseDirectory the module's directory
   */
  abstract Build build(Path baseDirectory);
}
