package io.github.nixmaven.generator.pin;

import java.util.Optional;
import java.util.Set;

/**
 * A package that a project is built from, or a package of the project itself.
 *
 * @param key its unique key, as in the generated file: its name and version, and a short source if
 *     these are not enough
 * @param pin its origin
 * @param license the licence in its manifest, usually an SPDX expression
 * @param licenseFile the file with another licence in its manifest, relative to the package
 * @param description the description in its manifest
 * @param own whether it is part of the project
 * @param linked whether its code becomes part of the build's result: false for packages that only
 *     the build needs
 * @param program whether it is a program, and not a library
 * @param dependencies the keys of the packages that it is built with
 */
public record PinnedPackage(
    String key,
    String name,
    String version,
    Pin pin,
    Optional<String> license,
    Optional<String> licenseFile,
    Optional<String> description,
    boolean own,
    boolean linked,
    boolean program,
    Set<String> dependencies) {

  /** A package is immutable. */
  public PinnedPackage {
    dependencies = Set.copyOf(dependencies);
  }
}
