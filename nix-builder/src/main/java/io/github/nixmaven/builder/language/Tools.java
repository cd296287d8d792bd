package io.github.nixmaven.builder.language;

import io.github.nixmaven.generator.pin.ListedPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a language takes of the debian platform's toolchain. */
public interface Tools {
  /** The platform of the machine that builds, in the ecosystem's words. */
  String nativeTarget();

  /** The Debian packages that every build needs, beside a shell, a C compiler and their tools. */
  List<String> packages();

  /**
   * The Debian packages to pin for targets, each once.
   *
   * @param targets in the ecosystem's words; empty for those of the plugin's own lock
   * @throws io.github.nixmaven.generator.text.InputException when Debian has nothing to build for
   *     one of them with
   */
  List<String> packages(Collection<String> targets);

  /**
   * Fails unless a toolchain has what targets need.
   *
   * @param pinned the names of the toolchain's Debian packages
   * @throws io.github.nixmaven.generator.text.InputException naming the target, the packages that
   *     are missing, and the goal that adds them
   */
  void require(Collection<String> targets, Set<String> pinned);

  /**
   * The compiler that a project asks for itself; absent where it does not say.
   *
   * @param directory the project's, absolute
   * @throws io.github.nixmaven.generator.text.InputException when the file that says it is not
   *     valid
   */
  Optional<WantedCompiler> wanted(Path directory) throws IOException;

  /**
   * The release of a toolchain's compiler, such as {@code 1.85.1}; absent if it has none.
   *
   * @param pinned the version of each of the toolchain's Debian packages
   */
  Optional<String> compiler(Map<String, String> pinned);

  /**
   * What to say before packages are built of which some ask for a newer compiler than a toolchain
   * has; absent if none does.
   *
   * @param packages those that are built
   * @param pinned the version of each of the toolchain's Debian packages
   */
  Optional<String> tooOld(Collection<ListedPackage> packages, Map<String, String> pinned);

  /**
   * Links to make in {@code usr/bin} where the program is among the packages and the name is free.
   *
   * @return names of programs by the link's path below a sysroot
   */
  Map<String, String> links();

  /**
   * Files that no build reads, where a Debian package is pinned.
   *
   * @param name the package's name
   * @param version its Debian version
   * @return paths below a sysroot
   */
  List<String> prune(String name, String version);

  /**
   * The packages that the language's own library is built with, where its source is in a sysroot
   * because Debian has it for some target as source only.
   */
  List<SourceFile> libraryFiles(Path sysroot) throws IOException, InterruptedException;

  /** Whether what a Debian package contains becomes part of every program that is built. */
  boolean isLinked(String debianPackage);

  /**
   * What a line of a build's log says is missing, where a tool of the language says it: a file of
   * pkg-config such as {@code openssl.pc}, a library such as {@code libssl.so}, a header, or a
   * program with its directory, {@code bin/protoc}.
   */
  Optional<String> missingFile(String line);

  /**
   * What to do where a build missed something that no package of the system brings for a target.
   *
   * @param target the platform that it was built for
   * @param file what was missing, as in {@link #missingFile}
   */
  Optional<String> adviceOnMissing(String target, String file);
}
