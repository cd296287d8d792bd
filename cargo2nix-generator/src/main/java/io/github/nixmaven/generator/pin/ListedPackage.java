package io.github.nixmaven.generator.pin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A package as a generated file lists it.
 *
 * @param ecosystem the ecosystem of the file
 * @param key its unique key in the file: its name and version, and a short source if these are not
 *     enough
 * @param source the kind of its source: {@code registry}, also for a copy of a published package on
 *     this disk, {@code git}, or {@code path}
 * @param license the licence in its manifest, usually an SPDX expression
 * @param links the native library in its manifest
 * @param compiler the oldest compiler that its manifest asks for
 * @param features the sets of features that it is built with, at least one; each applies to some
 *     member, target or role in the file
 */
public record ListedPackage(
    Ecosystem ecosystem,
    String key,
    String name,
    String version,
    String source,
    Optional<String> license,
    Optional<String> links,
    Optional<String> compiler,
    Set<Set<String>> features) {

  /**
   * The packages of a generated file, sorted by key. Reads only this disk.
   *
   * @return nothing for a file that another tool wrote
   * @throws io.github.nixmaven.generator.text.InputException when the file was edited and cannot be
   *     read
   */
  public static List<ListedPackage> of(Ecosystem ecosystem, Path file) throws IOException {
    return GeneratedFile.read(file).map(ecosystem::list).orElse(List.of());
  }

  /**
   * The same of a file that need not be there yet.
   *
   * @return nothing also where there is no file
   */
  public static List<ListedPackage> ofExisting(Ecosystem ecosystem, Path file) throws IOException {
    return Files.isRegularFile(file) ? of(ecosystem, file) : List.of();
  }

  /**
   * Whether the version satisfies a requirement in the ecosystem's syntax. A pre-release counts as
   * its release.
   *
   * @throws IllegalArgumentException when the text is not a requirement
   */
  public boolean satisfies(String requirement) {
    return ecosystem.satisfies(version, requirement);
  }
}
