package io.github.nixmaven.plugin.build;

import io.github.nixmaven.plugin.nix.HermeticOptions;
import io.github.nixmaven.plugin.nix.NixCommand;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A project that is ready to be built: the toolchain is in the store, the expressions are
 * evaluated.
 *
 * @param nix Nix's commands
 * @param options the options of its builds
 * @param sysroot the toolchain's store path
 * @param project the derivations
 */
public record Preparation(NixCommand nix, HermeticOptions options, Path sysroot, Project project) {
  /** Prepares a project. */
  public static Preparation prepare(BuildSettings settings, Console console)
      throws IOException, InterruptedException, BuildFailedException {
    NixCommand nix = new NixCommand(settings.nixDirectory());
    Path library = settings.workDirectory().resolve("lib");
    NixLibrary.extract(library);
    Path sysroot = Path.of("/nonexistent");
    HermeticOptions options =
        HermeticOptions.withSysroot(sysroot).withParallelism(settings.maxJobs(), settings.cores());
    return new Preparation(
        nix,
        options,
        sysroot,
        Project.instantiate(nix, options, library, settings, Path.of("/nonexistent")));
  }
}
