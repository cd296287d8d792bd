package io.github.nixmaven.generator.cargo.emit;

import io.github.nixmaven.generator.cargo.manifest.Profile;
import io.github.nixmaven.generator.cargo.resolve.PackageGraph;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A package as a selection builds it: its library, its build script and, for a root, its binaries.
 *
 * @param of the package
 * @param host whether it is built for use at build time only
 * @param features its features that are on, sorted
 * @param dependencies keys of the nodes its library and binaries link, by extern crate name
 * @param buildDependencies keys of the nodes its build script links, by extern crate name
 * @param profile what the library and the binaries are compiled with
 * @param buildProfile what the build script is compiled with, or null without one
 * @param binaries the names of the binaries, for a root
 */
record Node(
    PackageGraph.Node of,
    boolean host,
    List<String> features,
    SortedMap<String, String> dependencies,
    SortedMap<String, String> buildDependencies,
    Profile profile,
    @Nullable Profile buildProfile,
    List<String> binaries) {}
