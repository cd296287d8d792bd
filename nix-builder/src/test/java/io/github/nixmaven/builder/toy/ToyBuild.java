package io.github.nixmaven.builder.toy;

import io.github.nixmaven.builder.language.Language;
import io.github.nixmaven.builder.realise.Build;
import io.github.nixmaven.generator.pin.Context;
import io.github.nixmaven.generator.pin.LockRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A painted toy for each line of a lock.
 *
 * @param colour what they are painted with
 */
record ToyBuild(LockRequest request, String colour) implements Build {
  @Override
  public Language language() {
    return ToyLanguage.LANGUAGE;
  }

  @Override
  public List<String> targets() {
    return List.of(ToyTools.NATIVE);
  }

  @Override
  public Build natively() {
    return this;
  }

  @Override
  public Path expression(Path library) {
    return Path.of("src/test/resources/io/github/nixmaven/builder/toy/build.nix");
  }

  @Override
  public Map<String, Object> arguments(Path work, Context context) {
    return Map.of("colour", colour);
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of("colour", colour);
  }
}
