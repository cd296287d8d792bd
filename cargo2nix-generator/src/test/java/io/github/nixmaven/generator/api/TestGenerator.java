package io.github.nixmaven.generator.api;

import io.github.nixmaven.generator.cargo.CargoRequest;
import io.github.nixmaven.generator.nix.NixValues;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.GenerateResult;
import io.github.nixmaven.generator.pin.Generator;
import io.github.nixmaven.generator.pin.TestContext;

/** The generator, and a look at whether all that it wrote can be read back. */
final class TestGenerator {
  private TestGenerator() {}

  static GenerateResult generate(CargoRequest request) throws Exception {
    return generate(request, TestContext.OWN);
  }

  static GenerateResult generate(CargoRequest request, Context context) throws Exception {
    GenerateResult result = Generator.generate(request, context);
    NixValues.assertReadBack(request.output());
    return result;
  }
}
