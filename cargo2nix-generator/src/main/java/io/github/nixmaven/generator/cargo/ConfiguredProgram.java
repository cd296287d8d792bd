package io.github.nixmaven.generator.cargo;

import io.github.nixmaven.generator.cargo.config.CargoConfig;
import io.github.nixmaven.generator.cargo.config.Linkers;
import io.github.nixmaven.generator.text.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program that a project's cargo configuration asks for, and that a toolchain must have.
 *
 * @param name the program, or its absolute path
 * @param setting the setting that names it
 * @param position the place of the setting
 */
public record ConfiguredProgram(String name, String setting, @Nullable Position position) {
  /**
   * The linkers for some targets.
   *
   * @param manifest the Cargo.toml of the workspace
   * @param environment the environment variables
   * @param targets rustc triples
   */
  public static List<ConfiguredProgram> linkers(
      Path manifest, Map<String, String> environment, Collection<String> targets)
      throws IOException {
    Linkers linkers = CargoConfig.load(CargoRequest.directory(manifest), environment).linkers();
    List<ConfiguredProgram> result = new ArrayList<>();
    for (String target : targets) {
      for (Linkers.Linker linker : linkers.needed(target)) {
        result.add(new ConfiguredProgram(linker.program(), linker.setting(), linker.position()));
      }
    }
    return result;
  }
}
