package io.github.nixmaven.builder.sbom;

/**
 * The number of entries in a bill of materials.
 *
 * @param packages how many packages
 * @param linked how many of them get into what is built
 * @param toolchainPackages how many packages of the toolchain
 */
public record SbomResult(int packages, int linked, int toolchainPackages) {}
