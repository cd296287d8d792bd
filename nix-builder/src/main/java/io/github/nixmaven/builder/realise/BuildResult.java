package io.github.nixmaven.builder.realise;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The result of a build.
 *
 * @param counts how many packages were built and reused
 * @param outputs the members' outputs in the store
 * @param links links to the outputs, which keep them from Nix's garbage collector
 * @param copied files copied out of the outputs
 */
public record BuildResult(
    Realisation.Counts counts,
    Map<Member, Path> outputs,
    Map<Member, Path> links,
    List<Path> copied) {}
