package io.github.nixmaven.builder.sbom;

/**
 * The number of entries in a bill of materials.
 *
 * @param crates how many crates
 * @param linked how many of them get into what is built
 * @param toolchainPackages how many packages of the toolchain
 */
public record SbomResult(int crates, int linked, int toolchainPackages) {}
