package io.github.nixmaven.generator.pin;

import java.nio.file.Path;

/** What tests give the generator. */
public final class TestContext {
  /** This process's own environment and caches. */
  public static final Context OWN =
      Context.of(
          System.getenv(),
          Path.of(System.getProperty("user.home")),
          new Wording("`--output`", "`--manifest-path`", "`generate`"));

  private TestContext() {}
}
