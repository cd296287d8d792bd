package io.github.nixmaven.generator.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A project of its own for each test. */
abstract class ProjectFixture {
  @TempDir Path directory;

  Project project;

  @BeforeEach
  void project() throws IOException {
    project = Project.in(directory.resolve("project"));
  }

  /** Evaluates with a builder that gives back what it gets, and a fetchurl that gives the hash. */
  static JsonNode evaluate(String expression) throws Exception {
    String arguments =
        "{ pkgs = { }; lib = { }; stdenv.hostPlatform.config = \"x86_64-unknown-linux-gnu\";"
            + " fetchurl = a: a.sha256; defaultCrateOverrides = { };"
            + " buildRustCrateForPkgs = _: { exact = true; __functor = _: a: a; }; }";
    return Nix.evaluate(expression.replace("ARGS", arguments));
  }
}
