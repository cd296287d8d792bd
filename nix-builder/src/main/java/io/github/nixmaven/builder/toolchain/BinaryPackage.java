package io.github.nixmaven.builder.toolchain;

/**
 * One entry of a suite's package index.
 *
 * @param suite the suite that contains it
 * @param name the package's name
 * @param version its Debian version
 * @param architecture {@code amd64} or {@code all}
 * @param path where its file is, below the archive
 * @param size the file's size in bytes
 * @param sha256 the file's digest in lower-case hexadecimal
 * @param installedSize what its files take up once unpacked, in bytes, roughly
 * @param depends the {@code Pre-Depends} and {@code Depends} fields, joined by a comma
 * @param provides the {@code Provides} field
 */
record BinaryPackage(
    String suite,
    String name,
    String version,
    String architecture,
    String path,
    long size,
    String sha256,
    long installedSize,
    String depends,
    String provides) {}
