package io.github.nixmaven.generator.pin;

import java.util.Optional;
import java.util.Set;

/**
 * A package that a project is built from, or a package of the project itself.
 *
 * @param key what tells it from the lock's other packages, as in the generated file: its name and
 *     version, and a short source where these are not enough
 * @param pin where it comes from
 * @param license the licence as its manifest says, usually an SPDX expression
 * @param licenseFile the file with another licence, relative to the package, as its manifest says
 * @param description what its manifest says it is
 * @param own whether it is part of the project
 * @param linked whether its code gets into what is built: false for what only the build needs
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
