package io.github.nixmaven.plugin.build;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a build did.
 *
 * @param counts how many crates were built and reused
 * @param outputs the members' outputs in the store, by the members' names
 * @param links links to the outputs, which keep them from Nix's garbage collector, by the members'
 *     names
 * @param copied files copied out of the outputs
 */
public record BuildResult(
    Realisation.Counts counts,
    Map<String, Path> outputs,
    Map<String, Path> links,
    List<Path> copied) {}
