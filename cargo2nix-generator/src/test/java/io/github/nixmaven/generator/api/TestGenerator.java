package io.github.nixmaven.generator.api;

import io.github.nixmaven.generator.nix.NixValues;

/** The generator, and a look at whether all that it wrote can be read back. */
final class TestGenerator {
  private TestGenerator() {}

  static GenerateResult generate(GenerateRequest request) throws Exception {
    GenerateResult result = CargoNixGenerator.generate(request);
    NixValues.assertReadBack(request.output());
    return result;
  }
}
